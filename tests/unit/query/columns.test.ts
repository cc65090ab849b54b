/**
 * Two ways to one answer: the columns, and the rows while the columns are behind. Over several blocks of users both are
 * held against a naive filter and sort, for every sort, offset and cursor; and a commit by anybody is never missed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUsers } from '../../../electron/core/query/count.ts';
import type { Filter } from '../../../electron/core/query/filter.ts';
import { histogram } from '../../../electron/core/query/histogram.ts';
import type { SortField } from '../../../electron/core/query/sort.ts';
import { iterateUsers, listUsers } from '../../../electron/core/query/users.ts';
import { compilePredicate } from '../../../electron/core/rules/predicate.ts';
import type { RiskyUserIn } from '../../../electron/core/store/tables/riskyUserIn.ts';
import type { Reader, Store } from '../../../electron/core/store/types.ts';
import { fold, groupings, knownTerms, type RiskyUser } from '../../../shared/model/riskyUser.ts';
import { userSortFields } from '../../../shared/model/userSort.ts';
import { checkQuery } from '../../../shared/rules/check.ts';
import { addConnection, plainConnection } from '../../harness/connection.ts';
import { openTestStore, syncPages, t0, tempDir, userNumber } from '../../store/harness.ts';
import * as arbitrary from '../rules/arbitraries.ts';
import { context } from './fixture.ts';

/** A reader whose columns are always behind. */
function rowsAlone(reader: Reader): Reader {
  return { ...reader, select: () => Promise.resolve(null) };
}

async function answersFromColumns({ reader }: Store): Promise<boolean> {
  return (await reader.select({ match: { kind: 'and', parts: [] } })) !== null;
}

const names = ['anna', 'Anna', 'ÄGID', 'zoe', '😀', '\uffee', 'a@b', '', null];
const domains = ['contoso.example.com', 'Fabrikam.example.com', 'x@y', 'ß.example'];

/** Users of every kind, the same for the same number. */
function someone(n: number): RiskyUserIn {
  const pick = <Item>(items: readonly Item[], step: number): Item => items[Math.floor(n / step) % items.length] as Item;
  const upns = [
    `${pick(names, 1)}.${n % 900}@${pick(domains, 7)}`,
    `user${n}@${pick(domains, 3)}`,
    `plain${n % 50}`,
    null,
  ];
  return userNumber(n, {
    userPrincipalName: n % 97 === 0 ? null : pick(upns, 2),
    displayName: pick([...names, `Name ${n % 333}`, 'Anna Schulz'], 5),
    riskLevel: pick(['low', 'medium', 'high', 'none', 'hidden', 'critical and worse'], 11),
    riskState: pick(['atRisk', 'dismissed', 'remediated'], 13),
    riskDetail: pick(['none', 'hidden', 'brandNewDetail'], 17),
    updatedAt: n % 31 === 0 ? null : t0 - (n % 400) * 7_200_000,
    isDeleted: n % 19 === 0,
    isProcessing: n % 23 === 0,
  });
}

/** 9,000 users of two connections in three blocks; some are gone, some changed later, some share their UPN. */
async function crowd(): Promise<Store> {
  const store = await openTestStore();
  const one = await addConnection(store.writer, arbitrary.connections[0] ?? '', t0);
  const two = await addConnection(store.writer, arbitrary.connections[1] ?? '', t0, { weight: 3 });
  const people = Array.from({ length: 7_000 }, (_, n) => someone(n));
  await syncPages(store, one, [people], { now: t0 - 50 * 86_400_000 });
  await syncPages(store, two, [people.slice(0, 2_000)], { now: t0 - 20 * 86_400_000 });
  const later = people.filter((_, n) => n % 41 !== 0).map((user, n) => (n % 29 === 0 ? someone(n + 3) : user));
  await syncPages(store, one, [later], { now: t0 });
  expect(await answersFromColumns(store)).toBe(true);
  return store;
}

type Known = { readonly key: number; readonly connectionId: number; readonly user: RiskyUser };

async function everybodyOf(store: Store): Promise<readonly Known[]> {
  const { rows } = await listUsers(store.reader, {}, { limit: 10_000 }, context);
  const keys = await store.reader.all<{ id: number; connection: number; name: string; objectId: string }>(
    `SELECT t.id, t.connection, c.name, t.object_id AS objectId FROM user_text t JOIN connection c ON c.id = t.connection`,
  );
  const byName = new Map(keys.map((key) => [`${key.name} ${key.objectId}`, key]));
  return rows.map((user) => {
    const key = byName.get(`${user.connection} ${user.id}`);
    return { key: key?.id ?? 0, connectionId: key?.connection ?? 0, user };
  });
}

function wanted(user: RiskyUser, { search, days, deleted, query, connection }: Filter): boolean {
  const text = fold((search ?? '').trim());
  const inNames = [user.userPrincipalName, user.displayName].some((name) => fold(name ?? '').includes(text));
  const updated = user.riskLastUpdatedDateTime;
  return (
    (text === '' || inNames || user.id.toLowerCase() === text) &&
    (connection === undefined || fold(connection) === fold(user.connection)) &&
    (typeof days !== 'number' || (updated !== null && Date.parse(updated) >= context.now - days * 86_400_000)) &&
    (deleted === undefined || deleted === 'include' || user.isDeleted === (deleted === 'only')) &&
    (query === undefined || compilePredicate(query, context)(user))
  );
}

function sortValue(user: RiskyUser, field: SortField): string | number | null {
  if (field === 'riskLevel' || field === 'riskState' || field === 'riskDetail') {
    const kind = field === 'riskLevel' ? 'level' : field === 'riskState' ? 'state' : 'detail';
    const place = knownTerms[kind].indexOf(user[field]);
    return place < 0 ? 1_000 : place;
  }
  if (field === 'grouping') return user.grouping === null ? null : groupings.indexOf(user.grouping);
  const value = user[field];
  if (typeof value === 'string') return fold(value);
  return typeof value === 'boolean' ? Number(value) : value;
}

function naive(everybody: readonly Known[], filter: Filter, field: SortField, direction: 'asc' | 'desc') {
  const sign = direction === 'asc' ? 1 : -1;
  return everybody
    .filter(({ user }) => wanted(user, filter))
    .map((known) => ({ known, value: sortValue(known.user, field) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        const order = Number(a.value === null) - Number(b.value === null);
        return order === 0 ? sign * (a.known.key - b.known.key) : order;
      }
      const order =
        typeof a.value === 'string'
          ? Buffer.compare(Buffer.from(a.value), Buffer.from(String(b.value)))
          : a.value - Number(b.value);
      const tie = field === 'id' ? a.known.connectionId - b.known.connectionId : a.known.key - b.known.key;
      return sign * (order === 0 ? tie : order);
    })
    .map(({ known }) => known.user);
}

const queries = arbitrary.query.map((raw) => {
  const result = checkQuery(raw, arbitrary.vocabulary);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.query;
});
const searches = fc.constantFrom(
  'a',
  '@',
  'an',
  '.e',
  'zz',
  'anna',
  'contoso',
  'a@b',
  '@x@y',
  'x@y',
  'r7@f',
  'schulz',
  '😀',
  'ß.ex',
  '.com',
  'name 33',
); // prettier-ignore
const filters: fc.Arbitrary<Filter> = fc.record(
  {
    query: queries,
    search: searches,
    days: fc.integer({ min: 0, max: 40 }),
    deleted: fc.constantFrom('exclude' as const, 'only' as const),
    connection: fc.constantFrom(...arbitrary.connections.slice(0, 2)),
  },
  { requiredKeys: [] },
);

describe('the columns', () => {
  it('list what a naive filter and sort list, by offset and by cursor, and so do the rows', async () => {
    const store = await crowd();
    const readers = [store.reader, rowsAlone(store.reader)];
    const everybody = await everybodyOf(store);
    let listed = 0;
    const property = fc.asyncProperty(
      fc.oneof(filters, fc.record({ search: searches }), fc.record({ query: queries })),
      fc.constantFrom(...userSortFields),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 2_500 }),
      async (filter, field, direction, share, limit) => {
        const expected = naive(everybody, filter, field, direction);
        listed += expected.length;
        const offset = Math.floor(share * expected.length);
        const sort = { field, direction };
        for (const reader of readers) {
          expect(await countUsers(reader, filter, context)).toBe(expected.length);
          const page = await listUsers(reader, filter, { sort, limit, offset }, context);
          expect(page.total).toBe(expected.length);
          expect(page.rows).toEqual(expected.slice(offset, offset + limit));
          expect(page.next === null).toBe(offset + limit >= expected.length);
          if (page.next === null) continue;
          const { rows } = await listUsers(reader, filter, { sort, limit, after: page.next }, context);
          expect(rows).toEqual(expected.slice(offset + limit, offset + 2 * limit));
        }
        const [columns, rows] = await Promise.all(readers.map((reader) => histogram(reader, filter, context)));
        expect(columns).toEqual(rows);
        expect(columns?.total).toBe(expected.length);
      },
    );
    await fc.assert(property, { numRuns: 120 });
    expect(listed).toBeGreaterThan(10_000);
  }, 240_000);

  it('goes on by the rows in the middle of an export when a block becomes stale', async () => {
    const store = await crowd();
    const filter: Filter = { search: 'a' };
    const sort = { field: 'displayName', direction: 'desc' } as const;
    const expected = naive(await everybodyOf(store), filter, 'displayName', 'desc');
    const seen: RiskyUser[] = [];
    for await (const users of iterateUsers(store.reader, filter, context, { sort, chunk: 700 })) {
      seen.push(...users);
      if (seen.length === 1_400) await syncPages(store, 2, [[someone(1_999)]], { kind: 'incremental', index: false });
    }
    expect(seen.map(({ id, connection }) => `${connection} ${id}`)).toEqual(
      expected.map(({ id, connection }) => `${connection} ${id}`),
    );
  }, 60_000);
});

describe('a commit by another process', () => {
  it('is seen by the next question, before and after its blocks are made', async () => {
    const dir = tempDir();
    const here = await openTestStore(dir);
    const there = await openTestStore(dir);
    const connection = await addConnection(there.writer, 'Contoso', t0);
    await syncPages(there, connection, [Array.from({ length: 5_000 }, (_, n) => userNumber(n))]);
    const high: Filter = {
      query: { combinator: 'and', rules: [{ field: 'displayName', operator: 'contains', value: 'new' }] },
    };
    const count = () => countUsers(here.reader, high, context);
    expect(await count()).toBe(0);
    expect(await answersFromColumns(here)).toBe(true);
    for (let round = 1; round <= 5; round += 1) {
      const changed = userNumber(round * 900, { displayName: `New ${round}`, riskLevel: 'high' });
      await syncPages(there, connection, [[changed]], { kind: 'incremental', index: false });
      expect(await answersFromColumns(here)).toBe(false);
      expect(await count()).toBe(round);
      while ((await there.writer.indexSearch({})).more);
      expect(await answersFromColumns(here)).toBe(true);
      expect(await count()).toBe(round);
    }
    await syncPages(there, connection, [[userNumber(6_000, { displayName: 'new here' })]], { kind: 'incremental' });
    expect(await answersFromColumns(here)).toBe(true);
    expect(await count()).toBe(6);
    await there.writer.updateConnection({
      id: connection,
      row: { ...plainConnection, name: 'Renamed' },
      needsFull: false,
    });
    expect(await countUsers(here.reader, { ...high, connection: 'renamed' }, context)).toBe(6);
    await there.writer.wipeCache({});
    expect(await count()).toBe(0);
    await syncPages(there, connection, [[userNumber(1, { displayName: 'New again' })]]);
    expect(await answersFromColumns(here)).toBe(true);
    expect(await count()).toBe(1);
  }, 60_000);

  it('that removes a connection or scores it anew leaves no old block behind', async () => {
    const store = await openTestStore();
    const one = await addConnection(store.writer, 'One', t0);
    const two = await addConnection(store.writer, 'Two', t0);
    await syncPages(store, one, [Array.from({ length: 30 }, (_, n) => userNumber(n))]);
    await syncPages(store, two, [Array.from({ length: 20 }, (_, n) => userNumber(n))]);
    const scored = (value: number): Filter => ({
      query: {
        combinator: 'and',
        rules: [
          { field: 'score', operator: '=', value },
          { field: 'displayName', operator: 'contains', value: 'user' },
        ],
      },
    }); // prettier-ignore
    expect(await countUsers(store.reader, scored(625), context)).toBe(50);
    await store.writer.updateConnection({
      id: two,
      row: { ...plainConnection, name: 'Two', mapMedium: 600 },
      needsFull: false,
    }); // prettier-ignore
    await store.writer.rescore({ connection: two, now: t0 });
    expect(await countUsers(store.reader, scored(600), context)).toBe(20);
    while ((await store.writer.indexSearch({})).more);
    expect(await answersFromColumns(store)).toBe(true);
    expect(await countUsers(store.reader, scored(600), context)).toBe(20);
    await store.writer.purgeConnection({ connection: one });
    expect(await countUsers(store.reader, { search: 'user' }, context)).toBe(20);
    while ((await store.writer.indexSearch({})).more);
    expect(await answersFromColumns(store)).toBe(true);
    expect(await countUsers(store.reader, { search: 'user' }, context)).toBe(20);
  });
});
