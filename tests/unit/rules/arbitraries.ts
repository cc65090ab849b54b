/** Random users with every nuisance that tenants hold, and random rules as an editor would export them. */
import fc from 'fast-check';
import type { RuleSubject } from '../../../electron/core/rules/predicate.ts';
import { isGuestUpn, knownTerms } from '../../../shared/model/riskyUser.ts';
import { type FieldSpec, fields } from '../../../shared/rules/fields.ts';
import type { Operator } from '../../../shared/rules/schema.ts';
import type { Vocabulary } from '../../../shared/rules/values.ts';

export const now = Date.parse('2026-11-23T12:00:00.000Z');
export const connections = ['Contoso', 'FABRIKAM "EU" 100%', 'İstanbul ß'];
export const vocabulary: Vocabulary = {
  levels: ['critical and worse', 'low'],
  states: ["o'state"],
  details: ['brandNewDetail', 'a "quoted" one'],
  connections,
};

const awkward = [
  'a',
  'A',
  'b',
  'ab',
  'abc',
  'ABC',
  '@contoso.com',
  '#EXT#',
  '%',
  '_',
  '"',
  "'",
  '\\',
  ',',
  ' ',
  '😀',
  '👩‍💻',
  'ß',
  'SS',
  'İ',
  'i',
  'ı',
  'é',
  'e\u0301',
  '\u0301',
  'Σ',
  'ς',
  '\u{10ffff}',
  '\ud7ff',
  '\ue000',
  'ﬁ',
  '*',
  'OR',
  'NEAR(',
  ':',
  '-',
  '(',
  '\u0001',
  '\u2028',
  'Å',
  '',
]; // prettier-ignore
const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...awkward), { maxLength: 6 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((one) => one.replaceAll('\0', '')) },
);
const score = fc.oneof(
  fc.constantFrom(0, 250, 251, 375, 500, 501, 625, 750, 751, 875, 1000),
  fc.integer({ min: 0, max: 1000 }),
);
const instant = fc
  .oneof(
    fc.integer({ min: -40, max: 2 }).map((day) => day * 86_400_000),
    fc.integer({ min: -40 * 86_400_000, max: 86_400_000 }),
  )
  .chain((offset) => fc.constantFrom(-1, 0, 1, -43_200_000).map((more) => new Date(now + offset + more).toISOString()));

const term = (kind: 'level' | 'state' | 'detail', more: readonly string[]) =>
  fc.constantFrom(...knownTerms[kind], ...more);
const level = term('level', vocabulary.levels);
const state = term('state', vocabulary.states);
const detail = term('detail', vocabulary.details);

export const user: fc.Arbitrary<RuleSubject> = fc
  .record({
    connection: fc.constantFrom(...connections),
    userPrincipalName: fc.option(text),
    displayName: fc.option(text),
    riskLevel: level,
    riskState: state,
    riskDetail: detail,
    riskLastUpdatedDateTime: fc.option(instant),
    isDeleted: fc.boolean(),
    score: fc.option(score),
    aggregateScore: fc.option(score),
    firstSeen: instant,
    lastChanged: instant,
  })
  .map((one) => ({ ...one, isGuest: isGuestUpn(one.userPrincipalName) }));

const someText = text.map((one) => (one === '' ? 'x' : one));
const fraction = fc.constantFrom(0.5, 249.999, 375.5, 999.5);

/** Raw values of a field as they come from outside: numbers as text, labels, any case. */
function rawValue(spec: FieldSpec): fc.Arbitrary<string | number | boolean> {
  const anyCase = (one: fc.Arbitrary<string>) => one.chain((word) => fc.constantFrom(word, word.toUpperCase()));
  switch (spec.type) {
    case 'number':
      return fc.oneof(score, fraction, score.map(String));
    case 'days':
      return fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0.5, 1.25, '7', 36_500));
    case 'grouping':
      return fc.constantFrom('Critical', 'high', 'MEDIUM', 'Low');
    case 'level':
      return anyCase(level);
    case 'state':
      return fc.oneof(anyCase(state), fc.constantFrom('At risk', 'confirmed SAFE'));
    case 'detail':
      return anyCase(detail);
    case 'flag':
      return fc.constantFrom(true, false, 'true', 'FALSE');
    case 'connection':
      return fc.constantFrom(...connections, 'contoso');
    case 'date':
      return fc.oneof(
        instant,
        instant.map((one) => one.slice(0, 10)),
        instant.map((one) => `${one.slice(0, 16)}+02:00`),
      );
    case 'text':
      return someText;
  }
}

function conditionOf(spec: FieldSpec, operator: Operator): fc.Arbitrary<unknown> {
  const one = rawValue(spec);
  const as = (value: fc.Arbitrary<unknown>) =>
    value.map((raw) => ({ id: 'x', field: spec.name, operator, value: raw }));
  switch (operator) {
    case 'in':
    case 'notIn': {
      const list = fc.array(one, { minLength: 1, maxLength: 12 });
      return as(
        spec.type === 'text' || spec.type === 'connection'
          ? list
          : fc.oneof(
              list,
              list.map((items) => items.join(',')),
            ),
      );
    }
    case 'between':
    case 'notBetween':
      return as(fc.tuple(one, one).map((pair) => pair.sort((a, b) => place(a) - place(b))));
    case 'null':
    case 'notNull':
      return as(fc.constantFrom(null, ''));
    default:
      return as(one);
  }
}

function place(raw: unknown): number {
  const value = Number(raw);
  return Number.isNaN(value) ? Date.parse(String(raw)) : value;
}

const condition = fc
  .constantFrom(...fields)
  .chain((spec) => fc.constantFrom(...spec.operators).chain((op) => conditionOf(spec, op)));

/** Valid rules, nested up to the eighth level. */
export const query: fc.Arbitrary<unknown> = fc.letrec<{ group: unknown; rule: unknown }>((tie) => ({
  group: fc.record(
    {
      id: fc.constant('g'),
      combinator: fc.constantFrom('and', 'or', 'AND'),
      not: fc.boolean(),
      rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3, depthIdentifier: 'rule' }),
    },
    { requiredKeys: ['combinator', 'rules'] },
  ),
  rule: fc.oneof(
    { maxDepth: 7, depthIdentifier: 'rule' },
    { weight: 3, arbitrary: condition },
    { weight: 1, arbitrary: tie('group') },
  ),
})).group;
