/**
 * Pages in the order of an index: few matches are looked up and sorted, a near page is walked to, and for a far one the
 * ids of the whole index are read once and kept while no user changes.
 */
import type { Database } from 'better-sqlite3';
import type { Order, PageAsk, RowPosition } from './ask.ts';
import type { Matched } from './evaluate.ts';

export type IndexOrder = Extract<Order, { kind: 'index' }>;

/** Integer keys in ascending order: those with a key, and those without. The gone may be among them. */
export type Walked = { readonly present: Int32Array; readonly missing: Int32Array };

/** Matches up to which all are looked up and sorted. */
const few = 2_000;
/** Rows that are read for a near page, over those that are expected to suffice. */
const spare = 1.2;
const least = 5_000;

type Bound = readonly (string | number | null)[];

export function walkedPage(
  db: Database,
  order: IndexOrder,
  matched: Matched,
  page: PageAsk,
  whole: { readonly known: boolean; get(): Walked },
): readonly number[] {
  if (matched.total <= few) return sortedPage(db, order, matched, page);
  const { bits, total } = matched;
  const { start, limit, direction } = page;
  const near = (matches: number): number => Math.ceil(Math.max(least, (matches * spare * bits.length) / total));
  if ('after' in start) {
    const found: number[] = [];
    const { value, tie } = start.after;
    const beyond = direction === 'asc' ? '>' : '<';
    if (value !== null) {
      const where = `${order.key} IS NOT NULL AND (${order.key}, ${order.tie}) ${beyond} (?, ?)`;
      found.push(...along(db, order, page, where, [value, tie], bits, limit, near(limit)));
    }
    if (found.length < limit && order.nullable) {
      const where = value === null ? `${order.key} IS NULL AND ${order.tie} ${beyond} ?` : `${order.key} IS NULL`;
      const bound = value === null ? [tie] : [];
      found.push(...along(db, order, page, where, bound, bits, limit - found.length, near(limit)));
    }
    return found;
  }
  const { offset } = start;
  const rows = near(offset + limit);
  if (!whole.known && rows < bits.length / 2) {
    const ids = rowsAlong(db, order, page, `${order.key} IS NOT NULL`, [], rows);
    const found = picked(ids, bits, offset, limit);
    if (found.length === limit) return found;
  }
  const { present, missing } = whole.get();
  return fromWhole(present, missing, matched, page, offset);
}

/** Reads `first` rows, and all the others when these do not fill the page. */
function along(
  db: Database,
  order: IndexOrder,
  page: PageAsk,
  where: string,
  bound: Bound,
  bits: Uint8Array,
  limit: number,
  first: number,
): readonly number[] {
  const ids = rowsAlong(db, order, page, where, bound, first);
  const found = picked(ids, bits, 0, limit);
  if (found.length === limit || ids.length < first) return found;
  return picked(rowsAlong(db, order, page, where, bound, -1), bits, 0, limit);
}

function rowsAlong(
  db: Database,
  order: IndexOrder,
  { direction }: Pick<PageAsk, 'direction'>,
  where: string,
  bound: Bound,
  limit: number,
): readonly number[] {
  const { row, index, key, tie } = order;
  const table = row === 'u' ? 'risky_user' : 'user_text';
  const live = row === 'u' ? ' AND u.gone IS NULL' : '';
  return db
    .prepare<unknown[], number>(
      `SELECT ${row}.id FROM ${table} ${row} INDEXED BY ${index} WHERE ${where}${live}
       ORDER BY ${key} ${direction}, ${tie} ${direction} LIMIT ?`,
    )
    .pluck()
    .all(...bound, limit);
}

/** Where a user stands in the order. */
export function walkedPosition(db: Database, { row, key, tie }: IndexOrder, id: number): RowPosition | null {
  const table = row === 'u' ? 'risky_user' : 'user_text';
  const sql = `SELECT ${key} AS value, ${tie} AS tie FROM ${table} ${row} WHERE ${row}.id = ?`;
  return db.prepare<[number], RowPosition>(sql).get(id) ?? null;
}

/** All of the index, ascending. */
export function walkWhole(db: Database, order: IndexOrder): Walked {
  const ids = (where: string) => Int32Array.from(rowsAlong(db, order, { direction: 'asc' }, where, [], -1));
  return {
    present: ids(`${order.key} IS NOT NULL`),
    missing: order.nullable ? ids(`${order.key} IS NULL`) : new Int32Array(0),
  };
}

function picked(ids: readonly number[], bits: Uint8Array, offset: number, limit: number): readonly number[] {
  const found: number[] = [];
  let skip = offset;
  for (const id of ids) {
    if (found.length >= limit) break;
    if (bits[id] !== 1) continue;
    if (skip > 0) skip -= 1;
    else found.push(id);
  }
  return found;
}

function fromWhole(
  present: Int32Array,
  missing: Int32Array,
  { bits }: Matched,
  { direction, limit }: PageAsk,
  offset: number,
): readonly number[] {
  const found: number[] = [];
  let skip = offset;
  for (const ids of [present, missing]) {
    const { length } = ids;
    for (let step = 0; step < length && found.length < limit; step += 1) {
      const id = ids[direction === 'asc' ? step : length - 1 - step] ?? 0;
      if (bits[id] !== 1) continue;
      if (skip > 0) skip -= 1;
      else found.push(id);
    }
  }
  return found;
}

/** Sorts the few that match, in SQLite. */
function sortedPage(db: Database, order: IndexOrder, { bits }: Matched, page: PageAsk): readonly number[] {
  const { row, key, tie } = order;
  const { direction, limit, start } = page;
  const ids: number[] = [];
  for (let id = bits.indexOf(1); id >= 0; id = bits.indexOf(1, id + 1)) ids.push(id);
  const bound: (string | number | null)[] = [JSON.stringify(ids)];
  let where = '1';
  if ('after' in start) {
    const beyond = direction === 'asc' ? '>' : '<';
    const { value, tie: behind } = start.after;
    if (value === null) {
      where = `${key} IS NULL AND ${tie} ${beyond} ?`;
      bound.push(behind);
    } else {
      where = `(${key} IS NULL OR (${key}, ${tie}) ${beyond} (?, ?))`;
      bound.push(value, behind);
    }
  }
  const table = row === 'u' ? 'risky_user' : 'user_text';
  return db
    .prepare<unknown[], number>(
      `SELECT ${row}.id FROM json_each(?) k CROSS JOIN ${table} ${row} ON ${row}.id = k.value WHERE ${where}
       ORDER BY ${key} IS NULL, ${key} ${direction}, ${tie} ${direction} LIMIT ? OFFSET ?`,
    )
    .pluck()
    .all(...bound, limit, 'offset' in start ? start.offset : 0);
}
