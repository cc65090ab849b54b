/** How many users match: from the cube where it can, by a scan where it must, and remembered until the database changes. */
import type { Reader } from '../store/types.ts';
import {
  andAll,
  type CompiledFilter,
  type Condition,
  compileFilter,
  type Filter,
  fitsCube,
  paramsOf,
  type QueryContext,
  usesText,
} from './filter.ts';

/** Counts kept per reader; the oldest go. */
const kept = 64;

type Memory = { version: number; readonly counts: Map<string, number> };
const memories = new WeakMap<Reader, Memory>();

/** Users that match the filter. */
export async function countUsers(reader: Reader, filter: Filter, context: QueryContext): Promise<number> {
  return countCompiled(reader, await compileFilter(reader, filter, context));
}

/** @see countUsers */
export async function countCompiled(reader: Reader, filter: CompiledFilter): Promise<number> {
  return countMatching(reader, filter.indexed);
}

/** Live users that meet all conditions. */
export async function countMatching(reader: Reader, conditions: readonly Condition[]): Promise<number> {
  const sql = countSql(conditions);
  const params = paramsOf(conditions);
  if (fitsCube(conditions)) return (await reader.get<{ n: number }>(sql, params))?.n ?? 0;
  const counts = await remembered(reader);
  const key = JSON.stringify([sql, params]);
  const known = counts.get(key);
  if (known !== undefined) return known;
  const counted = (await reader.get<{ n: number }>(sql, params))?.n ?? 0;
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

function countSql(conditions: readonly Condition[]): string {
  if (fitsCube(conditions))
    return `SELECT ifnull(sum(u.users), 0) AS n FROM user_cube u WHERE u.users > 0${andAll(conditions)}`;
  const text = usesText(conditions) ? ' CROSS JOIN user_text t ON t.id = u.id' : '';
  return `SELECT count(*) AS n FROM risky_user u${text} WHERE u.gone IS NULL${andAll(conditions)}`;
}
