/**
 * Pages in an order of few values: users are counted per value, whole values are passed over, and one walk by id picks
 * the rows of the page.
 */
import type { Database } from 'better-sqlite3';
import type { Order, PageAsk } from './ask.ts';
import { blockUsers } from './block.ts';
import type { Matched } from './evaluate.ts';
import type { Columns } from './snapshot.ts';

type Value = string | number | null;

/** The place of each user's value among `values`, which ascend; a missing one stands last. */
export type Ranks = { readonly of: Uint16Array; readonly values: readonly Value[] };

export type FewOrder = Exclude<Order, { kind: 'index' }>;

export function ranksOf(db: Database, columns: Columns, order: FewOrder): Ranks {
  return order.kind === 'seen' ? seenRanks(db, columns) : cellRanks(db, columns, order.sql);
}

function cellRanks(db: Database, columns: Columns, sql: string): Ranks {
  const rows = db
    .prepare<[], { id: number; value: Value }>(
      `SELECT u.id, ${sql} AS value FROM user_cell u ORDER BY ${sql} IS NULL, ${sql}, u.id`,
    )
    .all();
  const values: Value[] = [];
  const byCell = new Uint16Array(rows.reduce((most, { id }) => Math.max(most, id), 0) + 1);
  for (const { id, value } of rows) {
    if (values.length === 0 || values.at(-1) !== value) values.push(value);
    byCell[id] = values.length - 1;
  }
  const of = new Uint16Array(columns.length);
  for (const [index, { cells, slots }] of columns.blocks.entries()) {
    const from = index * blockUsers;
    for (let slot = 0; slot < slots; slot += 1) of[from + slot] = byCell[cells[slot] ?? 0] ?? 0;
  }
  return { of, values };
}

/** Nearly everybody was seen by one and the same sync: only the others are read. */
function seenRanks(db: Database, columns: Columns): Ranks {
  const syncs = db
    .prepare<[], { sync: number; users: number }>(
      'SELECT seen_sync AS sync, sum(users) AS users FROM user_cube WHERE users > 0 GROUP BY seen_sync ORDER BY seen_sync',
    )
    .all();
  const values = syncs.map(({ sync }) => sync);
  const most = syncs.reduce((best, each) => (each.users > best.users ? each : best), { sync: 0, users: 0 }).sync;
  const of = new Uint16Array(columns.length).fill(Math.max(0, values.indexOf(most)));
  if (values.length < 2) return { of, values };
  const rankOf = new Map(values.map((sync, rank) => [sync, rank]));
  const others = db
    .prepare<[number], [number, number]>(
      'SELECT id, seen_sync FROM risky_user NOT INDEXED WHERE gone IS NULL AND seen_sync <> ?',
    )
    .raw()
    .all(most);
  for (const [id, sync] of others) of[id] = rankOf.get(sync) ?? 0;
  return { of, values };
}

/** Rows of one value that belong to the page: from the `low`-th to before the `high`-th of the matches, by id. */
type Window = { readonly low: number; readonly high: number; readonly ids: number[]; met: number };

/** Integer keys of the page. */
export function rankedPage({ of, values }: Ranks, { bits }: Matched, page: PageAsk): readonly number[] {
  const { direction, limit, start } = page;
  const ascending = direction === 'asc';
  const after = 'after' in start ? start.after : null;
  const here = after === null ? -1 : values.indexOf(after.value);
  const counts = new Uint32Array(values.length);
  let before = 0;
  for (let id = 0; id < bits.length; id += 1) {
    if (bits[id] !== 1) continue;
    const rank = of[id] ?? 0;
    counts[rank] = (counts[rank] ?? 0) + 1;
    if (rank === here && after !== null && (ascending ? id <= after.tie : id < after.tie)) before += 1;
  }
  const windows: (Window | undefined)[] = new Array(values.length);
  const chosen: Window[] = [];
  let skip = 'offset' in start ? start.offset : 0;
  let wanted = limit;
  for (const rank of inOrder(values, ascending)) {
    if (wanted === 0) break;
    if (after !== null && rank !== here && !comesAfter(values[rank] ?? null, after.value, ascending)) continue;
    // The stretch of this value that is left: [from, to) by id.
    const count = counts[rank] ?? 0;
    const from = rank === here && ascending ? before : 0;
    const to = rank === here && !ascending ? before : count;
    const passed = Math.min(skip, to - from);
    skip -= passed;
    const taken = Math.min(wanted, to - from - passed);
    if (taken === 0) continue;
    wanted -= taken;
    const low = ascending ? from + passed : to - passed - taken;
    const window: Window = { low, high: low + taken, ids: [], met: 0 };
    windows[rank] = window;
    chosen.push(window);
  }
  if (chosen.length === 0) return [];
  for (let id = 0; id < bits.length; id += 1) {
    if (bits[id] !== 1) continue;
    const window = windows[of[id] ?? 0];
    if (window === undefined) continue;
    if (window.met >= window.low && window.met < window.high) window.ids.push(id);
    window.met += 1;
  }
  return chosen.flatMap(({ ids }) => (ascending ? ids : ids.reverse()));
}

/** Places in `values` in the order of the page: a missing value last in both directions. */
function inOrder(values: readonly Value[], ascending: boolean): readonly number[] {
  const places = values.map((_, rank) => rank);
  if (ascending) return places;
  const missing = values.at(-1) === null ? places.slice(-1) : [];
  return [...places.slice(0, places.length - missing.length).reverse(), ...missing];
}

function comesAfter(value: Value, position: Value, ascending: boolean): boolean {
  if (value === null || position === null) return position !== null;
  const order =
    typeof value === 'string' && typeof position === 'string'
      ? Buffer.compare(Buffer.from(value), Buffer.from(position))
      : Number(value) - Number(position);
  return ascending ? order > 0 : order < 0;
}
