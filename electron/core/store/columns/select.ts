/**
 * Answers questions to the columns on one read-only connection. What was worked out is kept while it holds: who matches
 * until the next commit of anybody, orders until a user changes.
 */
import type { Database } from 'better-sqlite3';
import type { Ask, CellCount, Match, Order, PageAsk, RowPosition, Selected } from './ask.ts';
import { blockUsers } from './block.ts';
import { evaluate, type Matched } from './evaluate.ts';
import { type FewOrder, type Ranks, rankedPage, ranksOf } from './ranks.ts';
import { type Columns, createSnapshot } from './snapshot.ts';
import { type IndexOrder, type Walked, walkedPage, walkedPosition, walkWhole } from './walk.ts';

/** Answers kept of each kind; a million users take 1 MB for who matches, 2 MB for ranks and 4 MB for an order. */
const kept = { matches: 8, ranks: 4, orders: 6 };

/** Keeps some values by key for as long as `holds` stays the same; the oldest go. */
class Memory<Value> {
  private readonly values = new Map<string, Value>();
  private readonly most: number;
  private holds = -1;

  constructor(most: number) {
    this.most = most;
  }

  has(holds: number, key: string): boolean {
    return this.holds === holds && this.values.has(key);
  }

  get(holds: number, key: string, make: () => Value): Value {
    if (this.holds !== holds) {
      this.values.clear();
      this.holds = holds;
    }
    const value = this.values.get(key) ?? make();
    this.values.delete(key);
    this.values.set(key, value);
    const oldest = this.values.keys().next();
    if (this.values.size > this.most && oldest.done !== true) this.values.delete(oldest.value);
    return value;
  }
}

/** Null: the columns are behind, and the rows must be asked. */
export type Select = (ask: Ask) => Selected | null;

export function createSelect(db: Database): Select {
  const snapshot = createSnapshot(db);
  const matches = new Memory<Matched>(kept.matches);
  const ranks = new Memory<Ranks>(kept.ranks);
  const orders = new Memory<Walked>(kept.orders);

  function matching(columns: Columns, match: Match): Matched {
    return matches.get(columns.version, JSON.stringify(match), () => evaluate(db, columns, match));
  }

  function ranked(columns: Columns, order: FewOrder): Ranks {
    return ranks.get(columns.version, JSON.stringify(order), () => ranksOf(db, columns, order));
  }

  function pageOf(columns: Columns, matched: Matched, page: PageAsk): readonly number[] {
    const { order } = page;
    if (order.kind !== 'index') return rankedPage(ranked(columns, order), matched, page);
    return walkedPage(db, order, matched, page, wholeOf(columns, order));
  }

  function wholeOf({ generation }: Columns, order: IndexOrder): { readonly known: boolean; get(): Walked } {
    return {
      known: orders.has(generation, order.index),
      get: () => orders.get(generation, order.index, () => walkWhole(db, order)),
    };
  }

  function positionOf(columns: Columns, order: Order, id: number | undefined): RowPosition | null {
    if (id === undefined) return null;
    if (order.kind === 'index') return walkedPosition(db, order, id);
    const { of, values } = ranked(columns, order);
    return { value: values[of[id] ?? 0] ?? null, tie: id };
  }

  return (ask) => {
    // Everything below is read from one state of the database.
    db.exec('BEGIN');
    try {
      const columns = snapshot.current();
      if (columns === null) return null;
      const matched = matching(columns, ask.match);
      const ids = ask.page === undefined ? [] : pageOf(columns, matched, ask.page);
      return {
        total: matched.total,
        ids,
        last: ask.page === undefined ? null : positionOf(columns, ask.page.order, ids.at(-1)),
        cells: ask.cells === true ? countCells(db, columns, matched) : [],
      };
    } finally {
      db.exec('COMMIT');
    }
  };
}

/** The matches by level, state and scores. */
function countCells(db: Database, { blocks }: Columns, { bits }: Matched): readonly CellCount[] {
  const rows = db
    .prepare<[], Omit<CellCount, 'users'> & { readonly id: number }>(
      'SELECT id, level, state, score, aggregate FROM user_cell',
    )
    .all();
  const counts = new Uint32Array(rows.reduce((most, { id }) => Math.max(most, id), 0) + 1);
  for (const [index, { cells, slots }] of blocks.entries()) {
    const from = index * blockUsers;
    for (let slot = 0; slot < slots; slot += 1) {
      const cell = cells[slot] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + (bits[from + slot] ?? 0);
    }
  }
  return rows.flatMap(({ id, ...cell }) => {
    const users = counts[id] ?? 0;
    return users === 0 ? [] : [{ ...cell, users }];
  });
}
