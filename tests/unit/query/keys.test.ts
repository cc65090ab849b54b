/** The ids that a filter means are those of the users that it lists, and no more than may be named by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../electron/core/query/filter.ts';
import { histogram } from '../../../electron/core/query/histogram.ts';
import { matchingKeys } from '../../../electron/core/query/keys.ts';
import { userNumber } from '../../store/harness.ts';
import { context, everybody, storeWith } from './fixture.ts';

const someUser = fc.record({
  userPrincipalName: fc.constantFrom('anna', 'Anna', 'bert', 'carl', null),
  displayName: fc.constantFrom('=1+1', 'Łukasz "Ł" O\'Brien', '🙂', null),
  riskLevel: fc.constantFrom('none', 'low', 'medium', 'high'),
  isDeleted: fc.boolean(),
});
const people = fc.array(someUser, { maxLength: 20 });
const filters: readonly Filter[] = [
  {},
  { connection: 'Beta' },
  { deleted: 'only' },
  { search: 'ann' },
  { search: '=1' },
  { query: { combinator: 'and', rules: [{ field: 'riskLevel', operator: 'in', value: ['high', 'low'] }] } },
];

describe('the ids that a filter means', () => {
  it('are those of the users that it lists, each under its connection', async () => {
    await fc.assert(
      fc.asyncProperty(people, people, async (alpha, beta) => {
        const store = await storeWith(
          alpha.map((change, n) => userNumber(n, change)),
          beta.map((change, n) => userNumber(n, change)),
        );
        for (const filter of filters) {
          const listed = (await everybody(store, filter)).map(({ connection, id }) => `${connection} ${id}`).sort();
          const keys = await matchingKeys(store.reader, filter, context, 1_000);
          expect(keys.flatMap(({ connection, ids }) => ids.map((id) => `${connection} ${id}`)).sort()).toEqual(listed);
          expect(new Set(keys.map(({ connection }) => connection)).size).toBe(keys.length);
        }
        await store.close();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('are refused with a way out when they are more than may be named by hand', async () => {
    const store = await storeWith([userNumber(1), userNumber(2), userNumber(3)]);
    expect((await matchingKeys(store.reader, {}, context, 3))[0]?.ids).toHaveLength(3);
    await expect(matchingKeys(store.reader, {}, context, 2)).rejects.toMatchObject({
      code: 'bad-input',
      field: 'filter',
      cure: expect.stringMatching(/rule/),
    });
    await store.close();
  });
});

describe('a histogram of aggregate scores', () => {
  it('counts whom the groupings count, and names the score that all of a bucket share', async () => {
    await fc.assert(
      fc.asyncProperty(people, people, async (alpha, beta) => {
        const store = await storeWith(
          alpha.map((change, n) => userNumber(n, change)),
          beta.map((change, n) => userNumber(n, change)),
        );
        const users = await everybody(store);
        const result = await histogram(store.reader, {}, context, 50, 'aggregateScore');
        expect(result.unscored).toBe(users.filter(({ grouping }) => grouping === null).length);
        for (const { from, to, count, only } of result.buckets) {
          const inside = users.flatMap(({ aggregateScore: score }) =>
            score !== null && score >= from && score <= to ? [score] : [],
          );
          expect(count).toBe(inside.length);
          expect(only).toBe(new Set(inside).size === 1 ? inside[0] : null);
        }
        await store.close();
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
