/** What the Connections view decides by itself: least permissions for what was ticked, warnings, and the end of a secret. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permissionMatrix } from '../../electron/core/graph/permissions.ts';
import {
  draftOf,
  emptyDraft,
  problemsOf,
  toChange,
  toNew,
  warningsOf,
} from '../../renderer/features/connections/draft.ts';
import { expiryOf } from '../../renderer/features/connections/expiry.ts';
import {
  abilities,
  abilitiesOf,
  delegatedFor,
  featureOf,
  permissionsFor,
} from '../../renderer/features/connections/features.ts';
import { newConnectionSchema } from '../../shared/contract/connections.ts';
import type { Connection } from '../../shared/model/connection.ts';

const ticked = fc.subarray([...abilities]);

describe('permissions', () => {
  it('of a person lead back to what was ticked, reading included', () => {
    fc.assert(
      fc.property(ticked, (wanted) => {
        const held = abilitiesOf(delegatedFor(wanted));
        expect(held).toEqual(expect.arrayContaining(['read', ...wanted]));
        // Creating groups needs the one permission that allows changing members as well.
        const extra = wanted.includes('createGroup') ? ['read', 'groups'] : ['read'];
        expect([...wanted, ...extra]).toEqual(expect.arrayContaining([...held]));
      }),
    );
  });

  it('name nothing that another one of them contains', () => {
    expect(permissionsFor(['riskActions', 'groups'], 'application')).toEqual([
      'IdentityRiskyUser.ReadWrite.All',
      'GroupMember.ReadWrite.All',
    ]);
    expect(permissionsFor(['groups', 'createGroup'], 'person')).toEqual([
      'IdentityRiskyUser.Read.All',
      'Group.ReadWrite.All',
    ]);
    expect(permissionsFor([], 'application')).toEqual(['IdentityRiskyUser.Read.All']);
  });
});

describe('the matrix of permissions', () => {
  it.each([false, true])('has a name of its own for each row (delegated: %s)', (delegated) => {
    const names = permissionMatrix({ roles: [], delegated }).map(({ permission }) => featureOf(permission));
    expect(names).not.toContain(null);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names no permission that it does not know', () => {
    expect(featureOf('toString')).toBeNull();
    expect(featureOf('Mail.Read')).toBeNull();
  });
});

describe('the end of a secret', () => {
  const end = Date.parse('2027-05-31');
  const day = 86_400_000;
  it.each([
    [31, 'fine'],
    [30, 'soon'],
    [8, 'soon'],
    [7, 'close'],
    [2, 'close'],
    [1, 'last'],
    [0.5, 'last'],
    [0, 'over'],
    [-40, 'over'],
  ])('%d days before is %s', (days, word) => {
    expect(expiryOf('2027-05-31', end - days * day)?.word).toBe(word);
  });
  it('is nothing where nobody said', () => {
    expect([expiryOf(null, end), expiryOf('soon', end)]).toEqual([null, null]);
  });
});

describe('a draft', () => {
  const draft = {
    ...emptyDraft,
    name: 'Contoso',
    tenant: 'contoso.onmicrosoft.com',
    client: '11111111-1111-4111-8111-111111111111',
    secret: 'value',
  };
  const around = { taken: [], kept: false };

  it.each(['secret', 'interactive'] as const)('of kind %s is what the contract takes', (kind) => {
    const wanted = toNew({ ...draft, kind, expires: '2027-05-31' });
    expect(newConnectionSchema.safeParse(wanted).success).toBe(true);
    expect(problemsOf({ ...draft, kind }, around)).toEqual({});
    expect('secretExpires' in wanted).toBe(kind === 'secret');
  });

  it('says while typing what is nearly always a mistake', () => {
    const now = Date.parse('2027-01-01');
    expect(
      warningsOf({ ...draft, secret: '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809', expires: '2026-12-31' }, now),
    ).toEqual({
      secret: { key: 'warning.secretId' },
      expires: { key: 'warning.past' },
    });
    expect(problemsOf({ ...draft, expires: '2027-02-30' }, around)).toEqual({
      expires: { ends: 'must be a date such as 2027-05-31' },
    });
  });
});

describe('another server', () => {
  const stored: Connection = {
    id: 1,
    name: 'contoso',
    tenant: 'contoso.example',
    client: '00000000-0000-4000-8000-000000000001',
    cloud: 'global',
    authorityUrl: null,
    graphUrl: null,
    credential: { place: 'env', reference: 'CONTOSO_SECRET', expiresAt: '2027-05-31T00:00:00.000Z' },
    signIn: null,
    scoreRange: { min: 0, max: 1000, unscored: true },
    syncEvery: 60,
    mapping: { low: 750, medium: 500, high: 250 },
    weight: 1,
    createdAt: '2026-11-01T00:00:00.000Z',
  };

  it('is given the credential that stands in the form again, with its last day; a typed secret has to be typed', () => {
    const moved = { ...draftOf(stored), authorityUrl: 'https://login.example' };
    expect(toChange(moved, stored)).toEqual({
      authorityUrl: 'https://login.example',
      credential: { kind: 'secret-env', variable: 'CONTOSO_SECRET' },
      secretExpires: '2027-05-31',
    });
    expect(toChange({ ...moved, authorityUrl: '', every: '5' }, stored)).toEqual({ syncEvery: 5 });
    const kept: Connection = { ...stored, credential: { place: 'keychain', reference: null, expiresAt: null } };
    expect(toChange({ ...draftOf(kept), graphUrl: 'https://graph.example' }, kept)).toEqual({
      graphUrl: 'https://graph.example',
    });
  });
});
