/**
 * Which users are asked for, as one WHERE clause over `u` (risky_user) and `t` (user_text). Gone users are never asked for.
 * Names of saved rules are resolved by the caller; what a rule means is decided in core/rules.
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import type { GroupingThresholds } from '../../../shared/model/score.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import { compileSql } from '../rules/sql.ts';
import type { Reader, SqlValue } from '../store/types.ts';
import { searchSql } from './search.ts';

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

/** One conjunct of a WHERE clause; never NULL. */
export type Condition = { readonly sql: string; readonly params: readonly SqlValue[]; readonly usesText: boolean };

/**
 * A filter, compiled in two forms of one meaning. `indexed` asks the trigram index for text: right when few users match.
 * `scanned` tests the text of each user: right when so many match that the first page fills at once.
 */
export type CompiledFilter = {
  readonly indexed: readonly Condition[];
  readonly scanned: readonly Condition[];
  /** Id of the connection that the filter names; null: over all of them. */
  readonly connection: number | null;
  /** True when nothing but the connection, if that, is asked. */
  readonly plain: boolean;
  /** False while the first sync fills the cache: the secondary indexes are missing then. */
  readonly hasIndexes: boolean;
};

export const dayMs = 86_400_000;

/** @throws RiskdeskError not-found when there is no connection of that name. */
export async function compileFilter(reader: Reader, filter: Filter, context: QueryContext): Promise<CompiledFilter> {
  const connection = filter.connection === undefined ? null : await connectionId(reader, filter.connection);
  const hasIndexes = (await reader.get("SELECT 1 FROM store_state WHERE key = 'bulk'")) === undefined;
  const cheap = cheapConditions(filter, connection, context);
  return {
    indexed: [...cheap, ...textConditions(filter, context, hasIndexes)],
    scanned: [...cheap, ...textConditions(filter, context, false)],
    connection,
    plain: isPlain(filter),
    hasIndexes,
  };
}

async function connectionId(reader: Reader, name: string): Promise<number> {
  const row = await reader.get<{ id: number }>('SELECT id FROM connection WHERE removed IS NULL AND name_fold = ?', [
    fold(name.trim()),
  ]);
  if (row !== undefined) return row.id;
  throw new RiskdeskError('not-found', `There is no connection "${name}".`, {
    field: 'connection',
    cure: 'List the connections and use one of their names.',
  });
}

function isPlain(filter: Filter): boolean {
  return (
    (filter.rules ?? []).length === 0 &&
    filter.query === undefined &&
    (filter.search ?? '').trim() === '' &&
    (filter.days ?? null) === null &&
    (filter.deleted ?? 'include') === 'include'
  );
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

function textConditions(filter: Filter, context: QueryContext, search: boolean): readonly Condition[] {
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
  const found = searchSql(filter.search ?? '', search);
  if (found !== null) conditions.push(found);
  return conditions;
}

/** Columns of `user_cube`: a filter over these alone is answered by adding up its cells. */
const cubeColumns = new Set('connection level state detail deleted processing guest score aggregate'.split(' '));

/** Whether the conditions can be asked of `user_cube` in place of `risky_user`. */
export function fitsCube(conditions: readonly Condition[]): boolean {
  return conditions.every(
    ({ sql, usesText }) =>
      !usesText && [...sql.matchAll(/\bu\.(\w+)/g)].every(([, column = '']) => cubeColumns.has(column)),
  );
}

export function usesText(conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => condition.usesText);
}

/** ` AND a AND b`, to be put behind a first condition; empty for none. */
export function andAll(conditions: readonly Condition[]): string {
  return conditions.map(({ sql }) => ` AND ${sql}`).join('');
}

export function paramsOf(conditions: readonly Condition[]): readonly SqlValue[] {
  return conditions.flatMap(({ params }) => params);
}
