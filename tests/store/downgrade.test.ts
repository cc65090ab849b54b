/** An older program after an update: it touches nothing, and says which version, which copy, and what to do. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSettings } from '../../electron/core/config/settings.ts';
import { type Migration, migrations } from '../../electron/core/store/migrations/index.ts';
import { openStoreWith } from '../../electron/core/store/openWith.ts';
import { settingWrites } from '../../electron/core/store/tables/settings.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { openTestStore, tempDir } from './harness.ts';

const newest = migrations.at(-1)?.version ?? 0;
const older = migrations.filter(({ version }) => version < newest);
const before = older.at(-1)?.version ?? 0;
const log = () => undefined;
const nowhere = new URL('file:///nowhere');

const open = (dataDir: string, known: readonly Migration[]) =>
  openStoreWith(settingWrites, known, nowhere, { dataDir, workers: false, log });

async function keep(dataDir: string, known: readonly Migration[], theme: string): Promise<void> {
  const store = await open(dataDir, known);
  await store.writer.saveSetting({ key: 'window', value: JSON.stringify({ theme }) });
  await store.close();
}

async function themeIn(dataDir: string, known: readonly Migration[]): Promise<unknown> {
  const store = await open(dataDir, known);
  const row = await store.reader.get<{ value: string }>('SELECT value FROM setting');
  await store.close();
  return JSON.parse(row?.value ?? 'null');
}

describe('a downgrade', () => {
  it('is refused with the version, the copy from before the update, and the way back; the way back works', async () => {
    const dir = tempDir();
    const file = join(dir, 'riskdesk.db');
    await keep(dir, older, 'dark');
    await keep(dir, migrations, 'light');
    const copy = `${file}.v${before}.bak`;
    expect(existsSync(copy)).toBe(true);
    await expect(open(dir, older)).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining(`it has schema version ${newest}, this program knows up to ${before}`),
      cure: expect.stringContaining(`The copy from before the update is ${copy}`),
      facts: { version: newest, newest: before, backup: `riskdesk.db.v${before}.bak` },
    });
    expect(await themeIn(dir, migrations)).toEqual({ theme: 'light' });
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    renameSync(copy, file);
    expect(await themeIn(dir, older)).toEqual({ theme: 'dark' });
  });

  it('names no copy that it could not read, and says when there is none', async () => {
    const dir = tempDir();
    await keep(dir, older, 'dark');
    await keep(dir, migrations, 'light');
    const file = join(dir, 'riskdesk.db');
    renameSync(`${file}.v${before}.bak`, `${file}.v${newest + 1}.bak`);
    await expect(open(dir, older)).rejects.toMatchObject({
      cure: expect.stringMatching(
        /^Install the newer Riskdesk again, .* No copy from before the update lies beside it\.$/,
      ),
      facts: { backup: null },
    });
  });

  it('takes the newest of several copies that it can read', async () => {
    const dir = tempDir();
    for (const version of migrations.map((migration) => migration.version)) {
      await keep(
        dir,
        migrations.filter((migration) => migration.version <= version),
        `v${version}`,
      );
    }
    await expect(open(dir, older)).rejects.toMatchObject({ facts: { backup: `riskdesk.db.v${before}.bak` } });
  });
});

describe('settings of a newer version', () => {
  it('are at their defaults, and those that this one knows stay as they are', async () => {
    const store = await openTestStore();
    const save = (key: string, value: unknown) => store.writer.saveSetting({ key, value: JSON.stringify(value) });
    await save('thresholds', { critical: 600, high: 700, medium: 800 });
    await save('guardrails', { ...defaultSettings.guardrails, readOnly: true, cap: 7, inventedLater: [1] });
    await save('window', { theme: 'dark', density: 'inventedLater' });
    await save('inventedLater', { one: 1 });
    const settings = await createSettings(store.reader, store.writer).get();
    expect(settings.thresholds).toEqual({ critical: 600, high: 700, medium: 800 });
    expect(settings.guardrails).toEqual({ ...defaultSettings.guardrails, readOnly: true, cap: 7 });
    expect(settings.window).toEqual({ ...defaultSettings.window, theme: 'dark' });
    expect(settings.updates).toEqual(defaultSettings.updates);
  });

  it('may have broken a rule that spans a group: then the keys count one by one, and none is half applied', async () => {
    const store = await openTestStore();
    const value = JSON.stringify({ critical: 900, high: 100, medium: 800 });
    await store.writer.saveSetting({ key: 'thresholds', value });
    const { thresholds } = await createSettings(store.reader, store.writer).get();
    expect(thresholds.critical < thresholds.high && thresholds.high < thresholds.medium).toBe(true);
  });
});
