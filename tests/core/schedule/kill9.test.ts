/** Two processes on one data folder: one keeps the schedule, the other waits, and takes over when the first is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { ScheduleState } from '../../../shared/model/schedule.ts';
import { openSchedule, type ScheduleScene } from './scene.ts';

const script = fileURLToPath(new URL('../../harness/scheduleChild.ts', import.meta.url));

type Child = {
  readonly process: ChildProcess;
  readonly latest: () => ScheduleState | null;
  /** Every state it printed. */
  readonly all: readonly ScheduleState[];
  kill(): Promise<void>;
};

let scene: ScheduleScene;
const children: Child[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  await scene.close();
});

function start(): Child {
  const { dataDir, secretVariable, twin } = scene.test;
  const job = JSON.stringify({ dataDir, secretVariable, secret: twin.credentials.secret });
  const child = spawn(process.execPath, [script, job], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const all: ScheduleState[] = [];
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) all.push(JSON.parse(line) as ScheduleState);
  });
  const made: Child = {
    process: child,
    latest: () => all.at(-1) ?? null,
    all,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  children.push(made);
  return made;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`never: ${what}`);
}

it('one keeps it; kill -9 in the middle of a sync hands it to the other, which finishes and goes on', {
  timeout: 120_000,
}, async () => {
  scene = await openSchedule({ scheduler: false });
  scene.raise(4);
  await scene.connect();
  await scene.act();
  const first = start();
  await until('the first keeps it', () => first.latest()?.keeper === true);
  const second = start();
  await until('the second sees who keeps it', () => {
    const hold = second.latest()?.holds.find(({ why }) => why === 'elsewhere');
    return hold?.why === 'elsewhere' && hold.pid === first.process.pid;
  });
  scene.test.twin.control.inject({
    kind: 'slow',
    delayMs: 1_500,
    times: 1,
    match: (_, path) => path.includes('riskyUsers'),
  });
  await until('a sync under way', () => first.latest()?.connections[0]?.running === true);
  expect(second.all.some(({ keeper }) => keeper)).toBe(false);
  await first.kill();

  await until('the second keeps it', () => second.latest()?.keeper === true);
  await until('a complete sync', () => second.latest()?.connections[0]?.last?.complete === true);
  await until('a plan that waits', () => second.latest()?.pending.length === 1);
  expect(second.latest()?.pending[0]).toMatchObject({ counts: { act: 4 } });

  // A third one finds it kept, and a person in any process decides.
  const { pending } = await scene.client.schedule.state();
  const approved = await scene.client.schedule.approve({ planId: pending[0]?.planId ?? '', confirm: 4 });
  expect(approved).toMatchObject({ state: 'ran', decidedBy: 'tester' });
  await until('members', () => scene.test.twin.control.members(scene.group).size === 4);
  expect(await scene.client.journal.verify()).toMatchObject({ intact: true });
  expect(scene.test.twin.control.violations).toEqual([]);
});

it('kill -9 in the middle of a run that nobody asked for leaves it to be resumed, and the next keeper starts no second one over it', {
  timeout: 120_000,
}, async () => {
  scene = await openSchedule({ scheduler: false });
  await scene.client.settings.set({ key: 'guardrails.approveAutomatic', value: false });
  scene.raise(60);
  await scene.connect();
  await scene.act();
  scene.test.twin.control.inject({
    kind: 'slow',
    delayMs: 1_500,
    match: (method) => method === 'PATCH' || method === 'POST',
  });
  const first = start();
  const runs = async () => (await scene.client.actions.runs({})).rows;
  let begun = false;
  for (let tries = 0; tries < 1_200 && !begun; tries += 1) {
    begun = (await runs()).some(({ state }) => state === 'running');
    if (!begun) await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await first.kill();
  scene.test.twin.control.clearFaults();
  const second = start();
  await until('the second keeps it', () => second.latest()?.keeper === true);
  await until('it synced again', () => second.latest()?.connections[0]?.last?.complete === true);
  for (let tries = 0; tries < 1_200 && scene.test.twin.control.members(scene.group).size < 60; tries += 1) {
    const interrupted = (await runs()).find(({ state }) => state === 'interrupted');
    if (interrupted !== undefined && tries > 200)
      await scene.client.actions.resume({ runId: interrupted.runId }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(scene.test.twin.control.members(scene.group)).toEqual(scene.risky);
  const states = (await runs()).map(({ state }) => state);
  expect(states.filter((state) => state === 'running').length).toBeLessThanOrEqual(1);
  expect(await scene.client.journal.verify()).toMatchObject({ intact: true });
});
