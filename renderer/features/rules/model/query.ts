/**
 * The query while it is edited: the rule language's JSON plus the ids that react-querybuilder needs, and with values
 * as they were typed. What is wrong with it is for the rule language to say; here it only keeps its shape.
 */

import { checkQuery } from '../../../../shared/rules/check.ts';
import { readField } from '../../../../shared/rules/fields.ts';
import { readOperator } from '../../../../shared/rules/operators.ts';
import { fitValue } from './values.ts';

export type EditorCondition = { id: string; field: string; operator: string; value: unknown };
export type EditorGroup = { id: string; combinator: string; not?: boolean; rules: (EditorCondition | EditorGroup)[] };
export type PlainCondition = { readonly field: string; readonly operator: string; readonly value: unknown };
export type PlainGroup = {
  readonly combinator: string;
  readonly not?: boolean;
  readonly rules: readonly (PlainCondition | PlainGroup)[];
};

type Json = Readonly<Record<string, unknown>>;

export function newId(): string {
  return crypto.randomUUID();
}

export function isEditorGroup(rule: EditorCondition | EditorGroup): rule is EditorGroup {
  return 'rules' in rule;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What another tool switched off is left out, as the checker does. */
function isOff(item: unknown): boolean {
  return isObject(item) && (item.disabled === true || item.muted === true);
}

/** Pasted or stored JSON as an editable query; null when it has not the shape of one. Odd fields and values survive. */
export function readQuery(input: unknown): EditorGroup | null {
  if (isObject(input) && 'field' in input && !('rules' in input))
    return readQuery({ combinator: 'and', rules: [input] });
  if (!isObject(input) || !Array.isArray(input.rules)) return null;
  const combinator = typeof input.combinator === 'string' ? input.combinator.trim().toLowerCase() : 'and';
  if (combinator !== 'and' && combinator !== 'or') return null;
  const rules: (EditorCondition | EditorGroup)[] = [];
  for (const item of input.rules.filter((one: unknown) => !isOff(one))) {
    const rule = isObject(item) && ('rules' in item || 'combinator' in item) ? readQuery(item) : readCondition(item);
    if (rule === null) return null;
    rules.push(rule);
  }
  const id = typeof input.id === 'string' ? input.id : newId();
  return input.not === true ? { id, combinator, not: true, rules } : { id, combinator, rules };
}

function readCondition(item: unknown): EditorCondition | null {
  if (!isObject(item) || typeof item.field !== 'string' || typeof item.operator !== 'string') return null;
  const field = readField(item.field)?.name ?? item.field;
  const operator = readOperator(item.operator) ?? item.operator;
  return {
    id: typeof item.id === 'string' ? item.id : newId(),
    field,
    operator,
    value: fitValue(field, operator, item.value),
  };
}

/** Gives every value the shape that its operator takes: a list, a pair, one value or none. Untouched parts stay the same objects. */
export function fitQuery(group: EditorGroup): EditorGroup {
  const rules = group.rules.map((rule) => {
    if (isEditorGroup(rule)) return fitQuery(rule);
    const value = fitValue(rule.field, rule.operator, rule.value);
    return value === rule.value ? rule : { ...rule, value };
  });
  return rules.every((rule, index) => rule === group.rules[index]) ? group : { ...group, rules };
}

/** Without ids: what is checked, saved, shown and linked. */
export function plain(group: EditorGroup): PlainGroup {
  const rules = group.rules.map((rule) =>
    isEditorGroup(rule) ? plain(rule) : { field: rule.field, operator: rule.operator, value: rule.value },
  );
  const combinator = group.combinator;
  return group.not === true ? { combinator, not: true, rules } : { combinator, rules };
}

/** Whether two queries say the same, however the values were typed: "375" and 375. */
export function sameQuery(one: unknown, other: unknown): boolean {
  return normalText(one) === normalText(other);
}

function normalText(query: unknown): string {
  const checked = checkQuery(query);
  return JSON.stringify(checked.ok ? checked.query : query);
}

/**
 * The people that the screen counts: the query, without whom the exceptions match, updated within the days. Null when
 * the whole is deeper or longer than one rule may be; it can be counted without the exceptions then.
 */
export function combined(query: unknown, exceptions: readonly unknown[], days: number | null): PlainGroup | null {
  const rules: (PlainCondition | PlainGroup)[] = [query as PlainGroup];
  if (days !== null) rules.push({ field: 'lastUpdatedWithinDays', operator: '<=', value: days });
  if (exceptions.length > 0) rules.push({ combinator: 'or', not: true, rules: exceptions as PlainGroup[] });
  if (rules.length === 1) return query as PlainGroup;
  const whole: PlainGroup = { combinator: 'and', rules };
  const checked = checkQuery(whole);
  const tooBig =
    !checked.ok &&
    checked.problems.some((problem) => /nested more than|more than \d+ conditions/.test(problem.message));
  return tooBig ? null : whole;
}
