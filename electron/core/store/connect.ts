/** How a connection to the database file is opened: every pragma of the store is here and nowhere else. */
import Database from 'better-sqlite3';

/** How long SQLite waits for another process before it answers busy, in milliseconds. */
export const busyTimeout = 10_000;

/** Pages of 8 kB: fewer levels in the trees of a million users than with SQLite's 4 kB. Only a new file takes it. */
const pageSize = 8192;

export type ConnectOptions = { readonly busyTimeout?: number };

/** Opens `file` for writing; creates it when it does not exist. Throws what better-sqlite3 throws. */
export function openWriter(file: string, options: ConnectOptions = {}): Database.Database {
  const db = new Database(file, { timeout: options.busyTimeout ?? busyTimeout });
  try {
    db.pragma(`page_size = ${pageSize}`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -32000');
    db.pragma('wal_autocheckpoint = 16000');
    db.pragma('journal_size_limit = 134217728');
    db.pragma('trusted_schema = OFF');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Opens `file` read-only: SQLite itself refuses every write on this connection. */
export function openReader(file: string, options: ConnectOptions = {}): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: options.busyTimeout ?? busyTimeout });
  db.pragma('cache_size = -32000');
  db.pragma('temp_store = MEMORY');
  db.pragma('query_only = ON');
  return db;
}
