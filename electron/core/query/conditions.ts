/** Pieces of a WHERE clause over `u` (risky_user) and `t` (user_text), and what can be told from looking at them. */
import type { SqlValue } from '../store/types.ts';

/** One conjunct. `usesText`: `t` occurs in it. */
export type Condition = { readonly sql: string; readonly params: readonly SqlValue[]; readonly usesText: boolean };

/** Columns of `user_cube`: a filter over these alone is answered by adding up its cells. */
const cubeColumns = new Set('connection level state detail deleted processing guest score aggregate'.split(' '));

/** Whether the conditions can be asked of `user_cube` in place of `risky_user`. */
export function fitsCube(conditions: readonly Condition[]): boolean {
  return conditions.every(
    ({ sql, usesText: text }) =>
      !text && [...sql.matchAll(/\bu\.(\w+)/g)].every(([, column = '']) => cubeColumns.has(column)),
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

/**
 * The conditions as ones over `user_text` alone, or null when they ask for more. The gone have to be left out then, by
 * `noneGone`, unless the reading goes along folded names, which the gone do not have.
 */
export function overTextAlone(conditions: readonly Condition[]): readonly Condition[] | null {
  const moved = conditions.map((condition) =>
    condition.sql === 'u.connection = ?' ? { ...condition, sql: 't.connection = ?', usesText: true } : condition,
  );
  return moved.every(({ sql }) => !/\bu\./.test(sql)) ? moved : null;
}

/** `user_text` without the gone: an index knows these few. */
export const noneGone: Condition = {
  sql: 't.id NOT IN (SELECT id FROM risky_user INDEXED BY user_gone WHERE gone IS NOT NULL)',
  params: [],
  usesText: true,
};

/**
 * `risky_user u`, told how to be read: along the index of Entra's times when the conditions ask for a stretch of these, and
 * otherwise from end to end. Left alone, SQLite takes any index over the live users for a shorter table than the table.
 */
export function usersTable(conditions: readonly Condition[]): string {
  const stretch = conditions.some(({ sql }) => /u\.updated (>|BETWEEN)/.test(sql) && !/ OR /.test(sql));
  return `risky_user u ${stretch ? 'INDEXED BY user_updated' : 'NOT INDEXED'}`;
}
