/** The schedule from the terminal, each command a process of its own: status, a scheduler until Ctrl-C, approve, reject. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScheduleState } from '../../shared/model/schedule.ts';
import { desk, documentOf, highRisk, serveTwinChild, type TwinChild } from './harness.ts';

let twin: TwinChild;
let work: ReturnType<typeof desk>;
beforeAll(async () => {
  twin = await serveTwinChild('--users', '200');
  work = desk(twin);
  await work.connect('contoso', '--sync-every', '1');
  await work.json(['rule', 'add', 'High', '--query', highRisk]);
  const what = ['--rule', 'High', '--connection', 'contoso', '--kind', 'add-to-group', '--create-group', 'Quarantine'];
  await work.json(['action', 'add', 'quarantine', ...what, '--automatic']);
  await work.json(['sync', 'contoso']);
});
afterAll(async () => {
  work.remove();
  await twin.stop();
});

const status = async () => (await work.json(['schedule', 'status'])) as ScheduleState;

/** Keeps the schedule in a process of its own until `done` says so, then sends Ctrl-C. */
async function kept(done: () => Promise<boolean>) {
  let child: ChildProcess | null = null;
  const ended = work.run(['schedule', 'run', '--json'], {
    started: (started) => {
      child = started;
    },
  });
  for (let look = 0; look < 60 && !(await done()); look += 1) await new Promise((resolve) => setTimeout(resolve, 250));
  // What the other process tells of comes a moment after the store has it.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  (child as ChildProcess | null)?.kill('SIGINT');
  return ended;
}

describe('schedule', () => {
  it('says that nobody keeps it, and plans nothing while nobody does', async () => {
    const state = await status();
    expect(state).toMatchObject({ keeper: false, holds: [{ why: 'nobody' }], pending: [], queue: [] });
    expect(state.connections).toMatchObject([{ connection: 'contoso', every: 1, last: { complete: true } }]);
    const text = await work.run(['schedule', 'status']);
    expect(text.stdout).toMatch(/no program keeps the schedule[\s\S]*contoso +1 min/);
    expect((await work.run(['action', 'list'])).stdout).toMatch(/AUTOMATIC[\s\S]*quarantine.*yes/);
  });

  it('is kept by `schedule run` until Ctrl-C; the plan that waits is approved by another process', async () => {
    let first: ScheduleState | null = null;
    const ended = await kept(async () => {
      first = await status();
      return first.pending.length === 1;
    });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/Keeping the schedule[\s\S]*waits for approval: Add to group[\s\S]*schedule approve/);
    expect(documentOf(ended)).toMatchObject({ keeper: true, pending: [{ action: 'quarantine', state: 'waiting' }] });
    expect(first).toMatchObject({ holds: [{ why: 'elsewhere' }] });

    const [plan] = (await status()).pending;
    const planId = plan?.planId ?? '';
    const act = plan?.counts.act ?? 0;
    expect(act).toBeGreaterThan(0);
    const shown = await work.run(['schedule', 'status']);
    expect(shown.stdout).toContain(`${planId} --confirm ${act}`);

    const wrong = await work.json(['schedule', 'approve', planId, '--confirm', String(act + 1_000)], 1);
    expect(wrong).toMatchObject({ error: { code: 'confirmation-needed', field: '--confirm' } });
    const approved = await work.json(['schedule', 'approve', planId, '--confirm', String(act)]);
    expect(approved).toMatchObject({
      plan: { state: 'ran', need: 'setting' },
      run: { state: 'completed', planId, counts: { succeeded: act, failed: 0 } },
    });
    const late = await work.json(['schedule', 'reject', planId], 1);
    expect(late).toMatchObject({ error: { code: 'plan-stale', field: 'PLAN-ID' } });
    const unknown = await work.json(['schedule', 'approve', 'nobody', '--confirm', '1'], 1);
    expect(unknown).toMatchObject({ error: { code: 'not-found', field: 'PLAN-ID' } });
    expect(await work.json(['journal', 'verify'])).toMatchObject({ intact: true });
  });

  it('is paused with a reason and resumed', async () => {
    const paused = await work.json(['schedule', 'pause', '--reason', 'migration']);
    expect(paused).toMatchObject({ holds: [{ why: 'paused', reason: 'migration' }, { why: 'nobody' }] });
    expect((await work.run(['schedule', 'status'])).stdout).toMatch(/Paused since .*: migration\./);
    expect(await work.json(['schedule', 'resume'])).toMatchObject({ holds: [{ why: 'nobody' }] });
  });
});
