/**
 * How many users match: from the cube where it can, else from the columns, and by a scan of the rows while these are
 * behind; scans are remembered until the database changes.
 */
import type { Reader, SqlValue } from '../store/types.ts';
import {
  andAll,
  type Condition,
  fitsCube,
  noneGone,
  overTextAlone,
  paramsOf,
  usersTable,
  usesText,
} from './conditions.ts';
import { type CompiledFilter, compileFilter, type Filter, type QueryContext } from './filter.ts';
import { compileMatch, fitsCells } from './match.ts';
import { withIndexesAsTheyAre } from './retry.ts';

/** Counts kept per reader; the oldest go. */
const kept = 64;

type Memory = { version: number; readonly counts: Map<string, number> };
const memories = new WeakMap<Reader, Memory>();

/** Users that match the filter. */
export function countUsers(reader: Reader, filter: Filter, context: QueryContext): Promise<number> {
  return withIndexesAsTheyAre(async () => {
    const match = await compileMatch(reader, filter, context);
    const selected = match === null || fitsCells(match) ? null : await reader.select({ match });
    return selected?.total ?? countCompiled(reader, await compileFilter(reader, filter, context));
  });
}

/** @see countUsers */
export function countCompiled(reader: Reader, filter: CompiledFilter): Promise<number> {
  const { search, withoutSearch } = filter;
  if (search !== null && search.match !== null && search.match !== '' && search.byObjectId.length === 0) {
    return countOnce(reader, ...countFound(search.match, withoutSearch));
  }
  return countMatching(reader, filter.indexed, filter);
}

/** Everybody live. */
export function countLive(reader: Reader): Promise<number> {
  return count(reader, 'SELECT ifnull(sum(users), 0) AS n FROM user_cube WHERE users > 0', []);
}

/** Live users that meet all conditions. */
export function countMatching(
  reader: Reader,
  conditions: readonly Condition[],
  { hasIndexes, anyGone }: Pick<CompiledFilter, 'hasIndexes' | 'anyGone'>,
): Promise<number> {
  const params = paramsOf(conditions);
  if (fitsCube(conditions)) {
    return count(
      reader,
      `SELECT ifnull(sum(u.users), 0) AS n FROM user_cube u WHERE u.users > 0${andAll(conditions)}`,
      params,
    );
  }
  const textAlone = hasIndexes ? overTextAlone(conditions) : null;
  if (textAlone !== null) {
    const all = anyGone ? [noneGone, ...textAlone] : textAlone;
    return countOnce(reader, `SELECT count(*) AS n FROM user_text t WHERE 1${andAll(all)}`, paramsOf(all));
  }
  const text = usesText(conditions) ? ' CROSS JOIN user_text t ON t.id = u.id' : '';
  const table = hasIndexes ? usersTable(conditions) : 'risky_user u';
  return countOnce(
    reader,
    `SELECT count(*) AS n FROM ${table}${text} WHERE u.gone IS NULL${andAll(conditions)}`,
    params,
  );
}

/** The search index yields users in the order of their key, which is the order in which `risky_user` is read. */
function countFound(match: string, others: readonly Condition[]): [string, readonly SqlValue[]] {
  if (others.length === 0) return ['SELECT count(*) AS n FROM user_search WHERE user_search MATCH ?', [match]];
  const text = usesText(others) ? ' CROSS JOIN user_text t ON t.id = u.id' : '';
  return [
    `SELECT count(*) AS n FROM user_search s CROSS JOIN risky_user u ON u.id = s.rowid${text}
     WHERE user_search MATCH ? AND u.gone IS NULL${andAll(others)}`,
    [match, ...paramsOf(others)],
  ];
}

async function count(reader: Reader, sql: string, params: readonly SqlValue[]): Promise<number> {
  return (await reader.get<{ n: number }>(sql, params))?.n ?? 0;
}

async function countOnce(reader: Reader, sql: string, params: readonly SqlValue[]): Promise<number> {
  const counts = await remembered(reader);
  const key = JSON.stringify([sql, params]);
  const known = counts.get(key);
  if (known !== undefined) return known;
  const counted = await count(reader, sql, params);
  counts.set(key, counted);
  const oldest = counts.keys().next();
  if (counts.size > kept && oldest.done !== true) counts.delete(oldest.value);
  return counted;
}

/**
 * The counts that still hold. SQLite's data_version changes with every commit of another connection; it is read before
 * counting, so a commit in between at worst makes the next call count again.
 */
async function remembered(reader: Reader): Promise<Map<string, number>> {
  const row = await reader.get<{ data_version: number }>('PRAGMA data_version');
  const version = row?.data_version ?? -1;
  const memory = memories.get(reader);
  if (memory?.version === version) return memory.counts;
  const counts = new Map<string, number>();
  memories.set(reader, { version, counts });
  return counts;
}
