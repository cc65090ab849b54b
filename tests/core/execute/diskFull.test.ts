/** A disk that fills up in the middle of a run. Wants a small disk of its own, which needs the right to mount one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openScene, people } from './scene.ts';

it('whoever watches the run is told, nothing is sent unrecorded, and the run goes on when there is space', async (context) => {
  const dir = mkdtempSync(join(tmpdir(), 'riskdesk-full-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', dir]).status !== 0) {
    return context.skip('mounting a tmpfs is not allowed here');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  const scene = await openScene({ dataDir: dir });
  onTestFinished(() => scene.close());
  const ids = people(scene.twin, 400);
  for (const id of ids) scene.twin.control.setAccountEnabled(id, true);
  const head = await scene.plan({ kind: 'disable-account', ids });
  const ballast = join(dir, 'ballast');
  let batches = 0;
  scene.twin.control.inject({
    kind: 'slow',
    match(method, path) {
      const fill = method === 'POST' && path.endsWith('/$batch') && ++batches === 6;
      const { bavail, bsize } = statfsSync(dir);
      if (fill) writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      return false;
    },
  });

  const { runId, done } = await scene.executor.run(head.planId, { confirm: head.counts.act });
  const ended = expect(done).rejects.toMatchObject({ code: 'disk-full' });
  const watching = async () => {
    for await (const _state of scene.executor.watch(runId));
  };
  await expect(watching()).rejects.toMatchObject({ code: 'disk-full' });
  await ended;
  const disabled = ids.filter((id) => scene.twin.control.user(id)?.accountEnabled === false).length;
  expect(disabled).toBeLessThan(400);

  rmSync(ballast);
  scene.twin.control.clearFaults();
  const resumed = await scene.executor.resume(runId);
  expect(await resumed.done).toMatchObject({ state: 'completed', counts: { succeeded: 400, failed: 0, unknown: 0 } });
  for await (const state of scene.executor.watch(runId)) expect(state.state).toBe('completed');
  expect(await scene.journal.verify()).toMatchObject({ intact: true });
});
