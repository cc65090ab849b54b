/**
 * A rule as one SQL expression over `u` (risky_user) and `t` (user_text). Groups are handled here, single conditions
 * in `sqlConditions.ts`. Which rows are looked at (gone users, one connection, days) is the query's business, not a rule's.
 */
import { isGroup, type RuleQuery } from '../../../shared/rules/schema.ts';
import { meaningOf, type RuleContext } from './meaning.ts';
import { conditionSql, type SearchChoice, type SqlPart } from './sqlConditions.ts';

export type SqlContext = RuleContext & {
  /**
   * Whether the FTS5 table `user_search` may be used; true unless given. False while it is being built. A function is
   * asked for each phrase (a MATCH expression): above some ten percent of the rows, reading the names is quicker.
   */
  readonly search?: boolean | SearchChoice | undefined;
};

export type RuleSql = {
  /** An expression that is 0 or 1, never NULL; in parentheses. */
  readonly sql: string;
  /** Values of its `?`, in order. */
  readonly params: readonly (string | number)[];
  /**
   * Whether `t` occurs in it and has to be joined. `FROM user_text t CROSS JOIN risky_user u ON u.id = t.id` reads both
   * in the order of ids; left to itself SQLite may walk an index of dates and fetch a million names at random.
   */
  readonly usesText: boolean;
  /** Columns of `u` that occur, such as `level`, `score`, `updated`, `id`: tells which index or summary can answer. */
  readonly columns: ReadonlySet<string>;
};

/** Compiles a query that `checkQuery` accepted. Values are bound, never written into the text. */
export function compileSql(query: RuleQuery, context: SqlContext): RuleSql {
  const { search = true } = context;
  const choice: SearchChoice = typeof search === 'boolean' ? () => search : search;
  const { sql, params, usesText, columns } = groupSql(query, context, choice, false);
  return { sql, params, usesText, columns: new Set(columns) };
}

/**
 * `not` is pushed down to the conditions, which have an exact complement each: so SQLite sees plain comparisons that
 * it can look up in an index. Cheap conditions come first; AND and OR stop at the first that settles the matter.
 */
function groupSql(group: RuleQuery, context: RuleContext, search: SearchChoice, outerNegated: boolean): SqlPart {
  const negated = outerNegated !== (group.not === true);
  const joiner = (group.combinator === 'and') === negated ? ' OR ' : ' AND ';
  const parts = group.rules
    .map((rule) => {
      if (isGroup(rule)) return groupSql(rule, context, search, negated);
      const meaning = meaningOf(rule, context);
      return conditionSql(meaning.test, meaning.negated !== negated, search);
    })
    .sort((a, b) => a.cost - b.cost);
  return {
    sql: `(${parts.map((part) => part.sql).join(joiner)})`,
    params: parts.flatMap((part) => part.params),
    usesText: parts.some((part) => part.usesText),
    columns: parts.flatMap((part) => part.columns),
    cost: Math.max(...parts.map((part) => part.cost)),
  };
}
