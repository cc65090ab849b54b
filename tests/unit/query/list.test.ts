/** Listing: every sort by cursor, by offset and by a naive sort is one and the same order; filters mean what they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUsers } from '../../../electron/core/query/count.ts';
import { compileFilter, type Filter } from '../../../electron/core/query/filter.ts';
import { gatherPage, walkPage } from '../../../electron/core/query/page.ts';
import { personScores, userHistory, userNotes } from '../../../electron/core/query/person.ts';
import { type SortField, sortKey } from '../../../electron/core/query/sort.ts';
import { getUser, iterateUsers, listUsers, usersByIds } from '../../../electron/core/query/users.ts';
import { fold, groupings, knownTerms, type RiskyUser } from '../../../shared/model/riskyUser.ts';
import { userSortFields } from '../../../shared/model/userSort.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import { objectId, syncPages, t0, userNumber } from '../../store/harness.ts';
import { context, everybody, storeWith } from './fixture.ts';

/** What a person would call the value that a field sorts by. */
function sortValue(user: RiskyUser, field: SortField): string | number | null {
  switch (field) {
    case 'riskLevel':
      return knownTerms.level.indexOf(user.riskLevel);
    case 'riskState':
      return knownTerms.state.indexOf(user.riskState);
    case 'riskDetail':
      return knownTerms.detail.indexOf(user.riskDetail);
    case 'grouping':
      return user.grouping === null ? null : groupings.indexOf(user.grouping);
    default: {
      const value = user[field];
      if (typeof value === 'string') return fold(value);
      return typeof value === 'boolean' ? Number(value) : value;
    }
  }
}

function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

/** True when the users stand in the order that was asked for: missing values last in both directions. */
function inOrder(users: readonly RiskyUser[], field: SortField, direction: 'asc' | 'desc'): boolean {
  return users.every((user, index) => {
    const before = users[index - 1];
    if (before === undefined) return true;
    const [a, b] = [sortValue(before, field), sortValue(user, field)];
    const order = compareValues(a, b);
    return direction === 'asc' || a === null || b === null ? order <= 0 : order >= 0;
  });
}

const nameOf = fc.constantFrom('anna', 'Anna', 'ANNA', 'Ägid', 'zoe', '😀', '\uffee', null);
const someUser = fc.record({
  userPrincipalName: nameOf,
  displayName: nameOf,
  riskLevel: fc.constantFrom('none', 'low', 'medium', 'high', 'hidden'),
  riskState: fc.constantFrom('atRisk', 'dismissed', 'none'),
  riskDetail: fc.constantFrom('none', 'hidden', 'adminDismissedAllRiskForUser'),
  updatedAt: fc.option(fc.integer({ min: t0 - 5, max: t0 }), { nil: null }),
  isDeleted: fc.boolean(),
  isProcessing: fc.boolean(),
});
const level = (value: string): RuleQuery => ({
  combinator: 'and',
  rules: [{ field: 'riskLevel', operator: '=', value }],
});
const filters: readonly Filter[] = [
  {},
  { connection: 'beta' },
  { deleted: 'exclude' },
  { days: 1 },
  { query: level('high') },
  { search: 'anna' },
  { search: 'n', deleted: 'only' },
  { query: { combinator: 'or', rules: [level('low'), { field: 'displayName', operator: 'beginsWith', value: 'an' }] } },
];

describe('paging', () => {
  it('shows the same order by cursor, by offset and gathered at once, and loses and repeats nobody', async () => {
    const people = fc.array(someUser, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(
        people,
        people,
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (alpha, beta, limit, someGone) => {
          const store = await storeWith(
            alpha.map((change, n) => userNumber(n, change)),
            beta.map((change, n) => userNumber(n, change)),
          );
          if (someGone) await syncPages(store, 1, [alpha.slice(1).map((change, n) => userNumber(n + 1, change))]);
          for (const field of userSortFields) {
            for (const direction of ['asc', 'desc'] as const) {
              for (const filter of filters) {
                const label = `${field} ${direction} ${JSON.stringify(filter)}`;
                const compiled = await compileFilter(store.reader, filter, context);
                const key = sortKey(field, context.thresholds);
                const request = { filter: compiled, key, direction };
                const total = await countUsers(store.reader, filter, context);
                const gathered = await gatherPage(store.reader, {
                  ...request,
                  limit: 1000,
                  start: { kind: 'offset', offset: 0, total },
                });
                expect(gathered.length, label).toBe(total);
                const byOffset: number[] = [];
                for (let offset = 0; offset < total; offset += limit) {
                  const page = await walkPage(store.reader, {
                    ...request,
                    limit,
                    start: { kind: 'offset', offset, total },
                  });
                  byOffset.push(...page.map(({ id }) => id));
                }
                const ids = gathered.map(({ id }) => id);
                expect(byOffset, label).toEqual(ids);
                for (const get of [walkPage, gatherPage]) {
                  const byCursor: number[] = [];
                  let page = await get(store.reader, {
                    ...request,
                    limit,
                    start: { kind: 'offset', offset: 0, total },
                  });
                  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
                    byCursor.push(...page.map(({ id }) => id));
                    page = await get(store.reader, { ...request, limit, start: { kind: 'after', position: last } });
                  }
                  expect(byCursor, label).toEqual(ids);
                }
              }
              const { rows } = await listUsers(store.reader, {}, { sort: { field, direction }, limit: 1000 }, context);
              expect(inOrder(rows, field, direction), `${field} ${direction}`).toBe(true);
            }
          }
          await store.close();
        },
      ),
      { numRuns: 4 },
    );
  }, 240_000);

  it('hands out cursors until the last page, and refuses one of another sort', async () => {
    const store = await storeWith([1, 2, 3, 4, 5].map((n) => userNumber(n)));
    const sort = { field: 'userPrincipalName', direction: 'asc' } as const;
    const first = await listUsers(store.reader, {}, { sort, limit: 2 }, context);
    expect(first.total).toBe(5);
    const second = await listUsers(store.reader, {}, { sort, limit: 2, after: first.next ?? '' }, context);
    const third = await listUsers(store.reader, {}, { sort, limit: 2, after: second.next ?? '' }, context);
    expect([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(
      [1, 2, 3, 4, 5].map(objectId),
    );
    expect(third.next).toBeNull();
    const other = { field: 'score', direction: 'asc' } as const;
    for (const after of [first.next ?? '', 'nonsense', '']) {
      await expect(listUsers(store.reader, {}, { sort: other, limit: 2, after }, context)).rejects.toMatchObject({
        code: 'bad-input',
        field: 'after',
      });
    }
  });

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ limit: 1.5 }, 'limit'],
    [{ limit: 1, offset: -1 }, 'offset'],
    [{ limit: 1, offset: 0, after: 'x' }, 'after'],
  ])('refuses %o', async (options, field) => {
    const store = await storeWith([]);
    await expect(listUsers(store.reader, {}, options, context)).rejects.toMatchObject({ code: 'bad-input', field });
  });

  it('goes through everybody in chunks, in any order', async () => {
    const store = await storeWith(Array.from({ length: 23 }, (_, n) => userNumber(n)));
    for (const sort of [undefined, { field: 'displayName', direction: 'desc' } as const]) {
      const seen: string[] = [];
      for await (const users of iterateUsers(store.reader, {}, context, { sort, chunk: 5 })) {
        expect(users.length).toBeLessThanOrEqual(5);
        seen.push(...users.map(({ id }) => id));
      }
      expect(new Set(seen).size).toBe(23);
      expect(seen).toHaveLength(23);
    }
  });
});

describe('filters', () => {
  const day = 86_400_000;

  it('count days back from now, the future included, the undated left out', async () => {
    const store = await storeWith([
      userNumber(1, { updatedAt: t0 - 2 * day }),
      userNumber(2, { updatedAt: t0 - 2 * day - 1 }),
      userNumber(3, { updatedAt: t0 + day }),
      userNumber(4, { updatedAt: null }),
    ]);
    expect((await everybody(store, { days: 2 })).map(({ id }) => id).sort()).toEqual([objectId(1), objectId(3)]);
    expect(await everybody(store, { days: null })).toHaveLength(4);
  });

  it('apply rules and leave out what their exceptions match', async () => {
    const store = await storeWith([
      userNumber(1, { riskLevel: 'high' }),
      userNumber(2, { riskLevel: 'high', displayName: 'Break glass' }),
      userNumber(3),
    ]);
    const exceptions: readonly RuleQuery[] = [
      { combinator: 'and', rules: [{ field: 'displayName', operator: 'contains', value: 'glass' }] },
    ];
    const found = await everybody(store, { rules: [{ query: level('high'), exceptions }] });
    expect(found.map(({ id }) => id)).toEqual([objectId(1)]);
  });

  it('refuse a connection that does not exist, by name', async () => {
    const store = await storeWith([]);
    await expect(everybody(store, { connection: 'gamma' })).rejects.toMatchObject({
      code: 'not-found',
      field: 'connection',
    });
  });

  it('count anew after every write', async () => {
    const store = await storeWith([userNumber(1)]);
    const filter: Filter = { search: 'user', days: 365 };
    expect(await countUsers(store.reader, filter, context)).toBe(1);
    await syncPages(store, 1, [[userNumber(1), userNumber(2)]]);
    expect(await countUsers(store.reader, filter, context)).toBe(2);
  });
});

describe('one user', () => {
  it('comes with history, notes and the scores behind the aggregate, also when gone', async () => {
    const upn = 'Anna@contoso.example.com';
    const store = await storeWith(
      [userNumber(1, { userPrincipalName: upn, riskLevel: 'high' })],
      [userNumber(7, { userPrincipalName: upn.toUpperCase(), riskLevel: 'low' })],
    );
    await syncPages(
      store,
      1,
      [[userNumber(1, { userPrincipalName: upn, riskLevel: 'medium', riskState: 'dismissed' })]],
      { now: t0 + 1000 },
    );
    await store.writer.addNote({ connection: 1, objectId: objectId(1), who: 'ann', text: 'called', now: t0 });
    const { key, user, gone } = await getUser(store.reader, 'alpha', objectId(1), context);
    expect(gone).toBeNull();
    // (625 + 3 * 875) / 4 = 812.5
    expect(user).toMatchObject({
      connection: 'Alpha',
      score: 625,
      aggregateScore: 813,
      grouping: 'Low',
      riskState: 'dismissed',
    });
    expect(user.lastChanged).toBe(new Date(t0 + 1000).toISOString());
    expect(await userHistory(store.reader, key)).toEqual([
      {
        seenAt: new Date(t0 + 1000).toISOString(),
        riskLastUpdatedDateTime: new Date(t0 - 1000).toISOString(),
        riskLevel: { before: 'high', after: 'medium' },
        riskState: { before: 'atRisk', after: 'dismissed' },
        riskDetail: { before: 'none', after: 'none' },
      },
    ]);
    expect(await personScores(store.reader, key)).toEqual([
      { connection: 'Alpha', score: 625, weight: 1 },
      { connection: 'Beta', score: 875, weight: 3 },
    ]);
    expect(await userNotes(store.reader, key)).toMatchObject([{ who: 'ann', text: 'called' }]);
    await syncPages(store, 1, [[]]);
    expect((await getUser(store.reader, 'alpha', objectId(1), context)).gone).not.toBeNull();
    await expect(getUser(store.reader, 'alpha', objectId(2), context)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is found among a selection, whatever the case of the ids', async () => {
    const id = 'abcdef00-0000-4000-8000-000000000001';
    const store = await storeWith([userNumber(1, { objectId: id }), userNumber(2)], [userNumber(2)]);
    const users = await usersByIds(store.reader, 'Alpha', [objectId(2), id.toUpperCase(), objectId(3)], context);
    expect(users.map(({ user }) => [user.connection, user.id])).toEqual([
      ['Alpha', objectId(2)],
      ['Alpha', id],
    ]);
  });
});
