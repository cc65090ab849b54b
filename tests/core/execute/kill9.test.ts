/** A process that is killed in the middle of a run, again and again: the next one finishes, every user exactly once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { existing, openScene, people, type Scene } from './scene.ts';

const script = fileURLToPath(new URL('../../harness/executeChild.ts', import.meta.url));

type Child = {
  readonly process: ChildProcess;
  readonly runId: Promise<string>;
  readonly ended: Promise<number | null>;
};

function start(scene: Scene, dataDir: string, job: { planId?: string; confirm?: number; runId?: string }): Child {
  const { authorityUrl, graphUrl } = scene.served;
  const args = {
    dataDir,
    authorityUrl,
    graphUrl,
    credentials: scene.twin.credentials,
    planId: null,
    confirm: null,
    runId: null,
  };
  const process_ = spawn(process.execPath, [script, JSON.stringify({ ...args, ...job })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  process_.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => process_.once('close', resolve));
  const runId = new Promise<string>((resolve, reject) => {
    process_.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().split('\n')[0] ?? ''));
    ended.then((code) => reject(new Error(`the child ended with ${code}: ${errors}`)), reject);
  });
  return { process: process_, runId, ended };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('kill -9 in the middle of a run', () => {
  it.each(['add-to-group', 'remove-from-group', 'disable-account', 'dismiss'] as const)(
    '%s',
    { timeout: 120_000 },
    async (kind) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-kill9-'));
      const scene = await openScene({ users: 2_200, dataDir });
      try {
        const { control } = scene.twin;
        const users = kind === 'disable-account' ? 300 : kind === 'dismiss' ? 600 : 1_800;
        const ids = people(scene.twin, users);
        const chosen = new Set(ids);
        const group = control.addGroup({ displayName: 'Risky' });
        if (kind === 'remove-from-group') for (const id of ids) control.addMember(group.id, id);
        for (const id of ids) control.setAccountEnabled(id, true);
        control.changeRisk((user) => chosen.has(user.id), {
          riskLevel: 'high',
          riskState: 'atRisk',
          riskDetail: 'none',
        });
        const target = kind.endsWith('group') ? existing(group) : null;
        const head = await scene.plan({ kind, ids, group: target });
        const writes = () =>
          control.requestLog.filter(
            ({ method, kind: call }) => method !== 'GET' && call !== 'token' && call !== 'batch',
          ).length;
        control.inject({
          kind: 'slow',
          delayMs: 25,
          match: (method, path) => method === 'POST' && !path.includes('oauth2'),
        });

        let child = start(scene, dataDir, { planId: head.planId, confirm: head.counts.act });
        const runId = await child.runId;
        for (let kills = 0; kills < 3; kills += 1) {
          const seen = writes();
          await until(() => writes() > seen + 2 || child.process.exitCode !== null);
          expect(child.process.exitCode, 'the run was over before it could be killed').toBeNull();
          child.process.kill('SIGKILL');
          await child.ended;
          expect((await scene.journal.run(runId)).run.state).toBe('running');
          if (kills === 2) break;
          child = start(scene, dataDir, { runId });
          await child.runId;
        }

        // This process finds the orphan, then finishes it.
        expect(await scene.executor.recover()).toMatchObject([{ runId, state: 'interrupted' }]);
        expect(await scene.journal.work(runId, { states: ['started'], after: 0, limit: 10 })).toEqual([]);
        const { counts } = (await scene.journal.run(runId)).run;
        const run = await (await scene.executor.resume(runId)).done;
        expect(run).toMatchObject({
          state: 'completed',
          left: 0,
          counts: { already: 0, skipped: 0, failed: 0, unknown: 0 },
        });
        expect(run.counts.succeeded).toBe(users);
        expect(counts.succeeded).toBeLessThan(users);

        if (kind === 'add-to-group') expect(control.members(group.id)).toEqual(chosen);
        if (kind === 'remove-from-group') expect(control.members(group.id).size).toBe(0);
        if (kind === 'disable-account')
          expect(ids.every((id) => control.user(id)?.accountEnabled === false)).toBe(true);
        const { rows } = await scene.journal.list({ runId, event: 'step.succeeded' }, { limit: 10_000 });
        expect(new Set(rows.map(({ objectId }) => objectId))).toEqual(chosen);
        expect(rows).toHaveLength(users);
        expect((await scene.journal.list({ runId, event: 'run.interrupted' }, { limit: 10 })).total).toBe(3);
        expect(await scene.journal.verify()).toMatchObject({ intact: true });
        expect(control.violations).toEqual([]);
      } finally {
        await scene.close();
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
  );
});
