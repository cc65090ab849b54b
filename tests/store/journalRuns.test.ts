/** Plans and runs in the database: moves that are allowed, who may make them, counts that stay in step. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal, type Journal, type StepChange } from '../../electron/core/journal/journal.ts';
import { openStore } from '../../electron/core/store/open.ts';
import type { Store } from '../../electron/core/store/types.ts';
import type { PlanHead, PlanStep } from '../../shared/model/plan.ts';
import { type StepState, stepStates } from '../../shared/model/run.ts';

let dataDir: string;
let store: Store;
let journal: Journal;
let now = 0;
const owner = { pid: process.pid, token: 'mine' };

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 16);
  dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-runs-'));
  store = await openStore({ dataDir, workers: false, log: () => undefined });
  const clock = { now: () => now, monotonic: () => 0, sleep: () => Promise.resolve() };
  journal = createJournal({ reader: store.reader, writer: store.writer, clock, who: 'analyst' });
});
afterEach(async () => {
  expect(await journal.verify()).toMatchObject({ intact: true });
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function savePlan(planId: string, users: number): Promise<PlanHead> {
  const steps: PlanStep[] = Array.from({ length: users }, (_, i) => ({
    seq: i + 1,
    objectId: `00000000-0000-0000-0000-${String(i).padStart(12, '0')}`,
    userPrincipalName: `user${i}@contoso.com`,
    displayName: null,
    effect: 'act',
    reason: null,
    riskLevel: 'high',
    riskState: 'atRisk',
    score: 375,
  }));
  const head: PlanHead = {
    planId,
    origin: 'action',
    parentRunId: null,
    action: 'Contain',
    rule: 'High',
    connection: 'contoso',
    kind: 'dismiss',
    group: null,
    days: null,
    createdAt: new Date(now).toISOString(),
    total: users,
    counts: { act: users, already: 0, skipped: 0, reasons: {} },
    requests: 1,
    estimatedSeconds: 1,
    cap: 200,
    membersKnown: true,
    hash: `hash of ${planId}`,
  };
  await journal.savePlan(head, steps);
  return head;
}

async function startRun(runId: string, users: number): Promise<void> {
  const { planId, hash } = await savePlan(`plan of ${runId}`, users);
  await journal.startRun({ runId, planId, hash, confirm: null, owner });
}

const events = async (prefix: string) => (await journal.list({ event: prefix }, { limit: 1_000 })).rows;
const total = (changes: readonly StepChange[], runId = 'r1', token = 'mine') =>
  journal.recordSteps({ runId, token }, changes);

describe('plans', () => {
  it('are journalled with their hash, read page by page, and dropped after 30 days unless they were run', async () => {
    await savePlan('old', 5);
    await startRun('r1', 3);
    expect(await journal.getPlan('old')).toMatchObject({ used: false, runId: null, head: { hash: 'hash of old' } });
    expect(await journal.planSteps('old', { offset: 1, limit: 2 })).toMatchObject({
      total: 5,
      rows: [{ seq: 2 }, { seq: 3 }],
    });
    expect((await events('run.planned'))[1]?.detail).toContain('hash of old');
    now += 31 * 86_400_000;
    await savePlan('new', 1);
    await expect(journal.getPlan('old')).rejects.toMatchObject({ code: 'not-found', field: 'planId' });
    expect(await journal.getPlan('plan of r1')).toMatchObject({ used: true, runId: 'r1' });
    expect((await store.reader.get<{ n: number }>('SELECT COUNT(*) AS n FROM plan_step'))?.n).toBe(4);
  });

  it('run once, with the hash that was shown', async () => {
    const { planId, hash } = await savePlan('p', 1);
    const args = { runId: 'r1', planId, confirm: null, owner };
    await expect(journal.startRun({ ...args, hash: 'other' })).rejects.toMatchObject({ code: 'plan-stale' });
    await journal.startRun({ ...args, hash });
    await journal.setRunState({ runId: 'r1', token: 'mine' }, 'completed', null);
    await expect(journal.startRun({ ...args, runId: 'r2', hash })).rejects.toMatchObject({ code: 'plan-stale' });
    expect(await events('run.started')).toHaveLength(1);
  });
});

describe('ownership', () => {
  it('lets one run go at a time', async () => {
    await startRun('r1', 1);
    const { planId, hash } = await savePlan('p2', 1);
    const second = { runId: 'r2', planId, hash, confirm: null, owner };
    await expect(journal.startRun(second)).rejects.toMatchObject({ code: 'busy', facts: { runId: 'r1' } });
    await journal.setRunState({ runId: 'r1', token: 'mine' }, 'paused', null);
    await journal.startRun(second);
    await expect(journal.takeRun('r1', owner)).rejects.toMatchObject({ code: 'busy' });
  });

  it('refuses every write of a process that lost its run, and changes nothing', async () => {
    await startRun('r1', 2);
    await total([{ seq: 1, state: 'started' }]);
    expect(await journal.markInterrupted('r1', 'another')).toBe(false);
    expect(await journal.markInterrupted('r1', 'mine')).toBe(true);
    expect((await journal.run('r1')).run).toMatchObject({ state: 'interrupted', left: 1, counts: { unknown: 1 } });
    await journal.takeRun('r1', { pid: 1, token: 'theirs' });
    const before = (await events('')).length;
    await expect(total([{ seq: 1, state: 'succeeded' }])).rejects.toMatchObject({ code: 'busy' });
    await expect(journal.setRunState({ runId: 'r1', token: 'mine' }, 'completed', null)).rejects.toMatchObject({
      code: 'busy',
    });
    expect(await journal.beatRun({ runId: 'r1', token: 'mine' })).toBe(false);
    expect(await journal.beatRun({ runId: 'r1', token: 'theirs' })).toBe(true);
    expect((await events('')).length).toBe(before);
    await total([{ seq: 1, state: 'succeeded' }], 'r1', 'theirs');
  });

  it('treats what was started as unknown when a run is taken that did not end in order', async () => {
    await startRun('r1', 3);
    await total([{ seq: 2, state: 'started' }]);
    await journal.setRunState({ runId: 'r1', token: 'mine' }, 'stopped', 'the disk was full');
    await journal.takeRun('r1', owner);
    expect((await journal.run('r1')).run).toMatchObject({ state: 'running', message: null, counts: { unknown: 1 } });
  });
});

describe('steps', () => {
  it('move forward only, and a refused batch leaves nothing behind', async () => {
    await startRun('r1', 3);
    await total([{ seq: 1, state: 'started', before: 'atRisk' }]);
    await total([{ seq: 1, state: 'succeeded', after: 'dismissed', requestId: 'abc', httpStatus: 204 }]);
    for (const state of stepStates) {
      await expect(
        total([
          { seq: 2, state: 'started' },
          { seq: 1, state },
        ]),
      ).rejects.toMatchObject({ code: 'internal' });
    }
    await expect(total([{ seq: 2, state: 'succeeded' }])).rejects.toMatchObject({ code: 'internal' });
    await expect(total([{ seq: 99, state: 'started' }])).rejects.toMatchObject({ code: 'internal' });
    expect((await journal.steps('r1', { offset: 0, limit: 10 })).rows.map(({ state }) => state)).toEqual([
      'succeeded',
      'planned',
      'planned',
    ]);
    const [row] = await events('step.succeeded');
    expect(row).toMatchObject({
      before: 'atRisk',
      after: 'dismissed',
      requestId: 'abc',
      httpStatus: 204,
      whom: 'user0@contoso.com',
    });
  });

  it('that leave together are one row with their ranges', async () => {
    await startRun('r1', 10);
    await total([1, 2, 3, 7, 9, 10].map((seq) => ({ seq, state: 'started' })));
    expect((await events('step.started')).map(({ detail }) => detail)).toEqual([
      '{"steps":"1-3,7,9-10","users":6,"kind":"dismiss"}',
    ]);
  });

  it('are counted in the row of the run as a recount would', async () => {
    await startRun('r1', 12);
    const move = fc.record({ seq: fc.integer({ min: 1, max: 12 }), state: fc.constantFrom<StepState>(...stepStates) });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 3 }), async (changes) => {
        await total(changes).catch((error: unknown) => expect(error).toMatchObject({ code: 'internal' }));
        const rows = await store.reader.all<{ state: number; n: number }>(
          'SELECT state, COUNT(*) AS n FROM run_step GROUP BY state',
        );
        const count = (state: StepState) => rows.find((row) => row.state === stepStates.indexOf(state))?.n ?? 0;
        const { run } = await journal.run('r1');
        expect(run.left).toBe(count('planned') + count('started'));
        for (const state of ['succeeded', 'already', 'skipped', 'failed', 'unknown'] as const) {
          expect(run.counts[state]).toBe(count(state));
        }
        expect(run.total).toBe(12);
      }),
      { numRuns: 150 },
    );
  });

  it('are verified one by one, and counted', async () => {
    await startRun('r1', 3);
    await total([1, 2, 3].map((seq) => ({ seq, state: 'started' })));
    await total([1, 2, 3].map((seq) => ({ seq, state: 'succeeded' })));
    const seen = null;
    await journal.recordVerification('r1', [
      { seq: 1, verify: 'verified', seen: 'dismissed' },
      { seq: 2, verify: 'pending', seen },
      { seq: 3, verify: 'pending', seen },
    ]);
    expect((await journal.run('r1')).run.verification).toEqual({ verified: 1, pending: 2, notApplied: 0 });
    await journal.recordVerification('r1', [
      { seq: 2, verify: 'not-applied', seen },
      { seq: 3, verify: 'pending', seen },
    ]);
    await journal.recordVerification('r1', [{ seq: 3, verify: 'pending', seen }]);
    expect((await journal.run('r1')).run.verification).toEqual({ verified: 1, pending: 1, notApplied: 1 });
    expect((await events('step.not-applied'))[0]?.whom).toBe('user1@contoso.com');
    expect(await events('run.verified')).toHaveLength(2);
  });
});
