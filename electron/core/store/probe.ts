/**
 * Looks at a database file before anything opens it for writing, so that a file that Riskdesk must not touch stays as it
 * is to the byte: damaged, from a newer version, or not a database. Cheap: it reads a few pages, whatever the size.
 */
import { accessSync, closeSync, constants, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { openReader } from './connect.ts';
import { codeOf, corrupt, readOnly, storeError } from './errors.ts';
import { backupName } from './migrate.ts';

/** `new`: there is no file, or an empty one. Otherwise the schema version that the file is at. */
export type Probe = { readonly kind: 'new' } | { readonly kind: 'existing'; readonly version: number };

/** How long a database may stand empty while it is being made, milliseconds. */
const momentMs = 2_000;

/**
 * Throws RiskdeskError `store-corrupt`, `store-newer`, `store-read-only` or `store-busy`; the file and its -wal are then
 * as they were. `newest` is the highest version that this program knows.
 */
export function probe(file: string, newest: number): Probe {
  const size = sizeOf(file);
  if (size === 0 && wasEmptied(file)) throw corrupt(file, 'it was emptied: its length is 0');
  if (size === null || size === 0) {
    checkWritable(size === null ? dirname(file) : file, file);
    return { kind: 'new' };
  }
  checkHeader(file, size);
  const version = readVersion(file);
  if (version > newest) {
    throw newer(file, version, newest);
  }
  checkWritable(file, file);
  checkWritable(dirname(file), file);
  return { kind: 'existing', version };
}

/** What a downgrade finds. The copy from before the update is named when it lies there and this program can read it. */
function newer(file: string, version: number, newest: number): RiskdeskError {
  const backup = Array.from({ length: newest }, (_, index) => backupName(file, newest - index)).find((name) =>
    existsSync(name),
  );
  const name = basename(file);
  const back =
    backup === undefined
      ? 'No copy from before the update lies beside it.'
      : `The copy from before the update is ${backup}: to go back to it, close Riskdesk, move ${name}, ${name}-wal and ${name}-shm away and rename the copy to ${name}; what happened since is not in it.`;
  return new RiskdeskError(
    'store-newer',
    `The database ${file} was written by a newer Riskdesk: it has schema version ${version}, this program knows up to ${newest}. It was left as it is.`,
    {
      field: 'dataDir',
      cure: `Install the newer Riskdesk again, or choose another data folder. ${back}`,
      facts: { version, newest, backup: backup === undefined ? null : basename(backup) },
    },
  );
}

function sizeOf(file: string): number | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (!stat.isFile()) throw corrupt(file, 'there is a folder or a device of that name in its place');
  return stat.size;
}

/**
 * An empty file is what SQLite makes a moment before it writes the first page, so another process may be at that point,
 * or have died there. One that was written to long after it was made has held something.
 */
function wasEmptied(file: string): boolean {
  const { mtimeMs, birthtimeMs } = statSync(file);
  return birthtimeMs > 0 && mtimeMs - birthtimeMs > momentMs;
}

function checkWritable(path: string, file: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw readOnly(file, error);
  }
}

/**
 * The first 100 bytes (SQLite file format, "The Database Header"). A file shorter than its header says is cut, unless a
 * -wal stands beside it: a checkpoint that was killed writes page 1 first, and the -wal has the rest.
 */
function checkHeader(file: string, size: number): void {
  const header = Buffer.alloc(100);
  let read = 0;
  try {
    const handle = openSync(file, 'r');
    try {
      read = readSync(handle, header, 0, 100, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') throw readOnly(file, error);
    throw storeError(error, file);
  }
  if (read < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw corrupt(file, 'it is not an SQLite database');
  }
  const stored = header.readUInt16BE(16);
  const pageSize = stored === 1 ? 65536 : stored;
  const pages = header.readUInt32BE(28);
  const walSize = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (walSize === 0 && pages > 0 && size < pages * pageSize) {
    throw corrupt(file, `it is cut off: ${size} bytes of ${pages * pageSize}`);
  }
}

/** The schema version by a read-only connection, which also touches the schema and both ends of every table. */
function readVersion(file: string): number {
  const before = ['-wal', '-shm'].filter((suffix) => existsSync(file + suffix));
  let db: Database | undefined;
  try {
    db = openReader(file);
    const version = Number(db.pragma('user_version', { simple: true }));
    touchTables(db);
    return version;
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE_CANTOPEN')) throw readOnly(file, error);
    throw storeError(error, file);
  } finally {
    db?.close();
    // A read-only connection cannot tidy up after itself: what was not there before goes again, if nobody else uses it.
    for (const suffix of ['-wal', '-shm']) {
      if (!before.includes(suffix) && !before.includes('-wal')) removeIfIdle(file + suffix);
    }
  }
}

function touchTables(db: Database): void {
  const tables = db
    .prepare<[], { name: string; wr: number }>(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  for (const { name, wr } of tables) {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    db.prepare(`SELECT 1 FROM ${quoted} LIMIT 1`).get();
    if (wr === 0) db.prepare(`SELECT max(rowid) FROM ${quoted}`).get();
  }
}

/** Removes an empty leftover. A -wal with content belongs to a process that opened the file in between. */
function removeIfIdle(path: string): void {
  try {
    if (path.endsWith('-wal') && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
    if (path.endsWith('-shm') && existsSync(path.replace(/-shm$/, '-wal'))) return;
    rmSync(path, { force: true });
  } catch {
    // Harmless when it stays: SQLite makes the file anew at the next opening.
  }
}
