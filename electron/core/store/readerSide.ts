/** The reading half of the store where it runs: in the reader's worker, or inline. Keeps its statements prepared. */
import type { Database, Statement } from 'better-sqlite3';
import type { Ask, Selected } from './columns/ask.ts';
import { createSelect, type Select } from './columns/select.ts';
import { storeError } from './errors.ts';
import type { SqlValue } from './types.ts';

/** Prepared statements that are kept; rules make new SQL all the time, so the oldest go. */
const kept = 100;

type ReaderSide = {
  all(sql: string, params: readonly SqlValue[]): unknown[];
  get(sql: string, params: readonly SqlValue[]): unknown;
  select(ask: Ask): Selected | null;
};

export function createReaderSide(db: Database): ReaderSide {
  const statements = new Map<string, Statement>();
  let select: Select | undefined;

  function prepared(sql: string): Statement {
    const known = statements.get(sql);
    if (known !== undefined) {
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    const oldest = statements.keys().next();
    if (statements.size > kept && oldest.done !== true) statements.delete(oldest.value);
    return statement;
  }

  function selector(): Select {
    select ??= createSelect(db);
    return select;
  }

  function guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw storeError(error, db.name);
    }
  }

  return {
    all: (sql, params) => guarded(() => prepared(sql).all(...params)),
    get: (sql, params) => guarded(() => prepared(sql).get(...params)),
    select: (ask) => guarded(() => selector()(ask)),
  };
}
