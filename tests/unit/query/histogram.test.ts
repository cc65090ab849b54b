/** Histograms, the overview and previews: every number is the one that counting by hand gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../electron/core/query/filter.ts';
import { histogram } from '../../../electron/core/query/histogram.ts';
import { overview, syncHistograms } from '../../../electron/core/query/overview.ts';
import { previewScores } from '../../../electron/core/query/scorePreview.ts';
import { groupings } from '../../../shared/model/riskyUser.ts';
import { defaultMapping, defaultThresholds, groupingOf } from '../../../shared/model/score.ts';
import { plainConnection } from '../../harness/connection.ts';
import { syncPages, t0, userNumber } from '../../store/harness.ts';
import { context, everybody, storeWith } from './fixture.ts';

const someUser = fc.record({
  userPrincipalName: fc.constantFrom('anna', 'Anna', 'bert', 'carl', null),
  riskLevel: fc.constantFrom('none', 'low', 'medium', 'high', 'hidden', 'novel'),
  riskState: fc.constantFrom('atRisk', 'dismissed', 'novel'),
  updatedAt: fc.integer({ min: t0 - 3 * 86_400_000, max: t0 }),
  isDeleted: fc.boolean(),
});
const filters: readonly Filter[] = [
  {},
  { connection: 'Alpha', deleted: 'exclude' },
  { days: 1.5 },
  { search: 'ann' },
  { query: { combinator: 'and', rules: [{ field: 'riskLevel', operator: 'in', value: ['high', 'low'] }] } },
];

describe('a histogram', () => {
  it('adds up to what listing the users shows, for any filter', async () => {
    const people = fc.array(someUser, { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(people, people, async (alpha, beta) => {
        const store = await storeWith(
          alpha.map((change, n) => userNumber(n, change)),
          beta.map((change, n) => userNumber(n, change)),
        );
        for (const filter of filters) {
          const users = await everybody(store, filter);
          const result = await histogram(store.reader, filter, context);
          expect(result.total).toBe(users.length);
          expect(result.unscored).toBe(users.filter(({ score }) => score === null).length);
          for (const { from, to, count } of result.buckets) {
            expect(count).toBe(users.filter(({ score }) => score !== null && score >= from && score <= to).length);
          }
          expect(result.buckets.reduce((sum, { count }) => sum + count, result.unscored)).toBe(result.total);
          for (const name of groupings)
            expect(result.groupings[name]).toBe(users.filter(({ grouping }) => grouping === name).length);
          for (const [level, count] of Object.entries(result.levels))
            expect(count).toBe(users.filter(({ riskLevel }) => riskLevel === level).length);
          expect(Object.values(result.levels).reduce((sum, count) => sum + count, 0)).toBe(result.total);
          expect(Object.values(result.states).reduce((sum, count) => sum + count, 0)).toBe(result.total);
        }
        await store.close();
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it.each([50, 100, 1000, 7])('has buckets of %i without gap or overlap from 0 to 1000', async (width) => {
    const store = await storeWith([]);
    const { buckets } = await histogram(store.reader, {}, context, width);
    expect(buckets[0]?.from).toBe(0);
    expect(buckets.at(-1)?.to).toBe(1000);
    for (const [index, bucket] of buckets.entries()) {
      expect(bucket.from).toBeLessThanOrEqual(bucket.to);
      if (index > 0) expect(bucket.from).toBe((buckets[index - 1]?.to ?? Number.NaN) + 1);
    }
  });

  it('puts the scores at the edges into their buckets', async () => {
    const store = await storeWith([
      userNumber(1, { riskLevel: 'low' }),
      userNumber(2, { riskLevel: 'medium' }),
      userNumber(3, { riskLevel: 'high' }),
    ]);
    const row = { ...plainConnection, name: 'Alpha', mapLow: 1000, mapMedium: 251, mapHigh: 0 };
    await store.writer.updateConnection({ id: 1, row, needsFull: false });
    await store.writer.rescore({ connection: 1, now: t0 });
    const { buckets } = await histogram(store.reader, {}, context);
    expect(buckets.filter(({ count }) => count > 0).map(({ from, to }) => [from, to])).toEqual([
      [0, 50],
      [251, 300],
      [951, 1000],
    ]);
    for (const { from, to } of buckets)
      expect(groupingOf(from, defaultThresholds)).toBe(groupingOf(to, defaultThresholds));
  });
});

describe('the overview', () => {
  it('counts users, days and what the last sync changed', async () => {
    const day = 86_400_000;
    const store = await storeWith([
      userNumber(1, { updatedAt: t0 }),
      userNumber(2, { updatedAt: t0 - 89 * day }),
      userNumber(3, { updatedAt: t0 - 90 * day, isDeleted: true }),
    ]);
    await syncPages(
      store,
      1,
      [[userNumber(1, { updatedAt: t0, riskLevel: 'high' }), userNumber(4, { updatedAt: t0 - day })]],
      { kind: 'incremental', now: t0 + 5 },
    );
    const result = await overview(store.reader, 1, t0);
    expect(result).toMatchObject({
      users: 4,
      deleted: 1,
      sinceLastSync: { added: 1, changed: 1, gone: 0 },
      dataAsOf: new Date(t0 + 5).toISOString(),
    });
    expect(result.perDay).toHaveLength(90);
    expect(result.perDay.filter(({ users }) => users > 0)).toEqual([
      { day: '2026-08-23', users: 1 },
      { day: '2026-11-19', users: 1 },
      { day: '2026-11-20', users: 1 },
    ]);
    expect(result.newPerDay.at(-1)).toEqual({ day: '2026-11-20', users: 4 });
    expect((await overview(store.reader, null, t0)).dataAsOf).toBe(new Date(t0).toISOString());
    expect(
      (await syncHistograms(store.reader, 1)).map(({ cells }) => cells.reduce((sum, { users }) => sum + users, 0)),
    ).toEqual([4, 3]);
  });

  it('says nothing of freshness before the first complete sync', async () => {
    const store = await storeWith([]);
    await store.writer.wipeCache({});
    expect(await overview(store.reader, null, t0)).toMatchObject({ users: 0, dataAsOf: null, sinceLastSync: null });
  });
});

describe('a preview of scores', () => {
  it('foretells exactly what saving then does', async () => {
    const people = fc.array(someUser, { maxLength: 20 });
    const score = fc.integer({ min: 0, max: 1000 });
    const mapping = fc.record({ low: score, medium: score, high: score });
    const weight = fc.constantFrom(0, 0.5, 1, 10);
    await fc.assert(
      fc.asyncProperty(people, people, mapping, weight, async (alpha, beta, next, nextWeight) => {
        const store = await storeWith(
          alpha.map((change, n) => userNumber(n, change)),
          beta.map((change, n) => userNumber(n, change)),
        );
        const before = await histogram(store.reader, {}, context);
        const preview = await previewScores(
          store.reader,
          { connection: 2, mapping: next, weight: nextWeight },
          defaultThresholds,
        );
        const old = new Map((await everybody(store)).map((user) => [`${user.connection} ${user.id}`, user.grouping]));
        const row = {
          ...plainConnection,
          name: 'Beta',
          mapLow: next.low,
          mapMedium: next.medium,
          mapHigh: next.high,
          weight: nextWeight,
        };
        await store.writer.updateConnection({ id: 2, row, needsFull: false });
        await store.writer.rescore({ connection: 2, now: t0 });
        const after = await histogram(store.reader, {}, context);
        const now = await everybody(store);
        expect(preview.before).toMatchObject(before.groupings);
        expect(preview.after).toMatchObject(after.groupings);
        expect(preview.moved).toBe(
          now.filter((user) => old.get(`${user.connection} ${user.id}`) !== user.grouping).length,
        );
        expect(preview.total).toBe(now.length);
        await store.close();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('shows what other thresholds move', async () => {
    const store = await storeWith([userNumber(1), userNumber(2, { riskLevel: 'none' })]);
    const preview = await previewScores(
      store.reader,
      { connection: null, thresholds: { critical: 100, high: 700, medium: 800 } },
      defaultThresholds,
    );
    expect(preview).toMatchObject({ moved: 1, total: 2, before: { Medium: 1, none: 1 }, after: { High: 1, none: 1 } });
    expect(
      await previewScores(store.reader, { connection: 1, mapping: defaultMapping }, defaultThresholds),
    ).toMatchObject({ moved: 0 });
  });
});
