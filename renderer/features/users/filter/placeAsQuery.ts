/** The list that is shown as one rule query: chips, search, deleted, connection, and a saved rule with its exceptions. */
import type { Rule } from '../../../../shared/contract/rules.ts';
import type { RuleCondition, RuleQuery } from '../../../../shared/rules/schema.ts';
import type { UserPlace } from './userPlace.ts';

type Part = RuleCondition | RuleQuery;

/** Null when nothing narrows the list, since a rule must say whom it means. */
export function placeAsQuery(place: UserPlace, scope: string | null, rules: readonly Rule[]): RuleQuery | null {
  const { search, rule, parts, deleted } = place;
  const connection = place.connection ?? scope;
  const text = search.trim();
  const all: readonly Part[] = [
    ...(rule === null ? [] : ruleParts(rule, rules)),
    ...parts,
    ...(text === '' ? [] : [searchPart(text)]),
    ...(deleted === 'include' ? [] : [flag(deleted === 'only')]),
    ...(connection === null ? [] : [{ field: 'connection', operator: '=', value: connection } as const]),
  ];
  return all.length === 0 ? null : { combinator: 'and', rules: all };
}

function ruleParts(name: string, rules: readonly Rule[]): readonly Part[] {
  const rule = rules.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (rule === undefined) return [];
  const exceptions = rules.filter((one) => rule.exceptions.includes(one.name));
  return [rule.query, ...exceptions.map(({ query }): RuleQuery => ({ combinator: 'and', not: true, rules: [query] }))];
}

function searchPart(text: string): RuleQuery {
  return {
    combinator: 'or',
    rules: [
      { field: 'userPrincipalName', operator: 'contains', value: text },
      { field: 'displayName', operator: 'contains', value: text },
    ],
  };
}

function flag(value: boolean): RuleCondition {
  return { field: 'isDeleted', operator: '=', value };
}
