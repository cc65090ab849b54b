/** What the Connections view decides by itself: least permissions for what was ticked, warnings, and the end of a secret. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDraft, problemsOf, toNew, warningsOf } from '../../renderer/features/connections/draft.ts';
import { expiryOf } from '../../renderer/features/connections/expiry.ts';
import { abilities, abilitiesOf, delegatedFor, permissionsFor } from '../../renderer/features/connections/features.ts';
import { newConnectionSchema } from '../../shared/contract/connections.ts';

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
