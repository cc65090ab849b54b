/** The store over several threads and processes: locks, crashes, kill -9, and errors that keep their fields. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/core/store/migrations/index.ts';
import { openStore } from '../../electron/core/store/open.ts';
import { openStoreWith } from '../../electron/core/store/openWith.ts';
import { connectionWrites } from '../../electron/core/store/tables/connections.ts';
import { people } from '../bench/store/people.ts';
import { addConnection } from '../harness/connection.ts';
import { contentOf, cubeAndTruth, openTestStore, spent, syncPages, t0, tempDir, userNumber } from './harness.ts';

const childFile = new URL('../harness/storeChild.ts', import.meta.url).pathname;

function startChild(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [childFile, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('with workers', () => {
  it('does the same as without', async () => {
    const store = await openTestStore(tempDir(), true);
    const connection = await addConnection(store.writer, 'Contoso', t0);
    const result = await syncPages(store, connection, [[userNumber(1)], [userNumber(2)]]);
    expect(result).toMatchObject({ users: 2, added: 2 });
    expect(await contentOf(store)).toHaveLength(2);
  });

  it('carries code, field, cure and facts of an error over', async () => {
    const store = await openTestStore(tempDir(), true);
    const attempt = store.writer.addNote({ connection: 1, objectId: 'nobody', who: 'ann', text: 'x', now: t0 });
    await expect(attempt).rejects.toMatchObject({ name: 'RiskdeskError', code: 'not-found', field: 'id' });
    const stale = store.writer.startSync({ connection: 77, kind: 'full', since: null, now: t0 });
    await expect(stale).rejects.toMatchObject({ code: 'not-found', facts: { connection: 77 } });
    await expect(store.reader.all('SELECT nonsense')).rejects.toThrow('no such column: nonsense');
  });

  it('has a reader that SQLite itself keeps from writing', async () => {
    const store = await openTestStore(tempDir(), true);
    await expect(store.reader.all('DELETE FROM connection RETURNING id')).rejects.toMatchObject({
      code: 'store-read-only',
    });
  });

  it('rejects every waiting call when a worker dies, and starts a new one for the next', async () => {
    const dataDir = tempDir();
    const entry = join(tempDir(), 'worker.mjs');
    const side = new URL('../../electron/core/store/workerSide.ts', import.meta.url).href;
    const table = new URL('../../electron/core/store/tables/connections.ts', import.meta.url).href;
    writeFileSync(
      entry,
      `import { serveWorker } from '${side}'; import { connectionWrites } from '${table}';
       serveWorker({ ...connectionWrites, die: () => process.exit(3) });`,
    );
    const ops = { ...connectionWrites, die: (_db: Database.Database, _args: Record<string, never>): void => {} };
    const store = await openStoreWith(ops, migrations, new URL(`file://${entry}`), {
      dataDir,
      workers: true,
      log: () => {},
    });
    onTestFinished(() => store.close());
    await addConnection(store.writer, 'One', t0);
    const calls = [
      store.writer.die({}),
      addConnection(store.writer, 'Two', t0),
      addConnection(store.writer, 'Three', t0),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
    }
    await addConnection(store.writer, 'Four', t0);
    expect(await store.reader.all('SELECT name FROM connection ORDER BY id')).toEqual([
      { name: 'One' },
      { name: 'Four' },
    ]);
  });

  it('refuses calls after it was closed, and lets those before finish', async () => {
    const store = await openTestStore(tempDir(), true);
    const adding = addConnection(store.writer, 'One', t0);
    await store.close();
    expect(await adding).toBe(1);
    await expect(store.reader.all('SELECT 1')).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('two processes', () => {
  it('write to one file in turns, and each sees what the other did', async () => {
    const dataDir = tempDir();
    const store = await openTestStore(dataDir, true);
    const connection = await addConnection(store.writer, 'Parent', t0);
    const child = startChild('add', dataDir, '60');
    const ended = once(child, 'exit');
    for (let n = 0; n < 60; n += 1) {
      await syncPages(store, connection, [[userNumber(n)]], { kind: 'incremental' });
    }
    const [exitCode] = await ended;
    expect(exitCode).toBe(0);
    expect(await store.reader.get('SELECT count(*) AS n FROM risky_user')).toEqual({ n: 120 });
    const { cube, truth } = await cubeAndTruth(store);
    expect(cube).toEqual(truth);
  }, 60_000);

  it('says that it is busy when the other holds the lock for too long', async () => {
    const dataDir = tempDir();
    const store = await openStore({ dataDir, workers: false, busyTimeout: 50, log: () => {} });
    onTestFinished(() => store.close());
    const other = new Database(store.file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await expect(addConnection(store.writer, 'One', t0)).rejects.toMatchObject({ code: 'store-busy' });
    other.exec('ROLLBACK');
    expect(await addConnection(store.writer, 'One', t0)).toBe(1);
  });
});

describe('a process that is killed in the middle of the first sync', () => {
  it.each([1, 9, 60])(
    'keeps exactly the pages whose link it stands at (killed after page %i)',
    async (after) => {
      const dataDir = tempDir();
      const child = startChild('fill', dataDir);
      if (child.stdout === null) throw new Error('the child has no output');
      let told = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        const said: { page?: number } = JSON.parse(line);
        told = said.page ?? told;
        if (told >= after) break;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');

      const store = await openTestStore(dataDir);
      const sync = await store.reader.get<{ id: number; pages: number; next_link: string; state: string }>(
        'SELECT * FROM sync',
      );
      if (sync === undefined) throw new Error('the sync is lost');
      expect(sync.state).toBe('running');
      expect(sync.pages).toBeGreaterThanOrEqual(told);
      expect(sync.next_link).toBe(`page ${sync.pages}`);
      expect(await store.reader.get('SELECT count(*) AS n FROM risky_user')).toEqual({ n: sync.pages * 500 });
      expect(await store.reader.get('SELECT count(*) AS n FROM user_text')).toEqual({ n: sync.pages * 500 });

      await store.writer.resumeSync({ syncId: sync.id });
      const users = people(sync.pages * 500, 500, t0);
      await store.writer.writePage({
        syncId: sync.id,
        users,
        nextLink: null,
        skipped: 0,
        repaired: 0,
        examples: [],
        now: t0,
        ...spent,
      });
      const done = await store.writer.finishSync({
        syncId: sync.id,
        complete: true,
        message: null,
        errorCode: null,
        now: t0,
        ...spent,
      });
      expect(done).toMatchObject({ users: (sync.pages + 1) * 500, gone: 0 });
      const { cube, truth } = await cubeAndTruth(store);
      expect(cube).toEqual(truth);
      expect(await store.reader.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    },
    60_000,
  );
});
