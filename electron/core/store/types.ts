/**
 * The two faces of the store. A Reader has a connection that SQLite itself opened read-only; a Writer has named
 * operations, each one transaction, and no SQL. Modules that only show things are handed a Reader, so they cannot write.
 */
import type { Ask, Selected } from './columns/ask.ts';
import type { Writes } from './writes.ts';

export type { Ask, Match, Order, Selected } from './columns/ask.ts';

export type SqlValue = string | number | bigint | null;

export type Reader = {
  /** All rows of one SELECT. Params are bound by position (`?`). Runs in a worker when the store has workers. */
  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** The first row, or undefined. */
  get<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  /** Asks the columns; null while they are behind the rows, which must be asked then. */
  select(ask: Ask): Promise<Selected | null>;
};

/**
 * Every operation of `writes.ts` as a promise. It resolves when the transaction is committed, and rejects with
 * RiskdeskError `disk-full`, `store-read-only`, `store-corrupt` or `store-busy`; then nothing of it is in the file.
 */
export type Writer = {
  readonly [Name in keyof Writes]: (args: Parameters<Writes[Name]>[1]) => Promise<ReturnType<Writes[Name]>>;
};

export type Store = {
  readonly reader: Reader;
  readonly writer: Writer;
  /** Where the database file is; null in memory. */
  readonly file: string;
  /** Resolves when the workers have ended and the file is closed. */
  close(): Promise<void>;
};
