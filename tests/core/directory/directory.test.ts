/** What is read from Graph on demand, against the twin over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../electron/adapters/clock.ts';
import { nodeTransport } from '../../../electron/adapters/network.ts';
import { createDirectory, type Directory } from '../../../electron/core/directory/directory.ts';
import { assessGroup } from '../../../electron/core/graph/assessGroup.ts';
import { createGraphClient } from '../../../electron/core/graph/client.ts';
import { searchGroups } from '../../../electron/core/graph/readGroups.ts';
import { openScene, people, plainTokens, type Scene, silentLog } from '../execute/scene.ts';

let scene: Scene;
let directory: Directory;
const connection = 'contoso';

beforeEach(async () => {
  scene = await openScene();
  directory = createDirectory({
    graphFor: () => Promise.resolve(scene.graph),
    tokensFor: () => Promise.resolve(plainTokens(scene.served.authorityUrl, scene.twin.credentials)),
  });
});
afterEach(() => scene.close());

describe('groups for the picker', () => {
  it('lists every kind with Microsoft’s word, and a badge with a reason on what cannot be written', async () => {
    const groups = await directory.searchGroups({ connection, limit: 1_000 });
    expect(groups).toHaveLength(scene.twin.control.groups().length);
    const names = groups.map(({ displayName }) => displayName ?? '');
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
    expect(new Set(groups.map(({ type }) => type))).toEqual(
      new Set(['Security', 'Microsoft 365', 'Distribution', 'Mail-enabled security']),
    );
    expect(new Set(groups.flatMap(({ badge }) => badge ?? []))).toEqual(
      new Set(['Dynamic', 'Distribution', 'Mail-enabled security', 'Synced', 'Role-assignable', 'Restricted']),
    );
    for (const { writable, badge, reason } of groups) {
      expect(badge === null).toBe(writable);
      expect(reason === null).toBe(writable);
    }
  });

  it('narrows by the beginning of the name and by type', async () => {
    const { control } = scene.twin;
    control.addGroup({ displayName: "O'Brien & co" });
    control.addGroup({
      displayName: "O'Brien M365",
      groupTypes: ['Unified'],
      mailEnabled: true,
      securityEnabled: false,
    });
    expect(await directory.searchGroups({ connection, search: "o'brien", limit: 10 })).toHaveLength(2);
    const m365 = await directory.searchGroups({ connection, search: "o'brien", type: 'm365', limit: 10 });
    expect(m365.map(({ displayName }) => displayName)).toEqual(["O'Brien M365"]);
    const security = await directory.searchGroups({ connection, type: 'security', limit: 1_000 });
    expect(security.every(({ type }) => type === 'Security' || type === 'Mail-enabled security')).toBe(true);
  });

  it('finds words inside a name beside the names that begin so, in the way that Graph demands', async () => {
    const { control } = scene.twin;
    for (const displayName of ['Quarantine', 'Risky quarantine', 'Not so', 'Quarantine "quoted" \\ 100%'])
      control.addGroup({ displayName });
    control.resetCounters();
    const names = async (search: string) =>
      (await directory.searchGroups({ connection, search, limit: 10 })).map(({ displayName }) => displayName);
    expect(await names('quarantine')).toEqual(['Quarantine', 'Quarantine "quoted" \\ 100%', 'Risky quarantine']);
    expect(await names('"quoted" \\')).toEqual(['Quarantine "quoted" \\ 100%']);
    const asked = control.requestLog.filter(({ path }) => path.includes('$search='));
    expect(asked.map(({ status, headers }) => [status, headers.consistencylevel])).toEqual([
      [200, 'eventual'],
      [200, 'eventual'],
    ]);
  });

  it('finds the middle of a name by walking the plain list when Graph’s search finds nothing', async () => {
    scene.twin.control.addGroup({ displayName: 'Quarantine of risky people' });
    const found = await directory.searchGroups({ connection, search: 'risky peo', limit: 10 });
    expect(found.map(({ displayName }) => displayName)).toEqual(['Quarantine of risky people']);
  });

  it('walks the plain list where a server refuses to filter', async () => {
    scene.twin.control.addGroup({ displayName: 'Zebra crossing' });
    const transport = nodeTransport();
    const refusing = createGraphClient({
      transport(url, init) {
        if (!url.includes('/groups?') || !url.includes('filter')) return transport(url, init);
        const error = { code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' };
        return Promise.resolve(Response.json({ error }, { status: 400 }));
      },
      tokens: plainTokens(scene.served.authorityUrl, scene.twin.credentials),
      graphUrl: scene.served.graphUrl,
      clock: scene.clock,
      newId,
      log: silentLog,
      version: '0.0.0-test',
    });
    const found = await searchGroups(refusing, { search: 'crossing', type: 'security', limit: 10 });
    expect(found.map(({ displayName }) => displayName)).toEqual(['Zebra crossing']);
  });

  it('names at most as many as asked for', async () => {
    expect(await directory.searchGroups({ connection, limit: 3 })).toHaveLength(3);
  });
});

describe('one group', () => {
  it('is assessed as it is now; null when it is gone', async () => {
    const group = scene.twin.control.addGroup({ displayName: 'One' });
    expect(await directory.preflight(connection, group.id)).toMatchObject({
      id: group.id,
      displayName: 'One',
      writable: true,
      kind: 'security',
    });
    scene.twin.control.removeGroup(group.id);
    expect(await directory.preflight(connection, group.id)).toBeNull();
  });

  it('tells its members, whatever their number', async () => {
    const group = scene.twin.control.addGroup({ displayName: 'Many' });
    const ids = people(scene.twin, 500);
    for (const id of ids) scene.twin.control.addMember(group.id, id);
    expect(await directory.members(connection, group.id)).toEqual(new Set(ids));
    await expect(directory.members(connection, '00000000-0000-0000-0000-000000000000')).rejects.toMatchObject({
      status: 404,
    });
  });

  it('is not taken for a security group when Graph leaves the deciding properties out', () => {
    expect(assessGroup({ id: 'abc', displayName: 'X' })).toMatchObject({
      type: 'Unknown',
      writable: false,
      badge: 'Unknown',
    });
    expect(assessGroup({ id: 'abc', groupTypes: null, securityEnabled: true })).toMatchObject({
      type: 'Security',
      writable: true,
    });
    expect(
      assessGroup({ id: 'abc', groupTypes: ['Unified', 'DynamicMembership'], securityEnabled: true }),
    ).toMatchObject({ badge: 'Dynamic' });
    expect(assessGroup({ displayName: 'no id' })).toBeNull();
    expect(assessGroup('text')).toBeNull();
  });
});

describe('one user', () => {
  it('shows history and detections newest first, and memberships by name', async () => {
    const [id = ''] = people(scene.twin, 1);
    scene.twin.control.changeRisk((user) => user.id === id, {
      riskLevel: 'high',
      riskState: 'atRisk',
      riskDetail: 'none',
    });
    const history = await directory.entraHistory(connection, id);
    expect(history.length).toBeGreaterThan(0);
    const times = history.map(({ riskLastUpdatedDateTime }) => Date.parse(riskLastUpdatedDateTime ?? ''));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const detections = await directory.detections(connection, id);
    for (const detection of detections)
      expect(detection).toMatchObject({ id: expect.any(String), riskEventType: expect.any(String) });
    const names = ['Beta', 'Alpha'];
    for (const displayName of names) scene.twin.control.addMember(scene.twin.control.addGroup({ displayName }).id, id);
    const memberships = await directory.memberships(connection, id);
    expect(memberships.map(({ displayName }) => displayName).filter((name) => names.includes(name ?? ''))).toEqual([
      'Alpha',
      'Beta',
    ]);
  });

  it('is empty for a user whom Graph does not know', async () => {
    expect(await directory.entraHistory(connection, '00000000-0000-0000-0000-000000000000')).toEqual([]);
  });
});

describe('connection test', () => {
  it('says what works and what the token allows', async () => {
    const test = await directory.testConnection(connection);
    expect(test).toMatchObject({ ok: true, problem: null, tenantName: expect.stringContaining('Contoso') });
    expect(test.steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['sign-in', true],
      ['risky-users', true],
      ['organization', true],
    ]);
    expect(test.permissions.every(({ allowed }) => allowed)).toBe(true);
  });

  it('names the missing permission, and does without the tenant’s name', async () => {
    scene.twin.control.setRoles(['IdentityRiskyUser.Read.All']);
    const test = await directory.testConnection(connection);
    expect(test).toMatchObject({ ok: true, tenantName: null });
    const denied = test.permissions.filter(({ allowed }) => !allowed);
    expect(denied.map(({ permission }) => permission)).toContain('GroupMember.ReadWrite.All');
    scene.twin.control.setRoles(['User.Read.All']);
    scene.twin.control.revokeTokens();
    const refused = await directory.testConnection(connection);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'permission-missing' } });
    expect(refused.problem?.message).toContain('IdentityRiskyUser.Read.All');
  });

  it('names the missing licence', async () => {
    scene.twin.control.setLicensed(false);
    expect(await directory.testConnection(connection)).toMatchObject({
      ok: false,
      problem: { code: 'licence-missing' },
    });
  });
});
