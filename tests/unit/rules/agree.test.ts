/** The promise of the rule language: SQL and predicate pick the same users, whatever the rule and whatever the rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withExceptions } from '../../../electron/core/rules/exceptions.ts';
import { compilePredicate } from '../../../electron/core/rules/predicate.ts';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { checkQuery } from '../../../shared/rules/check.ts';
import { describeQuery } from '../../../shared/rules/describe.ts';
import { type RuleQuery, ruleQuerySchema } from '../../../shared/rules/schema.ts';
import { connections, now, query, user, vocabulary } from './arbitraries.ts';
import { openCache, pick } from './cache.ts';

const thresholds = fc.constantFrom(defaultThresholds, { critical: 0, high: 375, medium: 999 });

function checked(raw: unknown): RuleQuery {
  const result = checkQuery(raw, vocabulary);
  if (!result.ok) throw new Error(JSON.stringify({ raw, problems: result.problems }));
  return result.query;
}

describe('SQL and predicate', () => {
  it('pick the same users', () => {
    let picked = 0;
    let seen = 0;
    const property = fc.property(
      fc.array(user, { minLength: 1, maxLength: 25 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      thresholds,
      fc.boolean(),
      (users, raws, limits, search) => {
        const cache = openCache(users, connections);
        try {
          const queries = raws.map(checked);
          const [first, ...rest] = queries;
          if (first !== undefined) queries.push(withExceptions(first, rest));
          for (const one of queries) {
            const predicate = compilePredicate(one, { now, thresholds: limits });
            const expected = users.flatMap((each, at) => (predicate(each) ? [at] : []));
            expect(pick(cache, one, { now, thresholds: limits, search })).toEqual(expected);
            picked += expected.length;
            seen += users.length;
          }
        } finally {
          cache.close();
        }
      },
    );
    fc.assert(property, { numRuns: 700 });
    // Rules that match no one, or everyone, would prove nothing.
    expect(picked / seen).toBeGreaterThan(0.2);
    expect(picked / seen).toBeLessThan(0.8);
  }, 120_000);

  it('agree on pieces of names that are there', () => {
    const operators = [
      '=',
      'contains',
      'beginsWith',
      'endsWith',
      'doesNotContain',
      'doesNotBeginWith',
      'doesNotEndWith',
      '!=',
    ];
    const property = fc.property(
      fc.array(user, { minLength: 2, maxLength: 15 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      (users, which, start, length, search) => {
        const names = users
          .flatMap((each) => [each.userPrincipalName ?? '', each.displayName ?? ''])
          .filter((name) => name !== '');
        const points = [...(names[which % Math.max(1, names.length)] ?? 'abc')];
        const value = points
          .slice(start % points.length, (start % points.length) + length)
          .join('')
          .toWellFormed();
        const cache = openCache(users, connections);
        try {
          for (const field of ['userPrincipalName', 'displayName']) {
            for (const operator of operators) {
              const one = checked({ field, operator, value });
              const predicate = compilePredicate(one, { now, thresholds: defaultThresholds });
              const expected = users.flatMap((each, at) => (predicate(each) ? [at] : []));
              expect(pick(cache, one, { now, thresholds: defaultThresholds, search })).toEqual(expected);
            }
          }
        } finally {
          cache.close();
        }
      },
    );
    fc.assert(property, { numRuns: 500 });
  }, 120_000);
});

describe('a checked rule', () => {
  it('is accepted again unchanged, fits its schema, survives JSON and has a sentence', () => {
    fc.assert(
      fc.property(query, (raw) => {
        const once = checked(raw);
        expect(checkQuery(once, vocabulary)).toEqual({ ok: true, query: once });
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
        expect(ruleQuerySchema.parse(once)).toEqual(once);
        expect(describeQuery(once).length).toBeGreaterThan(5);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('garbage yields problems and never throws', () => {
    const bits = fc.constantFrom(
      'and',
      'rules',
      'field',
      'score',
      'riskLevel',
      '=',
      'in',
      null,
      0,
      -1,
      Number.NaN,
      '',
      [],
      {},
    );
    const garbage = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 12 },
        bits,
        fc.anything(),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom('combinator', 'not', 'rules', 'field', 'operator', 'value', 'valueSource', '__proto__'),
          tie('node'),
        ),
      ),
    })).node;
    fc.assert(
      fc.property(garbage, (raw) => {
        const result = checkQuery(raw);
        if (result.ok) return;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { path, message, cure } of result.problems) {
          expect(path).not.toBe('');
          expect(message).toMatch(/\.$/);
          expect(cure).toMatch(/[.?]$/);
        }
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});
