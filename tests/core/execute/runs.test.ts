/** The life of a run: confirmation, guardrails, one at a time, pause, resume, cancel, crash, retry, verify, undo, watch. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/model/run.ts';
import { existing, openScene, people, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ users: 3_000, times: 50 });
});
afterEach(async () => {
  expect(scene.twin.control.violations).toEqual([]);
  expect(await scene.journal.verify()).toMatchObject({ intact: true });
  await scene.close();
});

const isBatch = (method: string, path: string) => method === 'POST' && path.endsWith('/$batch');

/** Makes every batch take so long that a person can get a word in. */
function slowDown(delayMs = 40): void {
  scene.twin.control.inject({ kind: 'slow', match: isBatch, delayMs });
}

async function planAdd(count: number) {
  const group = scene.twin.control.addGroup({ displayName: 'Risky' });
  const ids = people(scene.twin, count);
  return { group, ids, head: await scene.plan({ kind: 'add-to-group', ids, group: existing(group) }) };
}

async function add(count: number) {
  const { group, ids, head } = await planAdd(count);
  const { runId, done } = await scene.executor.run(head.planId, { confirm: head.counts.act });
  return { group, ids, runId, run: await done };
}

describe('before a run starts', () => {
  it('wants the number typed above the cap, and exactly that number', async () => {
    const { head } = await planAdd(250);
    await expect(scene.executor.run(head.planId, { confirm: null })).rejects.toMatchObject({
      code: 'confirmation-needed',
    });
    await expect(scene.executor.run(head.planId, { confirm: 249 })).rejects.toMatchObject({
      code: 'confirmation-needed',
    });
    expect((await (await scene.executor.run(head.planId, { confirm: 250 })).done).state).toBe('completed');
  });

  it('refuses in read-only mode and in the maintenance window', async () => {
    const { head } = await planAdd(1);
    const { guardrails } = scene.settings;
    scene.settings = { ...scene.settings, guardrails: { ...guardrails, readOnly: true } };
    await expect(scene.executor.run(head.planId, { confirm: null })).rejects.toMatchObject({ code: 'read-only-mode' });
    const maintenanceWindow = { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00' };
    scene.settings = { ...scene.settings, guardrails: { ...guardrails, maintenanceWindow } };
    await expect(scene.executor.run(head.planId, { confirm: null })).rejects.toMatchObject({ code: 'guardrail' });
    expect(scene.twin.control.requests.http).toBeUndefined();
  });

  it('runs a plan once', async () => {
    const { head } = await planAdd(1);
    await (await scene.executor.run(head.planId, { confirm: null })).done;
    await expect(scene.executor.run(head.planId, { confirm: null })).rejects.toMatchObject({ code: 'plan-stale' });
    await expect(scene.executor.run('nobody', { confirm: null })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses a plan whose steps were altered in the database', async () => {
    const { head } = await planAdd(2);
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(scene.store.file);
    db.prepare('UPDATE plan_step SET object_id = ? WHERE seq = 2').run(people(scene.twin, 3)[2]);
    db.close();
    await expect(scene.executor.run(head.planId, { confirm: null })).rejects.toMatchObject({ code: 'plan-stale' });
  });

  it('lets one run go at a time, in this process and in the database', async () => {
    slowDown();
    const first = await planAdd(900);
    const second = await planAdd(3);
    const { done } = await scene.executor.run(first.head.planId, { confirm: 900 });
    await expect(scene.executor.run(second.head.planId, { confirm: null })).rejects.toMatchObject({ code: 'busy' });
    const other = scene.second();
    await expect(other.run(second.head.planId, { confirm: null })).rejects.toMatchObject({ code: 'busy' });
    expect(await other.recover()).toEqual([]);
    expect((await done).state).toBe('completed');
    expect((await (await other.run(second.head.planId, { confirm: null })).done).state).toBe('completed');
  });
});

describe('pause, resume, cancel', () => {
  it('pauses between batches and finishes on resume, every user exactly once', async () => {
    slowDown();
    const { head, group, ids } = await planAdd(2_000);
    const { runId } = await scene.executor.run(head.planId, { confirm: 2_000 });
    await scene.clock.sleep(3_000);
    const paused = await scene.executor.pause(runId);
    expect(paused.state).toBe('paused');
    expect(paused.left).toBeGreaterThan(0);
    expect(scene.twin.control.members(group.id).size).toBeGreaterThanOrEqual(paused.counts.succeeded);
    const finished = await (await scene.executor.resume(runId)).done;
    expect(finished).toMatchObject({ state: 'completed', counts: { succeeded: 2_000, already: 0 } });
    expect(scene.twin.control.members(group.id)).toEqual(new Set(ids));
    await expect(scene.executor.resume(runId)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('stops when read-only is switched on under way, and resumes when it is off again', async () => {
    slowDown();
    const { group, ids, head } = await planAdd(1_500);
    const { runId, done } = await scene.executor.run(head.planId, { confirm: head.counts.act });
    for await (const { left } of scene.executor.watch(runId)) if (left < 1_500) break;
    const before = scene.settings;
    scene.settings = { ...before, guardrails: { ...before.guardrails, readOnly: true } };
    const stopped = await done;
    expect(stopped).toMatchObject({ state: 'stopped', message: expect.stringContaining('Read-only') });
    expect(stopped.left).toBeGreaterThan(0);
    scene.settings = before;
    expect((await (await scene.executor.resume(runId)).done).counts.succeeded).toBe(1_500);
    expect(scene.twin.control.members(group.id)).toEqual(new Set(ids));
  });

  it('cancels: what was done stays, what waits is skipped', async () => {
    slowDown();
    const { head, group } = await planAdd(2_000);
    const { runId } = await scene.executor.run(head.planId, { confirm: 2_000 });
    await scene.clock.sleep(3_000);
    const run = await scene.executor.cancel(runId);
    expect(run).toMatchObject({ state: 'cancelled', left: 0, counts: { failed: 0, unknown: 0 } });
    expect(run.counts.succeeded + run.counts.skipped).toBe(2_000);
    expect(run.counts.skipped).toBeGreaterThan(0);
    expect(scene.twin.control.members(group.id).size).toBe(run.counts.succeeded);
  });

  it('cancels a paused run too', async () => {
    slowDown();
    const { head } = await planAdd(2_000);
    const { runId } = await scene.executor.run(head.planId, { confirm: 2_000 });
    await scene.executor.pause(runId);
    expect(await scene.executor.cancel(runId)).toMatchObject({ state: 'cancelled', left: 0 });
  });

  it('stops when the network goes away and loses nothing', async () => {
    const { head, group, ids } = await planAdd(2_000);
    const { control } = scene.twin;
    control.inject({ kind: 'lost', match: isBatch, after: 2 });
    control.inject({
      kind: 'reset',
      match: (method, path) => method === 'GET' && path.includes('/members/'),
      after: 1,
    });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: 2_000 });
    const stopped = await done;
    expect(stopped.state).toBe('stopped');
    expect(stopped.message).toContain('could not reach');
    expect(stopped.counts.failed).toBe(0);
    control.clearFaults();
    const finished = await (await scene.executor.resume(runId)).done;
    expect(finished).toMatchObject({ state: 'completed', counts: { succeeded: 2_000, failed: 0, unknown: 0 } });
    expect(control.members(group.id)).toEqual(new Set(ids));
  });

  it('streams the latest state, first at once, and ends with the run', async () => {
    slowDown(10);
    const { head } = await planAdd(2_000);
    const { runId } = await scene.executor.run(head.planId, { confirm: 2_000 });
    const seen: Run[] = [];
    for await (const run of scene.executor.watch(runId)) seen.push(run);
    expect(seen[0]?.state).toBe('running');
    expect(seen.at(-1)).toMatchObject({ state: 'completed', left: 0 });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.some(({ etaSeconds }) => etaSeconds !== null && etaSeconds >= 0)).toBe(true);
  });
});

describe('follow-ups', () => {
  it('retries the failed users alone', async () => {
    const { control } = scene.twin;
    control.inject({ kind: 'http503', match: (method, path) => method === 'PATCH' && path.startsWith('/groups/') });
    const { runId, run, group } = await add(30);
    expect(run.counts).toMatchObject({ failed: 30 });
    control.clearFaults();
    const { runId: again, done } = await scene.executor.retry(runId);
    expect(await done).toMatchObject({
      origin: 'retry',
      parentRunId: runId,
      state: 'completed',
      counts: { succeeded: 30 },
    });
    expect(control.members(group.id).size).toBe(30);
    await expect(scene.executor.retry(again)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('shows a retry before it runs, without whom another way has helped meanwhile', async () => {
    const { control } = scene.twin;
    control.inject({ kind: 'http503', match: (method, path) => method === 'PATCH' && path.startsWith('/groups/') });
    const { runId, group, ids } = await add(30);
    control.clearFaults();
    control.addMember(group.id, ids[0] ?? '');
    const planned = await scene.executor.planRetry(runId);
    expect(planned).toMatchObject({
      origin: 'retry',
      parentRunId: runId,
      kind: 'add-to-group',
      membersKnown: true,
      counts: { act: 29, already: 1 },
    });
    expect(control.members(group.id).size).toBe(1);
    const { done } = await scene.executor.run(planned.planId, { confirm: null });
    expect((await done).counts).toMatchObject({ succeeded: 29, already: 1, failed: 0 });
    control.removeGroup(group.id);
    await expect(scene.executor.planRetry(runId)).rejects.toMatchObject({ code: 'not-found', field: 'group' });
  });

  it('undoes what this run changed, and nobody whom the world has changed since', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 60);
    const before = ids.slice(0, 10);
    for (const id of before) control.addMember(group.id, id);
    const head = await scene.plan({ kind: 'add-to-group', ids, group: existing(group) });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: null });
    await done;
    const [left = ''] = ids.slice(20);
    control.removeMember(group.id, left);
    const planned = await scene.executor.planUndo(runId);
    expect(planned).toMatchObject({
      origin: 'undo',
      kind: 'remove-from-group',
      counts: { act: 49, skipped: 1, reasons: { 'changed-since': 1 } },
    });
    const undone = await (await scene.executor.undo(runId)).done;
    expect(undone).toMatchObject({ state: 'completed', counts: { succeeded: 49, skipped: 1, failed: 0 } });
    expect(control.members(group.id)).toEqual(new Set(before));
    // A second undo finds that a later run has touched them all.
    const twice = await scene.executor.planUndo(runId);
    expect(twice.counts).toMatchObject({ act: 0, skipped: 50 });
  });

  it('wants the number where the run needed none and the cap is lower now', async () => {
    const { runId, group } = await add(30);
    scene.settings = { ...scene.settings, guardrails: { ...scene.settings.guardrails, cap: 20 } };
    const { total } = await scene.journal.runs({ offset: 0, limit: 1 });
    await expect(scene.executor.undo(runId)).rejects.toMatchObject({
      code: 'confirmation-needed',
      field: 'confirm',
      facts: { act: 30, cap: 20 },
    });
    await expect(scene.executor.undo(runId, { confirm: 29 })).rejects.toMatchObject({ code: 'confirmation-needed' });
    expect((await scene.journal.runs({ offset: 0, limit: 1 })).total).toBe(total);
    const undone = await (await scene.executor.undo(runId, { confirm: 30 })).done;
    expect(undone.counts).toMatchObject({ succeeded: 30 });
    expect(scene.twin.control.members(group.id).size).toBe(0);
  });

  it('undoes a disabled account unless somebody enabled it since', async () => {
    const { control } = scene.twin;
    const ids = people(scene.twin, 25);
    for (const id of ids) control.setAccountEnabled(id, true);
    const head = await scene.plan({ kind: 'disable-account', ids });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: null });
    await done;
    control.setAccountEnabled(ids[0] ?? '', true);
    const undone = await (await scene.executor.undo(runId)).done;
    expect(undone.counts).toMatchObject({ succeeded: 24, skipped: 1 });
    expect(ids.every((id) => control.user(id)?.accountEnabled === true)).toBe(true);
  });

  it('says by name why there is no undo', async () => {
    const head = await scene.plan({ kind: 'revoke-sessions', ids: people(scene.twin, 1) });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: null });
    await done;
    await expect(scene.executor.undo(runId)).rejects.toMatchObject({
      code: 'bad-input',
      field: 'runId',
      message: expect.stringContaining('Revoke sessions'),
    });
  });

  it('knows recent acts for flap suppression, and forgets those that were undone', async () => {
    const { runId, group, ids } = await add(5);
    const query = { connection: 'contoso', kind: 'add-to-group', groupId: group.id, since: 0 } as const;
    const acts = await scene.journal.recentActs(query);
    expect(new Set(acts.keys())).toEqual(new Set(ids));
    expect(acts.get(ids[0] ?? '')?.score).toBe(375);
    expect((await scene.journal.recentActs({ ...query, groupId: 'other' })).size).toBe(0);
    await (await scene.executor.undo(runId)).done;
    expect((await scene.journal.recentActs(query)).size).toBe(0);
  });
});

describe('verify', () => {
  it('reads the membership back with one walk', async () => {
    const { control } = scene.twin;
    const { runId, group, ids } = await add(100);
    control.resetCounters();
    expect(await scene.executor.verify(runId)).toMatchObject({
      state: 'verified',
      counts: { verified: 100, pending: 0, notApplied: 0 },
    });
    expect(control.requests.http).toBe(1);
    expect((await scene.steps(runId)).every(({ verify }) => verify === 'verified')).toBe(true);
    expect((await scene.executor.verify(runId)).state).toBe('verified');
    expect(group.id).toBeTruthy();
    expect(ids).toHaveLength(100);
  });

  it('waits for a risk change to show', async () => {
    const ids = people(scene.twin, 45);
    const chosen = new Set(ids);
    scene.twin.control.changeRisk((user) => chosen.has(user.id), {
      riskLevel: 'high',
      riskState: 'atRisk',
      riskDetail: 'none',
    });
    const head = await scene.plan({ kind: 'dismiss', ids });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: null });
    await done;
    expect(await scene.executor.verify(runId)).toMatchObject({
      state: 'pending',
      counts: { verified: 0, pending: 45 },
    });
    const waiting = scene.executor.verify(runId, { waitMinutes: 20 });
    scene.twin.control.advance(4 * 60_000);
    expect(await waiting).toMatchObject({ state: 'verified', counts: { verified: 45, pending: 0 } });
  });

  it('says not applied after the minutes of the settings, and verified when it shows after all', async () => {
    const { control } = scene.twin;
    const { runId, group, ids } = await add(20);
    control.removeMember(group.id, ids[0] ?? '');
    expect(await scene.executor.verify(runId)).toMatchObject({
      state: 'pending',
      counts: { verified: 19, pending: 1 },
    });
    scene.settings = { ...scene.settings, verify: { giveUpMinutes: 1 } };
    expect(await scene.executor.verify(runId, { waitMinutes: 3 })).toMatchObject({
      state: 'not-applied',
      counts: { verified: 19, notApplied: 1 },
    });
    control.addMember(group.id, ids[0] ?? '');
    expect(await scene.executor.verify(runId)).toMatchObject({ state: 'verified', counts: { verified: 20 } });
  });

  it('has nothing to verify where nothing can be read back', async () => {
    const head = await scene.plan({ kind: 'revoke-sessions', ids: people(scene.twin, 1) });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: null });
    await done;
    expect((await scene.executor.verify(runId)).state).toBe('nothing-to-verify');
  });
});

describe('what is told and recorded', () => {
  it('notifies when a run ends, and journals plan, start, steps and end with the plan hash', async () => {
    const { runId, run } = await add(25);
    expect(scene.told.notes).toEqual([
      { runId, title: 'Add to group: completed', body: expect.stringContaining('25 done') },
    ]);
    const { rows } = await scene.journal.list({ runId }, { limit: 100 });
    const events = rows.map(({ event }) => event).reverse();
    expect(events[0]).toBe('run.started');
    expect(events.at(-1)).toBe('run.completed');
    expect(events.filter((event) => event === 'step.succeeded')).toHaveLength(25);
    expect(events.indexOf('step.started')).toBeLessThan(events.indexOf('step.succeeded'));
    const { head } = await scene.journal.getPlan(run.planId);
    expect(rows.at(-1)?.detail).toContain(head.hash);
    expect(rows[0]).toMatchObject({ who: 'tester', connection: 'contoso' });
  });
});
