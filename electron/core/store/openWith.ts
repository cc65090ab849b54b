/**
 * Opens the store with any table of operations and migrations; `open.ts` does it with Riskdesk's own. The checks and
 * the migration run here, before anything is handed out, so that every failure has a name by the time a caller waits.
 */
import { chmodSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { Log } from '../ports.ts';
import type { Ask, Selected } from './columns/ask.ts';
import { type ConnectOptions, openReader, openWriter } from './connect.ts';
import { codeOf, readOnly, storeError } from './errors.ts';
import { migrate, newestVersion } from './migrate.ts';
import type { Migration } from './migrations/index.ts';
import { probe } from './probe.ts';
import { createReaderSide } from './readerSide.ts';
import { type Call, createThread } from './threads.ts';
import type { Reader, SqlValue } from './types.ts';
import { createWriterSide, type Ops } from './writerSide.ts';

const fileName = 'riskdesk.db';

export type OpenOptions = ConnectOptions & {
  /** Folder of the database; created, for its owner alone, when it does not exist. */
  readonly dataDir: string;
  /** True: one thread writes and one reads, each started when first needed. False: both in the calling thread. */
  readonly workers: boolean;
  /** The worker's entry file, where a bundle has moved it. */
  readonly workerUrl?: URL | undefined;
  readonly log: Log;
};

type WriterOf<Table extends Ops> = {
  readonly [Name in keyof Table]: (args: Parameters<Table[Name]>[1]) => Promise<ReturnType<Table[Name]>>;
};

type StoreOf<Table extends Ops> = {
  readonly reader: Reader;
  readonly writer: WriterOf<Table>;
  readonly file: string;
  close(): Promise<void>;
};

/** Two functions that send a call to where it runs, and one that ends it. */
type Halves = {
  read(kind: 'all' | 'get', sql: string, params: readonly SqlValue[]): Promise<unknown>;
  select(ask: Ask): Promise<unknown>;
  write(name: string, args: unknown): Promise<unknown>;
  close(): Promise<void>;
};

/**
 * Rejects with RiskdeskError `store-corrupt`, `store-newer`, `store-read-only`, `store-busy` or `disk-full`; an existing
 * file is then as it was, and a new one is gone again.
 */
export async function openStoreWith<Table extends Ops>(
  table: Table,
  migrations: readonly Migration[],
  defaultWorker: URL,
  options: OpenOptions,
): Promise<StoreOf<Table>> {
  const file = join(resolve(options.dataDir), fileName);
  try {
    makeFolder(options.dataDir);
    prepare(file, migrations, options);
  } catch (error) {
    throw storeError(error, file);
  }
  const halves = options.workers
    ? threaded(file, options.workerUrl ?? defaultWorker, options.log)
    : inline(file, table, options);
  return {
    reader: readerOver(halves),
    writer: writerOver(table, halves),
    file,
    close: () => halves.close(),
  };
}

function makeFolder(dataDir: string): void {
  // Level by level: Node's recursive form never ends where the parent claims to exist and takes nothing, as in /proc.
  const missing: string[] = [];
  for (let at = resolve(dataDir); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  try {
    for (const folder of missing) mkdirSync(folder, { mode: 0o700 });
    if (!statSync(dataDir).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' && statSync(dataDir, { throwIfNoEntry: false })?.isDirectory()) return;
    if (code === 'ENOENT') throw readOnly(join(resolve(dataDir), fileName), error);
    if (code !== 'EEXIST' && code !== 'ENOTDIR' && code !== 'ENAMETOOLONG') throw error;
    throw new RiskdeskError('bad-input', `The data folder ${dataDir} cannot be made: a file is in the way.`, {
      field: 'dataDir',
      cure: 'Name a folder, or a path where a folder can be made.',
      facts: { code },
    });
  }
}

function prepare(file: string, migrations: readonly Migration[], options: OpenOptions): void {
  const found = probe(file, newestVersion(migrations));
  if (found.kind === 'existing' && found.version === newestVersion(migrations)) return;
  const created = !existsSync(file);
  let db: Database | undefined;
  try {
    db = openWriter(file, options);
    // It holds names of people: for its owner alone, and SQLite gives -wal and -shm the same rights.
    if (created) chmodSync(file, 0o600);
    const from = migrate(db, migrations);
    options.log('info', 'store.migrated', { from, to: newestVersion(migrations) });
    db.close();
  } catch (error) {
    db?.close();
    if (created) for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    throw error;
  }
}

function readerOver(halves: Halves): Reader {
  return {
    // The row type is the caller's claim about its own SQL: SQLite cannot check it.
    all: async <Row>(sql: string, params: readonly SqlValue[] = []) =>
      (await halves.read('all', sql, params)) as readonly Row[],
    get: async <Row>(sql: string, params: readonly SqlValue[] = []) =>
      (await halves.read('get', sql, params)) as Row | undefined,
    select: async (ask) => (await halves.select(ask)) as Selected | null,
  };
}

function writerOver<Table extends Ops>(table: Table, halves: Halves): WriterOf<Table> {
  const writer: Record<string, (args: unknown) => Promise<unknown>> = {};
  for (const name of Object.keys(table)) writer[name] = (args) => halves.write(name, args);
  return writer as WriterOf<Table>;
}

function threaded(file: string, url: URL, log: Log): Halves {
  const reader = createThread('reader', file, url, log);
  const writer = createThread('writer', file, url, log);
  const read = (call: Call): Promise<unknown> => reader.call(call);
  return {
    read: (kind, sql, params) => read({ kind, sql, params }),
    select: (ask) => read({ kind: 'select', ask }),
    write: (name, args) => writer.call({ kind: 'op', name, args }),
    // The reader first: the last connection to close folds the -wal into the file, and a read-only one cannot.
    close: async () => {
      await reader.close();
      await writer.close();
    },
  };
}

function inline(file: string, table: Ops, options: ConnectOptions): Halves {
  let readDb: Database | undefined;
  let writeDb: Database | undefined;
  let reader: ReturnType<typeof createReaderSide> | undefined;
  let writer: ReturnType<typeof createWriterSide> | undefined;
  let closed = false;

  function readerSide(): ReturnType<typeof createReaderSide> {
    readDb ??= openReader(file, options);
    reader ??= createReaderSide(readDb);
    return reader;
  }

  function guarded<Result>(work: () => Result): Promise<Result> {
    try {
      if (closed) throw new RiskdeskError('internal', 'The store is closed.');
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(storeError(error, file));
    }
  }

  return {
    read: (kind, sql, params) =>
      guarded(() => {
        const side = readerSide();
        return kind === 'all' ? side.all(sql, params) : side.get(sql, params);
      }),
    select: (ask) => guarded(() => readerSide().select(ask)),
    write: (name, args) =>
      guarded(() => {
        writeDb ??= openWriter(file, options);
        writer ??= createWriterSide(writeDb, table);
        return writer.run(name, args);
      }),
    close: async () => {
      closed = true;
      readDb?.close();
      writeDb?.close();
    },
  };
}
