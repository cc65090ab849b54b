/**
 * Which users are asked for, as conditions over `u` (risky_user) and `t` (user_text). Gone users are never asked for.
 * Names of saved rules are resolved by the caller; what a rule means is decided in core/rules.
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import type { GroupingThresholds } from '../../../shared/model/score.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import { compileSql } from '../rules/sql.ts';
import type { Reader } from '../store/types.ts';
import type { Condition } from './conditions.ts';
import { compileSearch, type Search } from './search.ts';

/** Everything given must hold. */
export type Filter = {
  /** Name of a connection, whatever its case. */
  readonly connection?: string | undefined;
  /** Saved rules, each with the rules whose matches it leaves out. */
  readonly rules?: readonly { readonly query: RuleQuery; readonly exceptions: readonly RuleQuery[] }[] | undefined;
  readonly query?: RuleQuery | undefined;
  /** Part of the UPN or of the display name, or a whole object id. Case does not count; `%`, `_`, `*` are letters. */
  readonly search?: string | undefined;
  /** Only users whose Entra time lies in the last so many days before `now`, or after it; null: all time. */
  readonly days?: number | null | undefined;
  /** Users that are deleted in Entra: `include` unless given. */
  readonly deleted?: 'include' | 'exclude' | 'only' | undefined;
};

/** `now`: epoch ms; what "within N days" counts from. */
export type QueryContext = { readonly now: number; readonly thresholds: GroupingThresholds };

/**
 * A filter, compiled in two forms of one meaning. `indexed` asks the trigram index for text: right when few users match.
 * `scanned` tests the text of each user: right when so many match that the first page fills at once.
 */
export type CompiledFilter = {
  readonly indexed: readonly Condition[];
  readonly scanned: readonly Condition[];
  /** All of `indexed` but the search. */
  readonly withoutSearch: readonly Condition[];
  readonly search: Search | null;
  /** Id of the connection that the filter names; null: over all of them. */
  readonly connection: number | null;
  /** False before the first sync and while it fills the cache: the secondary indexes are missing then. */
  readonly hasIndexes: boolean;
  /** Whether the cache remembers users that are gone, whom reading names alone would meet. */
  readonly anyGone: boolean;
};

const indexesExist = "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'user_gone'";
const searchBehind = "SELECT 1 FROM store_state WHERE key = 'search_upto'";
const goneExists = 'SELECT 1 FROM risky_user INDEXED BY user_gone WHERE gone IS NOT NULL LIMIT 1';

export const dayMs = 86_400_000;

/** False before the first sync and while it fills the cache. */
export async function hasIndexes(reader: Reader): Promise<boolean> {
  return (await reader.get(indexesExist)) !== undefined;
}

/** @throws RiskdeskError not-found when there is no connection of that name. */
export async function compileFilter(reader: Reader, filter: Filter, context: QueryContext): Promise<CompiledFilter> {
  const connection = filter.connection === undefined ? null : await connectionId(reader, filter.connection);
  const indexed = await hasIndexes(reader);
  const searchable = indexed && (await reader.get(searchBehind)) === undefined;
  const anyGone = !indexed || (await reader.get(goneExists)) !== undefined;
  const search = await compileSearch(reader, filter.search ?? '', { searchable, indexed });
  const cheap = cheapConditions(filter, connection, context);
  const withoutSearch = [...cheap, ...ruleConditions(filter, context, searchable)];
  const scanned = [...cheap, ...ruleConditions(filter, context, false)];
  return {
    withoutSearch,
    indexed: search === null ? withoutSearch : [...withoutSearch, searchIndexed(search)],
    scanned: search === null ? scanned : [...scanned, searchScanned(search)],
    search,
    connection,
    hasIndexes: indexed,
    anyGone,
  };
}

/** @throws RiskdeskError not-found when there is no connection of that name. */
export async function connectionId(reader: Reader, name: string): Promise<number> {
  const row = await reader.get<{ id: number }>('SELECT id FROM connection WHERE removed IS NULL AND name_fold = ?', [
    fold(name.trim()),
  ]);
  if (row !== undefined) return row.id;
  throw new RiskdeskError('not-found', `There is no connection "${name}".`, {
    field: 'connection',
    cure: 'List the connections and use one of their names.',
  });
}

function cheapConditions(filter: Filter, connection: number | null, { now }: QueryContext): readonly Condition[] {
  const conditions: Condition[] = [];
  if (connection !== null) conditions.push({ sql: 'u.connection = ?', params: [connection], usesText: false });
  if (filter.deleted === 'exclude') conditions.push({ sql: 'u.deleted = 0', params: [], usesText: false });
  if (filter.deleted === 'only') conditions.push({ sql: 'u.deleted = 1', params: [], usesText: false });
  const days = filter.days ?? null;
  if (days !== null) {
    conditions.push({
      sql: '(u.updated IS NOT NULL AND u.updated >= ?)',
      params: [now - days * dayMs],
      usesText: false,
    });
  }
  return conditions;
}

function ruleConditions(filter: Filter, context: QueryContext, search: boolean): readonly Condition[] {
  const conditions: Condition[] = [];
  const add = (query: RuleQuery, negated: boolean) => {
    const { sql, params, usesText } = compileSql(query, { ...context, search });
    conditions.push({ sql: negated ? `NOT ${sql}` : sql, params, usesText });
  };
  if (filter.query !== undefined) add(filter.query, false);
  for (const { query, exceptions } of filter.rules ?? []) {
    add(query, false);
    for (const exception of exceptions) add(exception, true);
  }
  return conditions;
}

function searchIndexed(search: Search): Condition {
  const { match, byObjectId } = search;
  if (match === null) return searchScanned(search);
  const keys = JSON.stringify(byObjectId);
  if (match === '') return { sql: 'u.id IN (SELECT value FROM json_each(?))', params: [keys], usesText: false };
  const found = 'SELECT rowid FROM user_search WHERE user_search MATCH ?';
  if (byObjectId.length === 0) return { sql: `u.id IN (${found})`, params: [match], usesText: false };
  return { sql: `u.id IN (${found} UNION ALL SELECT value FROM json_each(?))`, params: [match, keys], usesText: false };
}

/** Also finds object ids by itself, for the time when they could not be looked up. */
function searchScanned({ text }: Search): Condition {
  return {
    sql: '(instr(t.upn_fold, ?) > 0 OR instr(t.name_fold, ?) > 0 OR lower(t.object_id) = ?)',
    params: [text, text, text],
    usesText: true,
  };
}
