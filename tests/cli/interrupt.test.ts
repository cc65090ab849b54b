/** Ctrl-C in the middle of a sync and of a run: exit code 1, one JSON document, and the next command goes on. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk, documentOf, serveTwinChild, type TwinChild } from './harness.ts';

const users = 4_000;
let twin: TwinChild;
let work: ReturnType<typeof desk>;
beforeAll(async () => {
  twin = await serveTwinChild('--users', String(users), '--requests-per-second', '2', '--directory-units', '60');
  work = desk(twin);
  await work.connect('slow');
}, 30_000);
afterAll(async () => {
  work.remove();
  await twin.stop();
});

const interruptAfter =
  (ms: number, signal: NodeJS.Signals = 'SIGINT') =>
  (child: ChildProcess): void => {
    setTimeout(() => child.kill(signal), ms);
  };

describe('Ctrl-C', () => {
  it('stops a sync after the page at hand, and the next sync goes on', async () => {
    const stopped = await work.run(['sync', 'slow', '--json'], { started: interruptAfter(2_000) });
    expect(stopped.stderr).toMatch(/Stopping after the page at hand[\s\S]*not complete[\s\S]*sync slow/);
    expect(stopped.code).toBe(1);
    const part = documentOf(stopped) as { readonly complete: boolean; readonly users: number };
    expect(part.complete).toBe(false);
    expect(part.users).toBeGreaterThan(0);
    expect(part.users).toBeLessThan(users);
    const rest = (await work.json(['sync', 'slow'])) as { readonly added: number; readonly users: number };
    expect(rest).toMatchObject({ complete: true, users });
    expect(rest.added).toBeLessThan(users);
  }, 60_000);

  it('pauses a run after the batch at hand, and resume finishes it', async () => {
    const everyone = '{"combinator":"and","rules":[{"field":"isDeleted","operator":"=","value":false}]}';
    await work.json(['rule', 'add', 'Everyone', '--query', everyone]);
    const what = ['--rule', 'Everyone', '--connection', 'slow', '--kind', 'dismiss'];
    await work.json(['action', 'add', 'dismiss', ...what]);
    const plan = (await work.json(['action', 'plan', 'dismiss'])) as {
      readonly planId: string;
      readonly total: number;
      readonly counts: { readonly act: number };
    };
    const confirm = ['--confirm', String(plan.counts.act)];
    const paused = await work.run(['action', 'run', plan.planId, ...confirm, '--json'], {
      started: interruptAfter(3_000, 'SIGTERM'),
    });
    expect(paused.stderr).toMatch(/Stopping after the batch at hand[\s\S]*action resume/);
    expect(paused.code).toBe(1);
    const half = documentOf(paused) as { readonly runId: string; readonly state: string; readonly left: number };
    expect(half.state).toBe('paused');
    expect(half.left).toBeGreaterThan(0);
    const done = (await work.json(['action', 'resume', half.runId])) as {
      readonly counts: Readonly<Record<string, number>>;
    };
    expect(done).toMatchObject({ state: 'completed', left: 0 });
    const outcomes = Object.values(done.counts).reduce((sum, each) => sum + each, 0);
    expect(outcomes).toBe(plan.total);
    expect(await work.json(['journal', 'verify'])).toMatchObject({ intact: true });
  }, 120_000);
});
