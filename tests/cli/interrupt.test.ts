/** Ctrl-C in the middle of a sync and of a run: exit code 1, one JSON document, and the next command goes on. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk, documentOf, highRisk, type Outcome, serveTwinChild, type TwinChild } from './harness.ts';

const users = 6_000;
let twin: TwinChild;
let work: ReturnType<typeof desk>;
beforeAll(async () => {
  twin = await serveTwinChild('--users', String(users), '--requests-per-second', '1');
  work = desk(twin);
  await work.connect('slow');
}, 30_000);
afterAll(async () => {
  work.remove();
  await twin.stop();
});

/** Runs the command and sends the signal once another process, which looks at the same data, sees that it is under way. */
async function interrupted(
  args: readonly string[],
  signal: NodeJS.Signals,
  underWay: () => Promise<boolean>,
): Promise<Outcome> {
  let child: ChildProcess | null = null;
  const ended = work.run([...args, '--json'], {
    started: (started) => {
      child = started;
    },
  });
  try {
    for (let look = 0; look < 60 && !(await underWay()); look += 1);
  } finally {
    (child as ChildProcess | null)?.kill(signal);
  }
  return ended;
}

describe('Ctrl-C', () => {
  it('stops a sync after the page at hand, and the next sync goes on', async () => {
    const stopped = await interrupted(['sync', 'slow'], 'SIGINT', async () => {
      const page = (await work.json(['users', 'list', '--limit', '1'])) as { readonly total: number };
      return page.total > 0;
    });
    expect(stopped.stderr).toMatch(/Stopping after the page at hand[\s\S]*not complete[\s\S]*sync slow/);
    expect(stopped.code).toBe(1);
    const part = documentOf(stopped) as { readonly complete: boolean; readonly users: number };
    expect(part.complete).toBe(false);
    expect(part.users).toBeGreaterThan(0);
    expect(part.users).toBeLessThan(users);
    const whole = (await work.json(['sync', 'slow'])) as { readonly requests: number; readonly throttled: number };
    expect(whole).toMatchObject({ complete: true, users });
    // Both halves together: at most the page at hand was read twice.
    expect(whole.requests - whole.throttled).toBeLessThanOrEqual(users / 500 + 1);
  }, 120_000);

  it('pauses a run after the batch at hand, and resume finishes it', async () => {
    await work.json(['rule', 'add', 'High', '--query', highRisk]);
    const what = ['--rule', 'High', '--connection', 'slow', '--kind', 'dismiss'];
    await work.json(['action', 'add', 'dismiss', ...what]);
    const plan = (await work.json(['action', 'plan', 'dismiss'])) as {
      readonly planId: string;
      readonly total: number;
      readonly counts: { readonly act: number };
    };
    const run = ['action', 'run', plan.planId, '--confirm', String(plan.counts.act)];
    const paused = await interrupted(run, 'SIGTERM', async () => {
      const { rows } = (await work.json(['action', 'runs'])) as {
        readonly rows: readonly { readonly counts: { readonly succeeded: number } }[];
      };
      return (rows[0]?.counts.succeeded ?? 0) > 0;
    });
    expect(paused.stderr).toMatch(/Stopping after the batch at hand[\s\S]*action resume/);
    expect(paused.code).toBe(1);
    const half = documentOf(paused) as { readonly runId: string; readonly state: string; readonly left: number };
    expect(half.state).toBe('paused');
    expect(half.left).toBeGreaterThan(0);
    const done = (await work.json(['action', 'resume', half.runId])) as {
      readonly counts: Readonly<Record<string, number>>;
    };
    expect(done).toMatchObject({ state: 'completed', left: 0, counts: { failed: 0, unknown: 0 } });
    const outcomes = Object.values(done.counts).reduce((sum, each) => sum + each, 0);
    expect(outcomes).toBe(plan.total);
    expect(await work.json(['journal', 'verify'])).toMatchObject({ intact: true });
  }, 180_000);
});
