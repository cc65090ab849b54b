/** A disk that fills up in the middle of a sync. Wants a small disk of its own, which needs the right to mount one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cachedUsers, expectSameUsers, openSyncScene, readRows } from './scene.ts';
import { startSync } from './syncProcess.ts';

it('a sync on a full disk ends with its name, keeps the cache, and goes on when there is space', async (context) => {
  const dir = mkdtempSync(join(tmpdir(), 'riskdesk-full-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', dir]).status !== 0) {
    return context.skip('mounting a tmpfs is not allowed here');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));

  const scene = await openSyncScene({ twin: { users: 20_000 } });
  onTestFinished(() => scene.close());
  await scene.test.core.close();
  copyFileSync(join(scene.test.dataDir, 'riskdesk.db'), join(dir, 'riskdesk.db'));
  const ballast = join(dir, 'ballast');
  const { bavail, bsize } = statfsSync(dir);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 3 * 1024 * 1024)));

  const { report, code, errors } = await startSync(dir).ended;
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(report).toMatchObject({ complete: false, errorCode: 'disk-full' });
  expect(report?.message).toMatch(/No space is left on the disk.*Free some space/);
  const kept = cachedUsers(dir);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(20_000);
  expect(report?.users).toBe(kept.length);
  expect(readRows(dir, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);

  rmSync(ballast);
  scene.control.resetCounters();
  expect((await startSync(dir).ended).report).toMatchObject({ complete: true, users: 20_000, added: 20_000 });
  expect(scene.pages().length).toBeLessThan(40);
  expectSameUsers(cachedUsers(dir), scene.control);
});
