/**
 * A rule as one English sentence, to be read before an action runs. Parentheses keep it unambiguous; text from outside
 * is always in quotes, so that no name can pass for a part of the sentence.
 */
import { detailLabel, levelLabel, stateLabel } from '../model/labels.ts';
import { type FieldSpec, fieldSpec } from './fields.ts';
import { splitOperator } from './operators.ts';
import { isGroup, type Operator, type RuleCondition, type RuleQuery, type RuleValue } from './schema.ts';

/** Listed values beyond these are counted, not named. */
const named = 10;

/** English for a checked query, without a full stop: `Risk level is High and (score is at most 375 or user is a guest)`. */
export function describeQuery(query: RuleQuery): string {
  const text = describeRule(unwrap(query));
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A group of one that negates nothing is the rule within. */
function unwrap(rule: RuleCondition | RuleQuery): RuleCondition | RuleQuery {
  const [only] = isGroup(rule) && rule.not !== true && rule.rules.length === 1 ? rule.rules : [];
  return only === undefined ? rule : unwrap(only);
}

function describeRule(rule: RuleCondition | RuleQuery): string {
  if (!isGroup(rule)) return describeCondition(rule);
  const parts = rule.rules.map((child) => {
    const inner = unwrap(child);
    const text = describeRule(inner);
    const wrap = isGroup(inner) && inner.not !== true && rule.rules.length > 1;
    return wrap ? `(${text})` : text;
  });
  const text = parts.join(` ${rule.combinator} `);
  return rule.not === true ? `not (${text})` : text;
}

function describeCondition({ field, operator, value }: RuleCondition): string {
  const spec = fieldSpec(field);
  const { positive, negated } = splitOperator(operator);
  if (spec.type === 'flag') return `user is ${(value === true) !== negated ? '' : 'not '}${spec.words}`;
  if (spec.type === 'days') return describeDays(spec, operator, value);
  if (positive === 'null') return `${spec.words} is ${negated ? 'not ' : ''}empty`;
  if (Array.isArray(value)) return `${spec.words} ${describeList(spec, positive, negated, value)}`;
  return `${spec.words} ${verb(spec, operator)} ${describeValue(spec, value)}`;
}

function describeDays(spec: FieldSpec, operator: Operator, value: RuleValue): string {
  const days = `${String(value)} ${value === 1 ? 'day' : 'days'}`;
  if (operator === '>' || operator === '>=') return `${spec.words} is more than ${days} ago`;
  return `${spec.words} is ${operator === '!=' ? 'not ' : ''}within ${days}`;
}

function describeList(
  spec: FieldSpec,
  positive: Operator,
  negated: boolean,
  values: readonly (string | number)[],
): string {
  const texts = values.map((value) => describeValue(spec, value));
  if (positive === 'between') return `is ${negated ? 'not ' : ''}between ${texts.join(' and ')}`;
  const more = texts.length > named ? ` and ${texts.length - named} more` : '';
  return `is ${negated ? 'none' : 'any'} of ${texts.slice(0, named).join(', ')}${more}`;
}

function verb(spec: FieldSpec, operator: Operator): string {
  const date = spec.type === 'date';
  switch (operator) {
    case '=':
      return 'is';
    case '!=':
      return 'is not';
    case '<':
      return date ? 'is before' : 'is less than';
    case '<=':
      return date ? 'is not later than' : 'is at most';
    case '>':
      return date ? 'is after' : 'is more than';
    case '>=':
      return date ? 'is not earlier than' : 'is at least';
    case 'contains':
      return 'contains';
    case 'doesNotContain':
      return 'does not contain';
    case 'beginsWith':
      return 'begins with';
    case 'doesNotBeginWith':
      return 'does not begin with';
    case 'endsWith':
      return 'ends with';
    case 'doesNotEndWith':
      return 'does not end with';
    case 'between':
    case 'notBetween':
    case 'in':
    case 'notIn':
    case 'null':
    case 'notNull':
      return 'is';
  }
}

function describeValue(spec: FieldSpec, value: RuleValue): string {
  if (typeof value !== 'string') return String(value);
  switch (spec.type) {
    case 'level':
      return plainOrQuoted(levelLabel(value));
    case 'state':
      return plainOrQuoted(stateLabel(value));
    case 'detail':
      return plainOrQuoted(detailLabel(value));
    case 'date':
      return value.length === 10
        ? value
        : `${value.slice(0, 10)} ${value.slice(11).replace(/(:00)?\.000Z$|Z$/, '')} UTC`;
    case 'text':
    case 'connection':
      return JSON.stringify(value);
    default:
      return value;
  }
}

/** Microsoft's labels are words; a value that Microsoft invented since might be anything. */
function plainOrQuoted(label: string): string {
  const isWords = /^[A-Za-z][\w ().-]*$/.test(label) && !/ (and|or) /.test(label);
  return isWords ? label : JSON.stringify(label);
}
