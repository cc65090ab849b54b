/** Every builder, with arguments meant to break out of the path: nothing but a membership can ever be deleted. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, query } from '../../../electron/core/graph/calls/call.ts';
import * as groups from '../../../electron/core/graph/calls/groups.ts';
import * as links from '../../../electron/core/graph/calls/links.ts';
import * as risk from '../../../electron/core/graph/calls/risk.ts';
import * as users from '../../../electron/core/graph/calls/users.ts';
import { checkDelete } from '../../../electron/core/graph/errors.ts';
import { serialise } from '../../../electron/core/graph/exchange.ts';
import { grantedBy } from '../../../electron/core/graph/permissions.ts';
import type { GraphCall } from '../../../electron/core/graph/types.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';

const a = '6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0';
const b = '02bd9fd6-8f93-4758-87c3-1fb73740a315';

/** Each builder as a function of three texts. A builder that is not listed here fails the first test. */
const builders: Readonly<Record<string, (x: string, y: string, z: string) => GraphCall>> = {
  listRiskyUsers: (x) => risk.listRiskyUsers({ since: x }),
  getRiskyUser: (x) => risk.getRiskyUser(x),
  riskyUserHistory: (x) => risk.riskyUserHistory(x),
  riskDetections: (x) => risk.riskDetections(x),
  riskAction: (x, y, z) => risk.riskAction(x as risk.RiskActionKind, [y, z]),
  followLink: (x) => links.followLink(x, risk.listRiskyUsers()),
  getUser: (x) => users.getUser(x),
  revokeSessions: (x) => users.revokeSessions(x),
  setAccountEnabled: (x) => users.setAccountEnabled(x, false),
  requirePasswordChange: (x) => users.requirePasswordChange(x),
  memberOf: (x) => users.memberOf(x),
  getOrganization: () => users.getOrganization(),
  listGroups: (x) => groups.listGroups({ search: x, type: 'm365' }),
  searchGroupsByWords: (x) => groups.searchGroupsByWords(x, 'm365'),
  getGroup: (x) => groups.getGroup(x),
  findGroupsByName: (x) => groups.findGroupsByName(x),
  listMembers: (x) => groups.listMembers(x),
  addMember: (x, y) => groups.addMember(x, y),
  addMembers: (x, y, z) => groups.addMembers(x, [y, z]),
  removeMember: (x, y) => groups.removeMember(x, y),
  createGroup: (x, y) => groups.createGroup({ name: x, type: 'security', mailNickname: y }),
};

describe('every builder', () => {
  it('is listed above', () => {
    const exported = [risk, links, users, groups]
      .flatMap((module) => Object.entries(module))
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);
    expect(exported.sort()).toEqual(Object.keys(builders).sort());
  });
  it('is the only place where a call is made or a DELETE is written', () => {
    const folder = path.resolve('electron/core/graph');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const making = files.filter((name) =>
      /makeCall\(\{|as GraphCall/.test(readFileSync(path.join(folder, name), 'utf8')),
    );
    expect(making.sort()).toEqual([
      'batch.ts',
      'calls/call.ts',
      'calls/groups.ts',
      'calls/links.ts',
      'calls/risk.ts',
      'calls/users.ts',
    ]);
    const deleting = files.filter((name) => /method: 'DELETE'/.test(readFileSync(path.join(folder, name), 'utf8')));
    expect(deleting).toEqual(['calls/groups.ts']);
  });
  it('names a permission that the tables know, and a purpose', () => {
    for (const [name, build] of Object.entries(builders)) {
      const first =
        { listRiskyUsers: '2026-11-23T10:00:00Z', riskAction: 'dismiss', followLink: 'https://g/x' }[name] ?? a;
      const call = build(first, b, a);
      expect(grantedBy({ roles: [call.permission], delegated: false }, call.permission), name).toBe(call.permission);
      expect(call.purpose, name).toMatch(/^[a-z]/);
    }
  });
});

const nasty = fc.oneof(
  fc.constantFrom(
    a,
    b,
    'x',
    'https://g/v1.0/users/x',
    '2026-11-23T10:00:00Z',
    'dismiss',
    '',
    '..',
    '../..',
    '/',
    '$ref',
    '?',
    '#',
    '%2F',
    '%2e%2e',
    `${a}/`,
    `${a}?x=`,
    `${a}#`,
    ' ',
    '\n',
    'a\0b',
    '\ud800',
    'ü',
  ),
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.uuid(),
  fc.tuple(fc.uuid(), fc.constantFrom('/', '/../', '?$', '#', '%', '\\')).map((parts) => parts.join('')),
);
const membership = /^\/groups\/[0-9A-Za-z-]{1,64}\/members\/[0-9A-Za-z-]{1,64}\/\$ref$/;

describe('whatever the arguments', () => {
  it.each(Object.entries(builders))('%s deletes nothing but a membership', (_name, build) => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (x, y, z) => {
        let call: GraphCall;
        try {
          call = build(x, y, z);
        } catch (error) {
          expect(error).toBeInstanceOf(RiskdeskError);
          expect(error).toMatchObject({ code: 'bad-input', field: expect.any(String), cure: expect.any(String) });
          return;
        }
        if (call.method === 'DELETE') expect(call.path).toMatch(membership);
        checkDelete(call);
        if (!call.path.startsWith('/')) return;
        const url = new URL(`https://graph.microsoft.com/v1.0${call.path}`);
        expect(url.hash).toBe('');
        expect(url.pathname).toMatch(/^\/v1\.0\/(identityProtection|users|groups|organization)(\/|$)/);
        if (call.method === 'DELETE') expect(url.pathname.endsWith('/$ref')).toBe(true);
        expect(() => serialise(call.body ?? null, 'https://g/v1.0')).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });
  it('the client refuses a DELETE that no builder made', () => {
    const forged = { ...groups.removeMember(a, b), path: `/groups/${a}/members/${b}` };
    expect(() => checkDelete(forged)).toThrow(/never sent/);
    for (const target of [
      `/users/${a}`,
      `/groups/${a}`,
      `/directoryObjects/${a}/$ref`,
      `/groups/${a}/members/${b}/$ref?x`,
    ]) {
      expect(() => checkDelete({ ...forged, path: target }), target).toThrow(/never sent/);
    }
  });
});

describe('filters', () => {
  it('double quotes and encode what a URL would read', () => {
    const call = groups.listGroups({ search: "O'Neil & Sons #1 +50% 'Ü'", type: 'security' });
    expect(call.path).toContain('%26%20Sons%20%231%20%2B50%25');
    expect(new URL(`http://x${call.path}`).searchParams.get('$filter')).toBe(
      "startswith(displayName,'O''Neil & Sons #1 +50% ''Ü''') and securityEnabled eq true",
    );
    expect(literal("''")).toBe("''''''");
    expect(query({ $top: 5, $x: undefined })).toBe('?$top=5');
  });
  it('asks groups for what the pre-flight judges by', () => {
    for (const call of [groups.listGroups(), groups.getGroup(a), groups.findGroupsByName('x')]) {
      for (const field of [
        'groupTypes',
        'mailEnabled',
        'securityEnabled',
        'membershipRule',
        'onPremisesSyncEnabled',
        'isAssignableToRole',
        'isManagementRestricted',
      ]) {
        expect(call.path).toContain(field);
      }
    }
  });
});

describe('limits', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, n) => `id-${n}`);
  it('60 ids a risk action, 20 members a PATCH, none twice, never none', () => {
    expect(risk.riskAction('dismiss', ids(60)).body).toEqual({ userIds: ids(60) });
    expect(() => risk.riskAction('dismiss', ids(61))).toThrow(/takes 60/);
    expect(() => risk.riskAction('dismiss', [])).toThrow(/empty/);
    expect(() => groups.addMembers(a, ids(21))).toThrow(/takes 20/);
    expect(() => groups.addMembers(a, ['x', 'X'])).toThrow(/twice/);
    expect(() => risk.listRiskyUsers({ top: 501 })).toThrow(/501/);
    expect(() => risk.listRiskyUsers({ since: '2026-11-23' })).toThrow(/UTC/);
  });
  it('a Microsoft 365 group is Unified and mail enabled', () => {
    expect(groups.createGroup({ name: 'Risky', type: 'm365', mailNickname: 'risky' }).body).toEqual({
      displayName: 'Risky',
      mailNickname: 'risky',
      mailEnabled: true,
      securityEnabled: false,
      groupTypes: ['Unified'],
    });
    expect(() => groups.createGroup({ name: 'x', type: 'm365', mailNickname: 'a b' })).toThrow(RiskdeskError);
    expect(() => groups.createGroup({ name: ' ', type: 'm365', mailNickname: 'ab' })).toThrow(RiskdeskError);
  });
});
