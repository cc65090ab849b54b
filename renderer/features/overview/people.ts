/** Addresses of the users that a number counts. */
import type { RuleCondition, RuleQuery } from '../../../shared/rules/schema.ts';
import { hrefOf } from '../../host/navigation.ts';

type Part = RuleCondition | RuleQuery;

export function paramsOf(
  parts: readonly Part[],
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return parts.length === 0 ? more : { ...more, filter: JSON.stringify({ combinator: 'and', rules: parts }) };
}

export function peopleHref(parts: readonly Part[], more: Readonly<Record<string, string>> = {}): string {
  return hrefOf('users', paramsOf(parts, more));
}

export const oneOf = (field: RuleCondition['field'], value: string): RuleCondition => ({
  field,
  operator: 'in',
  value: [value],
});

export const missing = (field: RuleCondition['field']): RuleCondition => ({ field, operator: 'null', value: null });
