/** Turns the contract's filter, which names rules and holds unchecked queries, into the query module's. */
import type { FilterInput } from '../../../shared/contract/base.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import type { Connections } from '../config/connections.ts';
import type { Rules } from '../config/rules.ts';
import type { Filter } from '../query/filter.ts';

export type RuleWithExceptions = { readonly query: RuleQuery; readonly exceptions: readonly RuleQuery[] };

/** A saved rule and the queries of its exceptions. @throws RiskdeskError not-found. */
export async function ruleWithExceptions(rules: Rules, name: string): Promise<RuleWithExceptions> {
  const rule = await rules.get(name);
  const exceptions: RuleQuery[] = [];
  for (const except of rule.exceptions) exceptions.push((await rules.get(except)).query);
  return { query: rule.query, exceptions };
}

/** @throws RiskdeskError not-found for a name, bad-input for a query. */
export async function resolveFilter(
  modules: { readonly rules: Rules; readonly connections: Connections },
  input: FilterInput,
): Promise<Filter> {
  const { rules, connections } = modules;
  const conditions: RuleWithExceptions[] = [];
  if (input.rule !== undefined) conditions.push(await ruleWithExceptions(rules, input.rule));
  if (input.query !== undefined) conditions.push({ query: await rules.check(input.query), exceptions: [] });
  return {
    connection: input.connection === undefined ? undefined : (await connections.get(input.connection)).name,
    rules: conditions,
    search: input.search,
    days: input.days ?? null,
    deleted: input.deleted ?? 'include',
  };
}
