/** What single conditions mean at their edges: decided cases, written out, in SQL and predicate alike. */
import { describe, expect, it } from 'vitest';
import { withExceptions } from '../../../electron/core/rules/exceptions.ts';
import { compilePredicate, type RuleSubject } from '../../../electron/core/rules/predicate.ts';
import { compileSql } from '../../../electron/core/rules/sql.ts';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { checkQuery } from '../../../shared/rules/check.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import { connections, now, vocabulary } from './arbitraries.ts';
import { openCache, pick } from './cache.ts';

const plain: RuleSubject = {
  connection: 'Contoso',
  userPrincipalName: 'ada@contoso.com',
  displayName: 'Ada',
  riskLevel: 'high',
  riskState: 'atRisk',
  riskDetail: 'none',
  riskLastUpdatedDateTime: '2026-11-20T00:00:00.000Z',
  isDeleted: false,
  isGuest: false,
  score: 375,
  aggregateScore: 375,
  firstSeen: '2026-11-01T00:00:00.000Z',
  lastChanged: '2026-11-20T00:00:00.000Z',
};

function checked(raw: unknown): RuleQuery {
  const result = checkQuery(raw, vocabulary);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.query;
}

/** Positions of the users picked; SQL with and without the trigram index and the predicate must all say the same. */
function picked(users: readonly Partial<RuleSubject>[], rule: unknown): readonly number[] {
  const all = users.map((user) => ({ ...plain, ...user }));
  const cache = openCache(all, connections);
  try {
    const query = checked(rule);
    const context = { now, thresholds: defaultThresholds };
    const predicate = compilePredicate(query, context);
    const expected = all.flatMap((user, at) => (predicate(user) ? [at] : []));
    expect(pick(cache, query, { ...context, search: true })).toEqual(expected);
    expect(pick(cache, query, { ...context, search: false })).toEqual(expected);
    return expected;
  } finally {
    cache.close();
  }
}

const names = (...list: readonly (string | null)[]) => list.map((displayName) => ({ displayName }));
const updated = (...list: readonly (string | null)[]) =>
  list.map((riskLastUpdatedDateTime) => ({ riskLastUpdatedDateTime }));
const scores = (...list: readonly (number | null)[]) => list.map((score) => ({ score, aggregateScore: score }));
const when = (operator: string, value: unknown) => ({ field: 'riskLastUpdatedDateTime', operator, value });
const name = (operator: string, value: unknown) => ({ field: 'displayName', operator, value });

describe('missing values', () => {
  it.each([
    ['=', 375, [1]],
    ['!=', 375, [0, 2]],
    ['<', 1000, [1, 2]],
    ['>=', 0, [1, 2]],
    ['between', [0, 1000], [1, 2]],
    ['notBetween', [300, 400], [0, 2]],
    ['in', [375, 625], [1, 2]],
    ['notIn', [375, 625], [0]],
    ['null', null, [0]],
    ['notNull', null, [1, 2]],
  ])('no score, %s %j', (operator, value, expected) => {
    expect(picked(scores(null, 375, 625), { field: 'score', operator, value })).toEqual(expected);
  });

  it.each([
    ['=', 'ada', [2]],
    ['!=', 'ada', [0, 1]],
    ['contains', 'ada', [2]],
    ['does not contain', 'ada', [0, 1]],
    ['does not begin with', 'a', [0, 1]],
    ['does not end with', 'a', [0, 1]],
    ['not in', ['ada'], [0, 1]],
    ['is empty', '', [0, 1]],
    ['is not empty', '', [2]],
  ])('no name, %s %j', (operator, value, expected) => {
    expect(picked(names(null, '', 'Ada'), name(operator, value))).toEqual(expected);
  });

  it('no date is neither within N days nor longer ago', () => {
    const users = updated(null, '2026-11-20T12:00:00.000Z');
    expect(picked(users, { field: 'lastUpdatedWithinDays', operator: '<=', value: 3 })).toEqual([1]);
    expect(picked(users, { field: 'lastUpdatedWithinDays', operator: '>', value: 3 })).toEqual([]);
    expect(picked(users, { field: 'lastUpdatedWithinDays', operator: '!=', value: 3 })).toEqual([0]);
  });

  it('no aggregate score is in no grouping', () => {
    expect(picked(scores(null, 250, 251), { field: 'grouping', operator: '=', value: 'critical' })).toEqual([1]);
    expect(picked(scores(null, 250, 251), { field: 'grouping', operator: '!=', value: 'Critical' })).toEqual([0, 2]);
    const all = ['Critical', 'High', 'Medium', 'Low'];
    expect(picked(scores(null, 0, 1000), { field: 'grouping', operator: 'Any in', value: all })).toEqual([1, 2]);
    expect(picked(scores(null, 0, 1000), { field: 'grouping', operator: 'not in', value: all })).toEqual([0]);
  });
});

describe('numbers', () => {
  it.each([
    ['<', 375.5, [0]],
    ['<=', 375.5, [0]],
    ['>', 375.5, [1, 2]],
    ['>=', 375.5, [1, 2]],
    ['<', 376, [0]],
    ['<=', 376, [0, 1]],
    ['>', 376, [2]],
    ['>=', 376, [1, 2]],
    ['=', 375.5, []],
    ['!=', 375.5, [0, 1, 2]],
    ['between', '375.5, 376.5', [1]],
    ['in', '375, 376, 377, 1, 2, 4, 6, 8, 10', [0, 1, 2]],
  ])('%s %s', (operator, value, expected) => {
    expect(picked(scores(375, 376, 377), { field: 'score', operator, value })).toEqual(expected);
  });
});

describe('dates', () => {
  const day = updated(
    '2026-10-31T23:59:59.999Z',
    '2026-11-01T00:00:00.000Z',
    '2026-11-01T23:59:59.999Z',
    '2026-11-02T00:00:00.000Z',
  );

  it.each([
    ['=', [1, 2]],
    ['!=', [0, 3]],
    ['<', [0]],
    ['<=', [0, 1, 2]],
    ['>', [3]],
    ['>=', [1, 2, 3]],
  ])('%s a day means the whole day, UTC', (operator, expected) => {
    expect(picked(day, when(operator, '2026-11-01'))).toEqual(expected);
  });

  it('between days includes both', () => {
    expect(picked(day, when('between', ['2026-11-01', '2026-11-01']))).toEqual([1, 2]);
    expect(picked(day, when('notBetween', '2026-11-01,2026-11-02'))).toEqual([0]);
  });

  it('a time is one millisecond, and its offset counts', () => {
    expect(picked(day, when('=', '2026-11-01T01:00+01:00'))).toEqual([1]);
    expect(picked(day, when('>', '2026-11-01T00:00'))).toEqual([2, 3]);
    expect(picked(day, when('<=', '2026-11-01T23:59:59.9999999Z'))).toEqual([0, 1, 2]);
  });

  it('within N days counts from now, to the millisecond, and the future is within', () => {
    const users = updated('2026-11-16T12:00:00.000Z', '2026-11-16T11:59:59.999Z', '2027-01-01T00:00:00.000Z');
    expect(picked(users, { field: 'lastUpdatedWithinDays', operator: '=', value: '7' })).toEqual([0, 2]);
    expect(picked(users, { field: 'lastUpdatedWithinDays', operator: '!=', value: 7 })).toEqual([1]);
    const half = updated('2026-11-23T00:00:00.000Z', '2026-11-22T23:59:59.999Z');
    expect(picked(half, { field: 'lastUpdatedWithinDays', operator: '<=', value: 0.5 })).toEqual([0]);
  });
});

describe('text', () => {
  it.each([
    ['%', ['100%', '100', 'x'], [0]],
    ['a_b', ['a_b', 'axb', 'A_B'], [0, 2]],
    ["o'brien", ["Pat O'Brien", 'obrien'], [0]],
    ['"q"', ['say "Q"', 'q'], [0]],
    ['upn_fold : x', ['upn_fold : x', 'x'], [0]],
    ['* OR', ['a * or b', 'or'], [0]],
    ['\\', ['a\\b', 'ab'], [0]],
    ['😀', ['hi 😀', '😁'], [0]],
    ['İ', ['İstanbul', 'istanbul', 'i\u0307'], [0, 2]],
    ['e\u0301a', ['RENÉA', 'Renea'], [0]],
    ['STRASSE', ['Straße', 'strasse'], [1]],
    ['  ', ['a  b', 'a b'], [0]],
  ])('contains %j, letter for letter', (value, list, expected) => {
    expect(picked(names(...list), name('contains', value))).toEqual(expected);
  });

  it('begins and ends', () => {
    const list = names('ada', 'adam', 'ad', 'bada', '😀da');
    expect(picked(list, name('begins with', 'ADA'))).toEqual([0, 1]);
    expect(picked(list, name('ends with', 'ADA'))).toEqual([0, 3]);
    expect(picked(list, name('ends with', '😀DA'))).toEqual([4]);
    expect(picked(names('\u{10ffff}', '\u{10ffff}a', 'z'), name('beginsWith', '\u{10ffff}'))).toEqual([0, 1]);
    expect(picked(names('\ud7ff1', '\ue000', '\ud7fe'), name('beginsWith', '\ud7ff'))).toEqual([0]);
  });

  it('any in takes a list, or text joined by commas', () => {
    const list = names('Ada', 'Lovelace, Ada', 'Bob');
    expect(picked(list, name('in', ['ADA', 'lovelace, ada']))).toEqual([0, 1]);
    expect(picked(list, name('in', ' ada , bob '))).toEqual([0, 2]);
    expect(picked(list, name('in', 'lovelace\\, ada'))).toEqual([1]);
  });
});

describe('vocabularies and connections', () => {
  it('compares members that are newer than this version', () => {
    const users = ['high', 'critical and worse', 'none'].map((riskLevel) => ({ riskLevel }));
    const level = (operator: string, value: unknown) => ({ field: 'riskLevel', operator, value });
    expect(picked(users, level('=', 'Critical AND worse'))).toEqual([1]);
    expect(picked(users, level('in', 'high,critical and worse'))).toEqual([0, 1]);
    expect(picked(users, level('notIn', ['high', 'critical and worse']))).toEqual([2]);
  });

  it('a connection that is gone matches nobody, and everybody is outside it', () => {
    const users = [{ connection: 'Contoso' }, { connection: connections[1] ?? '' }];
    const old = { ...vocabulary, connections: ['Removed'] };
    const result = checkQuery({ field: 'connection', operator: '=', value: 'removed' }, old);
    if (!result.ok) throw new Error('not accepted');
    const cache = openCache(
      users.map((user) => ({ ...plain, ...user })),
      connections,
    );
    const context = { now, thresholds: defaultThresholds };
    expect(pick(cache, result.query, context)).toEqual([]);
    expect(pick(cache, { ...result.query, not: true }, context)).toEqual([0, 1]);
    cache.close();
    expect(picked(users, { field: 'connection', operator: 'in', value: ['CONTOSO'] })).toEqual([0]);
  });
});

describe('the compiled SQL', () => {
  const context = { now, thresholds: defaultThresholds };
  const sqlOf = (rule: unknown, search?: boolean | ((phrase: string) => boolean)) =>
    compileSql(checked(rule), { ...context, search });

  it('holds no value, and asks for names only where it needs them', () => {
    const secret = "Robert'); DROP TABLE user_text;--";
    for (const operator of ['=', 'contains', 'beginsWith', 'endsWith', 'in', 'doesNotContain']) {
      const { sql, params } = sqlOf(name(operator, secret));
      expect(sql).not.toContain('Robert');
      expect(sql.split('?').length - 1).toBe(params.length);
    }
    expect(sqlOf({ field: 'riskLevel', operator: '=', value: 'high' }).usesText).toBe(false);
    expect(sqlOf(name('contains', 'ada')).usesText).toBe(false);
    expect(sqlOf(name('contains', 'ada'), false).usesText).toBe(true);
    expect(sqlOf(name('contains', 'ad')).usesText).toBe(true);
  });

  it('names the columns it reads', () => {
    const rule = {
      combinator: 'or',
      rules: [
        { field: 'grouping', operator: '=', value: 'High' },
        { field: 'riskState', operator: 'in', value: ['atRisk', 'dismissed', 'none'] },
        { field: 'isGuest', operator: '=', value: true },
      ],
    };
    expect([...sqlOf(rule).columns].sort()).toEqual(['aggregate', 'guest', 'state']);
    expect([...sqlOf(name('contains', 'ada')).columns]).toEqual(['id']);
  });

  it('lets the caller decide phrase by phrase whether the trigram index is asked', () => {
    const seen: string[] = [];
    const rule = { combinator: 'and', rules: [name('contains', 'say "hi"'), name('contains', 'smith')] };
    const { sql, params } = sqlOf(rule, (phrase) => {
      seen.push(phrase);
      return phrase.includes('smith');
    });
    expect(seen).toEqual(['name_fold : "say ""hi"""', 'name_fold : "smith"']);
    expect(sql).toContain('user_search');
    expect(params).toContain('say "hi"');
  });

  it('takes 200 conditions of 1,000 values each', () => {
    const list = Array.from({ length: 1_000 }, (_, at) => `user${at}@contoso.com`);
    const one = { field: 'userPrincipalName', operator: 'in', value: list };
    const users = [{ userPrincipalName: 'USER999@contoso.com' }, { userPrincipalName: 'user1000@contoso.com' }];
    expect(picked(users, { combinator: 'and', rules: Array.from({ length: 200 }, () => one) })).toEqual([0]);
  });

  it('uses the index on names for beginnings', () => {
    const cache = openCache([plain], connections);
    cache.db.exec('CREATE INDEX by_upn ON user_text (upn_fold, id) WHERE upn_fold IS NOT NULL');
    const { sql, params } = sqlOf({ field: 'userPrincipalName', operator: 'beginsWith', value: 'ada' });
    const plan = cache.db.prepare(`EXPLAIN QUERY PLAN SELECT t.id FROM user_text t WHERE ${sql}`).all(...params);
    expect(JSON.stringify(plan)).toContain('by_upn (upn_fold>? AND upn_fold<?)');
    cache.close();
  });

  it('refuses a condition that was never checked', () => {
    const odd: RuleQuery = { combinator: 'and', rules: [{ field: 'score', operator: 'contains', value: 5 }] };
    expect(() => compileSql(odd, context)).toThrow(/without having been checked/);
    expect(() => compilePredicate(odd, context)).toThrow(/without having been checked/);
  });
});

describe('groups and exceptions', () => {
  const high = { field: 'riskLevel', operator: '=', value: 'high' };
  const guest = { field: 'isGuest', operator: '=', value: true };
  const users = [
    { riskLevel: 'high', isGuest: false },
    { riskLevel: 'high', isGuest: true },
    { riskLevel: 'low', isGuest: false },
    { riskLevel: 'low', isGuest: true },
  ];

  it.each([
    ['and', false, [1]],
    ['or', false, [0, 1, 3]],
    ['and', true, [0, 2, 3]],
    ['or', true, [2]],
  ])('%s, not: %s', (combinator, not, expected) => {
    expect(picked(users, { combinator, not, rules: [high, guest] })).toEqual(expected);
  });

  it('an exception leaves out whom it matches, at any depth', () => {
    const rule = checked(high);
    const exceptions = [checked(guest)];
    expect(withExceptions(rule, [])).toBe(rule);
    let deep = rule;
    for (let level = 1; level < 8; level++) deep = { combinator: 'and', rules: [deep] };
    const all = users.map((user) => ({ ...plain, ...user }));
    const cache = openCache(all, connections);
    const context = { now, thresholds: defaultThresholds };
    const query = withExceptions(deep, exceptions);
    expect(pick(cache, query, context)).toEqual([0]);
    expect(all.map(compilePredicate(query, context))).toEqual([true, false, false, false]);
    cache.close();
  });
});
