/** What the rule language accepts, how it normalises, and how it refuses: each problem with its place and its cure. */
import { describe, expect, it } from 'vitest';
import { checkQuery, problemsToError, type RuleProblem } from '../../../shared/rules/check.ts';
import { readDate } from '../../../shared/rules/dates.ts';
import { fields } from '../../../shared/rules/fields.ts';
import { vocabulary } from './arbitraries.ts';

function accepted(raw: unknown): unknown {
  const result = checkQuery(raw, vocabulary);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.query;
}

function refused(raw: unknown): readonly RuleProblem[] {
  const result = checkQuery(raw, vocabulary);
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.query)}`);
  return result.problems;
}

/** Normalised value of one condition. */
function value(field: string, operator: string, raw: unknown): unknown {
  const query = accepted({ field, operator, value: raw });
  return JSON.parse(JSON.stringify(query)).rules[0].value;
}

describe('react-querybuilder JSON', () => {
  it('loses its bookkeeping and keeps what decides', () => {
    const exported = {
      id: 'root',
      combinator: 'AND',
      not: false,
      rules: [
        { id: '1', path: [0], field: 'RISKLEVEL', operator: 'Any in', valueSource: 'value', value: 'high,Medium' },
        {
          id: '2',
          path: [1],
          combinator: 'or',
          not: true,
          rules: [{ field: 'isGuest', operator: '=', value: 'true' }],
        },
        { id: '3', field: 'score', operator: '<', value: '500', disabled: true },
        { id: '4', muted: true, combinator: 'or', rules: [] },
      ],
    };
    expect(accepted(exported)).toEqual({
      combinator: 'and',
      rules: [
        { field: 'riskLevel', operator: 'in', value: ['high', 'medium'] },
        { combinator: 'or', not: true, rules: [{ field: 'isGuest', operator: '=', value: true }] },
      ],
    });
  });

  it('takes one condition alone', () => {
    const lone = { field: 'score', operator: '>=', value: '250' };
    expect(accepted(lone)).toEqual({ combinator: 'and', rules: [{ field: 'score', operator: '>=', value: 250 }] });
    expect(refused({ field: 'score', operator: '>=', value: 'x' })[0]?.path).toBe('value');
  });

  it.each([
    ['any in', 'in'],
    ['Not In', 'notIn'],
    ['is empty', 'null'],
    ['IS NOT EMPTY', 'notNull'],
    ['does not contain', 'doesNotContain'],
    ['begins with', 'beginsWith'],
    ['doesnotendwith', 'doesNotEndWith'],
    ['<>', '!='],
  ])('operator %j is %j', (written, operator) => {
    const raw = { field: 'displayName', operator: written, value: 'x' };
    expect(JSON.stringify(accepted(raw))).toContain(`"operator":"${operator}"`);
  });
});

describe('values', () => {
  it.each([
    ['riskState', '=', 'At risk', 'atRisk'],
    ['riskState', '=', ' CONFIRMEDSAFE ', 'confirmedSafe'],
    ['riskState', '=', "O'STATE", "o'state"],
    ['riskDetail', '=', '-', 'none'],
    ['riskDetail', '=', 'user passed multifactor authentication', 'userPassedMFADrivenByRiskBasedPolicy'],
    ['riskLevel', 'in', ['High', 'high', 'LOW'], ['high', 'low']],
    ['grouping', '=', 'medium', 'Medium'],
    ['connection', '=', 'contoso', 'Contoso'],
    ['score', '=', '-0', 0],
    ['score', 'between', '100,200.5', [100, 200.5]],
    ['score', 'between', ['250', 250], [250, 250]],
    ['isDeleted', '=', 'FALSE', false],
    ['lastUpdatedWithinDays', '=', '0.5', 0.5],
    ['displayName', '=', ' Ada ', ' Ada '],
    ['displayName', 'in', 'Ada, Lovelace\\, Ada ,', ['Ada', 'Lovelace, Ada']],
    ['displayName', 'contains', 'a\ud800b', 'a\ufffdb'],
    ['displayName', 'null', 'left over', null],
    ['firstSeen', '>', '2026-11-01', '2026-11-01'],
    ['firstSeen', 'between', '2026-11-01,2026-11-01T10:00', ['2026-11-01', '2026-11-01T10:00:00.000Z']],
  ])('%s %s %j is kept as %j', (field, operator, raw, expected) => {
    expect(value(field, operator, raw)).toEqual(expected);
  });

  it.each([
    ['2026-11-01', '2026-11-01'],
    ['2024-02-29', '2024-02-29'],
    ['2026-11-01T10:00', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01 10:00:01', '2026-11-01T10:00:01.000Z'],
    ['2026-11-01T10:00:00.1234567Z', '2026-11-01T10:00:00.123Z'],
    ['2026-11-01T00:30+01:00', '2026-10-31T23:30:00.000Z'],
    ['2026-11-01T22:30-0230', '2026-11-02T01:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2026-02-30', null],
    ['2026-02-29T10:00Z', null],
    ['2026-13-01', null],
    ['2026-00-10', null],
    ['2026-11-31', null],
    ['2026-11-01T24:00', null],
    ['2026-11-01T10:60', null],
    ['2026-11-01T10:00+24:00', null],
    ['0000-01-01T00:00+01:00', null],
    ['9999-12-31T23:59-01:00', null],
    ['01.11.2026', null],
    ['yesterday', null],
    ['', null],
  ])('date %j reads as %j', (text, expected) => {
    expect(readDate(text)).toBe(expected);
  });

  it.each([
    ['score', '=', 1001],
    ['score', '=', -1],
    ['score', '=', Number.NaN],
    ['score', '=', '1e3'],
    ['score', '=', ''],
    ['score', '=', [5]],
    ['score', 'between', [500, 100]],
    ['score', 'between', [1, 2, 3]],
    ['score', 'between', '5'],
    ['score', 'in', []],
    ['score', 'in', ' , '],
    ['score', 'in', null],
    ['lastUpdatedWithinDays', '=', 0],
    ['lastUpdatedWithinDays', '=', 36_501],
    ['isGuest', '=', 1],
    ['isGuest', '=', 'yes'],
    ['displayName', 'contains', ''],
    ['displayName', 'contains', 5],
    ['displayName', 'contains', 'a\0b'],
    ['displayName', 'contains', 'x'.repeat(501)],
    ['displayName', 'in', Array.from({ length: 1_001 }, (_, at) => `${at}`)],
    ['firstSeen', '>', '2026-02-30'],
    ['firstSeen', '>', 1_700_000_000_000],
    ['firstSeen', 'between', ['2026-11-02', '2026-11-01']],
    ['riskLevel', '=', 'severe'],
    ['grouping', '=', 'Severe'],
    ['connection', '=', 'Nowhere'],
  ])('%s %s %j is refused at its value', (field, operator, raw) => {
    const [problem, ...others] = refused({ combinator: 'and', rules: [{ field, operator, value: raw }] });
    expect(others).toEqual([]);
    expect(problem?.path).toMatch(/^rules\[0\]\.value/);
  });
});

describe('problems', () => {
  it('are all reported, each with its place and its cure', () => {
    const problems = refused({
      combinator: 'xor',
      not: 'no',
      rules: [
        { field: 'riskLevl', operator: '=', value: 'high' },
        { field: 'score', operator: 'contains', value: 5 },
        { combinator: 'and', rules: [] },
        { combinator: 'or', rules: [{ field: 'score', operator: 'resembles', value: 5 }] },
        { field: 'riskLevel', operator: 'in', value: ['high', 'severe', 7] },
        { field: 'score', operator: '=', value: 'aggregateScore', valueSource: 'field' },
        { field: 'score', operator: '=', value: 5, match: { mode: 'all' } },
        'and',
        null,
      ],
    });
    expect(problems.map(({ path }) => path)).toEqual([
      'combinator',
      'not',
      'rules[0].field',
      'rules[1].operator',
      'rules[2].rules',
      'rules[3].rules[0].operator',
      'rules[4].value[1]',
      'rules[4].value[2]',
      'rules[5].valueSource',
      'rules[5].value',
      'rules[6].match',
      'rules[7]',
      'rules[8]',
    ]);
    expect(problems[2]).toEqual({
      path: 'rules[0].field',
      message: 'There is no field "riskLevl".',
      cure: 'Did you mean riskLevel?',
    });
    expect(problems[6]?.cure).toBe(
      'Give one of none, hidden, low, medium, high, unknownFutureValue, critical and worse.',
    );
  });

  it.each([
    ['upn', 'Give the name of a field, such as riskLevel or score.'],
    ['userPrincipalname ', 'Did you mean userPrincipalName?'],
    ['aggregatescroe', 'Did you mean aggregateScore?'],
    ['state', 'Did you mean riskState?'],
    ['name', 'Did you mean userPrincipalName?'],
    ['xyzzy', 'Give the name of a field, such as riskLevel or score.'],
    ['constructor', 'Give the name of a field, such as riskLevel or score.'],
  ])('a field %j: %s', (field, cure) => {
    expect(refused({ field, operator: '=', value: 'x' })[0]?.cure).toBe(cure);
  });

  it.each([[null], [[]], ['{}'], [5], [true], [undefined]])('%j is no rule', (raw) => {
    expect(refused(raw)[0]?.path).toBe('query');
  });

  it('an empty rule is refused, for it would match everyone or no one', () => {
    expect(refused({ combinator: 'and', rules: [] })[0]?.message).toContain('is empty');
    const off = { combinator: 'and', rules: [{ field: 'score', operator: '=', value: 5, disabled: true }] };
    expect(refused(off)[0]?.message).toContain('only disabled or muted');
    expect(refused({}).map(({ path }) => path)).toEqual(['combinator', 'rules']);
  });

  it('eight levels are accepted, nine are not', () => {
    let query: unknown = { combinator: 'and', rules: [{ field: 'score', operator: '=', value: 5 }] };
    for (let depth = 2; depth <= 8; depth++) query = { combinator: 'and', rules: [query] };
    expect(accepted(query)).toEqual(query);
    const [problem] = refused({ combinator: 'and', rules: [query] });
    expect(problem?.path).toBe(Array.from({ length: 8 }, () => 'rules[0]').join('.'));
  });

  it('200 conditions are accepted, 201 are not', () => {
    const rules = (count: number) => Array.from({ length: count }, () => ({ field: 'score', operator: '=', value: 5 }));
    expect(accepted({ combinator: 'or', rules: rules(200) })).toEqual({ combinator: 'or', rules: rules(200) });
    const problems = refused({ combinator: 'or', rules: rules(5_000) });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toBe('The rule has more than 200 conditions.');
  });

  it('become one error that names the first and counts the rest', () => {
    const error = problemsToError(refused({ combinator: 'and', rules: [{ field: 'x', operator: '~', value: 1 }] }));
    expect(error).toMatchObject({ code: 'bad-input', field: 'rules[0].field' });
    expect(error.message).toBe('rules[0].field: There is no field "x". (and 1 more problem)');
    expect(error.cure).toMatch(/field/);
  });
});

it('every field offers operators and says what a value looks like', () => {
  for (const { operators, label, words, help } of fields) {
    expect(operators.length).toBeGreaterThan(1);
    expect(Math.min(label.length, words.length, help.length)).toBeGreaterThan(3);
  }
});
