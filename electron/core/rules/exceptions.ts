/** Exception rules: whoever one of them matches is left out of the rule that names them. */
import type { RuleQuery } from '../../../shared/rules/schema.ts';

/**
 * The query and not any of the exceptions; the query itself when there are none. May nest two deeper than a person's
 * rule may: the compilers do not mind, and the result is never stored.
 */
export function withExceptions(query: RuleQuery, exceptions: readonly RuleQuery[]): RuleQuery {
  if (exceptions.length === 0) return query;
  return { combinator: 'and', rules: [query, { combinator: 'or', not: true, rules: exceptions }] };
}
