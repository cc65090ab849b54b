/** Opening: new and old databases, and every kind of file that must be refused by name and left as it is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/core/store/migrations/index.ts';
import { openStore } from '../../electron/core/store/open.ts';
import { openStoreWith } from '../../electron/core/store/openWith.ts';
import { settingWrites } from '../../electron/core/store/tables/settings.ts';
import { syncWrites } from '../../electron/core/store/tables/syncs.ts';
import { addConnection } from '../harness/connection.ts';
import { openTestStore, spent, syncPages, t0, tempDir, userNumber } from './harness.ts';

const childFile = new URL('../harness/storeChild.ts', import.meta.url).pathname;
const nowhere = new URL('file:///nowhere');
const log = () => {};

function open(dataDir: string) {
  return openStore({ dataDir, workers: false, log });
}

/** Names and hashes of all files in a folder. */
function fingerprint(dir: string): Record<string, string> {
  const files = readdirSync(dir).filter((name) => statSync(join(dir, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex'),
    ]),
  );
}

/** A closed database with some users in it. */
async function filledDir(): Promise<string> {
  const dir = tempDir();
  const store = await openTestStore(dir);
  const connection = await addConnection(store.writer, 'Contoso', t0);
  await syncPages(store, connection, [Array.from({ length: 500 }, (_, n) => userNumber(n))]);
  await store.close();
  return dir;
}

describe('opening', () => {
  it('makes the folder for its owner alone, and a database that opens again', async () => {
    const dir = join(tempDir(), 'deep', 'data');
    const store = await openTestStore(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    await addConnection(store.writer, 'Contoso', t0);
    await store.close();
    const again = await openTestStore(dir);
    expect(await again.reader.all('SELECT name FROM connection')).toEqual([{ name: 'Contoso' }]);
    expect(existsSync(`${store.file}.v0.bak`)).toBe(false);
  });

  it('takes an empty file for a new database', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'riskdesk.db'), '');
    const store = await openTestStore(dir);
    expect(await store.reader.all('SELECT * FROM connection')).toEqual([]);
  });

  it('has the term codes of the shared vocabulary', async () => {
    const store = await openTestStore();
    expect(await store.reader.get("SELECT code FROM term WHERE kind = 'level' AND text = 'high'")).toEqual({ code: 4 });
  });

  it.each(migrations.slice(0, -1).map(({ version }) => version))(
    'migrates from version %i, with a backup first',
    async (version) => {
      const dir = tempDir();
      const older = migrations.filter((migration) => migration.version <= version);
      const old = await openStoreWith(settingWrites, older, nowhere, { dataDir: dir, workers: false, log });
      await old.writer.saveSetting({ key: 'window', value: '{"theme":"dark"}' });
      await old.close();
      const store = await openTestStore(dir);
      expect(await store.reader.all('SELECT * FROM setting')).toEqual([{ key: 'window', value: '{"theme":"dark"}' }]);
      expect(await store.reader.get('PRAGMA user_version')).toEqual({ user_version: migrations.at(-1)?.version });
      const backup = new Database(`${store.file}.v${version}.bak`, { readonly: true });
      onTestFinished(() => void backup.close());
      expect(backup.pragma('user_version', { simple: true })).toBe(version);
      expect(backup.prepare('SELECT * FROM setting').all()).toHaveLength(1);
    },
  );

  it('leaves the old version whole when a migration fails', async () => {
    const dir = await filledDir();
    const broken = {
      version: 99,
      sql: 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; INSERT INTO missing_table VALUES (1);',
    };
    const attempt = openStoreWith(syncWrites, [...migrations, broken], nowhere, { dataDir: dir, workers: false, log });
    await expect(attempt).rejects.toThrow('no such table');
    const store = await openTestStore(dir);
    expect(await store.reader.all("SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual([]);
    expect(await store.reader.get('SELECT count(*) AS n FROM risky_user')).toEqual({ n: 500 });
  });
});

describe('a file that must not be touched', () => {
  it('is refused as newer, by both versions', async () => {
    const dir = await filledDir();
    const db = new Database(join(dir, 'riskdesk.db'));
    db.pragma('user_version = 4711');
    db.close();
    const before = fingerprint(dir);
    await expect(open(dir)).rejects.toMatchObject({ code: 'store-newer', field: 'dataDir', facts: { version: 4711 } });
    await expect(open(dir)).rejects.toThrow(/4711/);
    expect(fingerprint(dir)).toEqual(before);
  });

  it('is refused as newer when only its -wal says so', async () => {
    const dir = await filledDir();
    // A process that ends without closing leaves its -wal behind.
    const script = `
      import Database from 'better-sqlite3';
      const db = new Database(process.argv[1]);
      db.pragma('wal_autocheckpoint = 0');
      db.pragma('user_version = 4711');
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--input-type=module', '-e', script, join(dir, 'riskdesk.db')], {
      cwd: process.cwd(),
    });
    rmSync(join(dir, 'riskdesk.db-shm'), { force: true });
    const before = fingerprint(dir);
    expect(Object.keys(before)).toContain('riskdesk.db-wal');
    await expect(open(dir)).rejects.toMatchObject({ code: 'store-newer' });
    const { 'riskdesk.db-shm': _shm, ...after } = fingerprint(dir);
    expect(after).toEqual(before);
  });

  it.each([
    ['text', (file: string) => writeFileSync(file, 'this is not a database, whatever its name says\n'.repeat(100))],
    ['a cut file', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['a file cut inside its first page', (file: string) => truncateSync(file, 60)],
    ['a garbled schema', (file: string) => writeFileSync(file, garble(readFileSync(file), 100, 8000))],
  ])('is refused as damaged: %s', async (_, damage) => {
    const dir = await filledDir();
    damage(join(dir, 'riskdesk.db'));
    const before = fingerprint(dir);
    await expect(open(dir)).rejects.toMatchObject({ code: 'store-corrupt', field: 'dataDir' });
    expect(fingerprint(dir)).toEqual(before);
  });

  it('is refused as damaged when a folder is in its place', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'riskdesk.db'));
    await expect(open(dir)).rejects.toMatchObject({ code: 'store-corrupt' });
  });

  it('is refused when the data folder is a file', async () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, 'x');
    await expect(open(file)).rejects.toMatchObject({ code: 'bad-input', field: 'dataDir' });
    await expect(open(join(file, 'below'))).rejects.toMatchObject({ code: 'bad-input', field: 'dataDir' });
  });

  it('fails by name later, too, when a page in the middle is damaged', async () => {
    const dir = await filledDir();
    const file = join(dir, 'riskdesk.db');
    const db = new Database(file, { readonly: true });
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'user_upn'").pluck().get();
    db.close();
    writeFileSync(file, garble(readFileSync(file), (Number(root) - 1) * 8192, Number(root) * 8192));
    const store = await openTestStore(dir);
    await expect(
      store.reader.all('SELECT * FROM user_text INDEXED BY user_upn ORDER BY upn_fold'),
    ).rejects.toMatchObject({
      code: 'store-corrupt',
    });
  });
});

function garble(content: Buffer, from: number, to: number): Buffer {
  return Buffer.concat([content.subarray(0, from), Buffer.alloc(to - from, 0xa5), content.subarray(to)]);
}

/** Opens in a process of another account, which root's permissions do not help. */
function openAsNobody(dir: string): { ok: boolean; code?: string; message?: string } {
  const root = process.getuid?.() === 0;
  const result = spawnSync(process.execPath, [childFile, 'open', dir], {
    encoding: 'utf8',
    ...(root ? { uid: 65534, gid: 65534 } : {}),
  });
  if (result.stdout === '') throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}

describe('a place that cannot be written', () => {
  it('is refused as read-only: the folder', () => {
    const dir = tempDir();
    chmodSync(dir, 0o555);
    expect(openAsNobody(dir)).toMatchObject({ ok: false, code: 'store-read-only' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('is refused as read-only: a folder that cannot be made', () => {
    const dir = tempDir();
    chmodSync(dir, 0o555);
    expect(openAsNobody(join(dir, 'data'))).toMatchObject({ ok: false, code: 'store-read-only' });
  });

  it('is refused as read-only: the file', async () => {
    const dir = await filledDir();
    chmodSync(dir, 0o777);
    chmodSync(join(dir, 'riskdesk.db'), 0o444);
    const before = fingerprint(dir);
    expect(openAsNobody(dir)).toMatchObject({ ok: false, code: 'store-read-only' });
    expect(fingerprint(dir)).toEqual(before);
  });

  it('is refused as read-only: a file that may not even be read', async () => {
    const dir = await filledDir();
    chmodSync(dir, 0o777);
    chmodSync(join(dir, 'riskdesk.db'), 0o000);
    expect(openAsNobody(dir)).toMatchObject({ ok: false, code: 'store-read-only' });
  });
});

/** A disk of its own, of some megabytes; null where mounting is not allowed. */
function smallDisk(megabytes: number): string | null {
  const dir = tempDir();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]);
  if (mounted.status !== 0) return null;
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  return dir;
}

describe('a full disk', () => {
  it('refuses the page by name, keeps everything before it, and goes on when there is space again', async (context) => {
    const dir = smallDisk(4);
    if (dir === null) return context.skip('mounting a tmpfs is not allowed here');
    const ballast = join(dir, 'ballast');
    const store = await openTestStore(dir);
    const connection = await addConnection(store.writer, 'Contoso', t0);
    const { syncId } = await store.writer.startSync({ connection, kind: 'full', since: null, now: t0 });
    const page = (n: number) => ({
      syncId,
      users: Array.from({ length: 500 }, (_, index) => userNumber(n * 500 + index)),
      nextLink: `page ${n + 1}`,
      skipped: 0,
      repaired: 0,
      examples: [],
      now: t0,
      ...spent,
    });
    await store.writer.writePage(page(0));
    const free = Number(execFileSync('df', ['--output=avail', '-B1', dir], { encoding: 'utf8' }).split('\n')[1]);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, free - 40_000)));
    await expect(store.writer.writePage(page(1))).rejects.toMatchObject({ code: 'disk-full' });
    expect(await store.reader.get('SELECT count(*) AS n FROM risky_user')).toEqual({ n: 500 });
    expect(await store.reader.get('SELECT next_link FROM sync')).toEqual({ next_link: 'page 1' });
    rmSync(ballast);
    expect(await store.writer.writePage(page(1))).toMatchObject({ pages: 2, users: 1000 });
  });

  it('refuses to make a new database by name, and leaves nothing behind', async (context) => {
    const dir = smallDisk(1);
    if (dir === null) return context.skip('mounting a tmpfs is not allowed here');
    writeFileSync(join(dir, 'ballast'), Buffer.alloc(1024 * 1024 - 16 * 1024));
    await expect(open(dir)).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(dir)).toEqual(['ballast']);
  });
});
