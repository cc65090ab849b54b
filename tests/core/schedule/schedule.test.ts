/** The schedule from the store to the tenant: due syncs, plans that wait, approval, and everything that holds a run back. */
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import { openSchedule, type ScheduleScene } from './scene.ts';

let scene: ScheduleScene;
afterEach(() => scene.close());

const timeout = 60_000;

describe('a due sync', { timeout }, () => {
  it('begins by itself, and again after the interval; a connection without one never', async () => {
    scene = await openSchedule();
    await scene.connect();
    await scene.connect({ name: 'by hand', syncEvery: null });
    const first = await scene.until('a first sync', ({ connections }) => connections[1]?.last?.complete === true);
    const at = first.connections.find(({ connection }) => connection === 'contoso')?.last?.at;
    await scene.until('a second sync', ({ connections }) =>
      connections.some(({ connection, last }) => connection === 'contoso' && last?.complete === true && last.at !== at),
    );
    const state = await scene.client.schedule.state();
    expect(state.keeper).toBe(true);
    expect(state.holds).toEqual([]);
    expect(state.connections.find(({ connection }) => connection === 'by hand')).toEqual({
      connection: 'by hand',
      every: null,
      running: false,
      nextAt: null,
      last: null,
      backOff: null,
    });
  });

  it('that fails is tried again later and later, with the reason; a person who mends it need not wait', async () => {
    scene = await openSchedule();
    await scene.connect({ credential: { kind: 'secret-env', variable: scene.test.secretVariable } });
    const tenant = '00000000-0000-4000-8000-00000000dead';
    await scene.client.connections.update({ name: 'contoso', change: { tenant } });
    const failed = await scene.until('a refusal', ({ connections }) => connections[0]?.backOff != null);
    expect(failed.connections[0]?.backOff).toMatchObject({ failures: 1, errorCode: 'auth-failed' });
    const [{ nextAt = null, last = null } = {}] = failed.connections;
    expect(Date.parse(nextAt ?? '') - Date.parse(last?.at ?? '')).toBeGreaterThan(10 * 60_000);
    expect(scene.notes).toMatchObject([{ title: '"contoso" cannot sync' }]);
    const { tenant: right } = scene.test.twin.credentials;
    await scene.client.connections.update({ name: 'contoso', change: { tenant: right } });
    const well = await scene.until('success', ({ connections }) => connections[0]?.last?.complete === true);
    expect(well.connections[0]?.backOff).toBeNull();
  });
});

describe('an automatic plan', { timeout }, () => {
  it('waits for a person, is approved by one, and runs', async () => {
    scene = await openSchedule();
    scene.raise(3);
    await scene.connect();
    await scene.act();
    const { pending, queue } = await scene.until('a plan that waits', (state) => state.pending.length === 1);
    expect(queue).toEqual([]);
    const plan = pending[0];
    expect(plan).toMatchObject({ action: 'quarantine', state: 'waiting', need: 'setting', counts: { act: 3 } });
    expect(plan?.first.map(({ objectId }) => objectId).sort()).toEqual([...scene.risky].sort());
    expect(scene.test.twin.control.members(scene.group).size).toBe(0);
    expect(scene.notes).toMatchObject([{ title: 'A plan waits for your approval', body: /3 users/ }]);

    const approved = await scene.client.schedule.approve({ planId: plan?.planId ?? '', confirm: 3 });
    expect(approved).toMatchObject({ state: 'ran', decidedBy: 'tester' });
    await scene.until('members', () => scene.test.twin.control.members(scene.group).size === 3);
    expect(await scene.journal('schedule.approved')).toMatchObject([{ who: 'tester', connection: 'contoso' }]);
    expect(await scene.journal('schedule.planned')).toMatchObject([{ who: 'schedule (tester)' }]);
    expect(await scene.client.journal.verify()).toMatchObject({ intact: true });
  });

  it('is never made for an action that nobody made automatic, nor by an incomplete sync, nor for a muted rule', async () => {
    scene = await openSchedule();
    scene.raise(3);
    await scene.connect();
    await scene.act({ automatic: false, name: 'by hand' });
    await scene.act();
    await scene.client.rules.update({ name: 'High', change: { mutedUntil: '2099-01-01T00:00:00Z' } });
    await scene.until('a muted check', ({ checks }) => checks[0]?.outcome === 'muted');
    scene.test.twin.control.inject({
      kind: 'http500',
      match: (_, path) => path.includes('riskyUsers'),
    });
    await scene.client.rules.update({ name: 'High', change: { mutedUntil: null } });
    await scene.until('an incomplete sync', ({ connections }) => connections[0]?.last?.complete === false);
    await scene.until('another failure', ({ connections }) => (connections[0]?.backOff?.failures ?? 0) >= 2);
    const { pending, queue, recent, checks } = await scene.client.schedule.state();
    expect([pending, queue, recent]).toEqual([[], [], []]);
    expect(checks).toMatchObject([{ action: 'quarantine', outcome: 'muted' }]);
  });
});

describe('a run that needs nobody', { timeout }, () => {
  const alone = async () => {
    await scene.client.settings.set({ key: 'guardrails.approveAutomatic', value: false });
  };

  it('begins by itself within the cap, and is told of with its id', async () => {
    scene = await openSchedule();
    await alone();
    scene.raise(3);
    await scene.connect();
    await scene.act();
    await scene.until('members', () => scene.test.twin.control.members(scene.group).size === 3);
    const { recent } = await scene.until('the end', ({ checks }) => checks[0]?.outcome === 'nothing');
    expect(recent).toMatchObject([{ state: 'ran', need: null, decidedBy: null }]);
    expect(scene.notes).toMatchObject([{ title: 'Add to group: completed', runId: recent[0]?.runId }]);
    expect(await scene.journal('run.started')).toMatchObject([{ who: 'schedule (tester)' }]);
    // Later syncs find nobody to act on: no plan, no entry.
    expect(await scene.journal('run.planned')).toHaveLength(1);
  });

  it('above the cap waits for the typed number all the same', async () => {
    scene = await openSchedule();
    await alone();
    scene.raise(3);
    await scene.connect();
    await scene.act({ cap: 2 });
    const { pending } = await scene.until('a plan that waits', (state) => state.pending.length === 1);
    expect(pending[0]).toMatchObject({ need: 'cap', cap: 2 });
    const planId = pending[0]?.planId ?? '';
    await expect(scene.client.schedule.approve({ planId, confirm: null })).rejects.toMatchObject({
      code: 'confirmation-needed',
    });
    await expect(scene.client.schedule.approve({ planId, confirm: 2 })).rejects.toMatchObject({
      code: 'confirmation-needed',
    });
    expect((await scene.client.schedule.state()).pending).toHaveLength(1);
    await scene.client.schedule.approve({ planId, confirm: 3 });
    await scene.until('members', () => scene.test.twin.control.members(scene.group).size === 3);
  });

  it('waits out the maintenance window, and so does one that a person approves in it', async () => {
    scene = await openSchedule();
    await alone();
    const always = { days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00' };
    await scene.client.settings.set({ key: 'guardrails.maintenanceWindow', value: always });
    scene.raise(3);
    await scene.connect();
    await scene.act();
    const log = { name: 'waits', rule: 'High', connection: 'contoso', kind: 'none' as const, cap: 0, automatic: true };
    await scene.client.actions.add(log);
    const state = await scene.until('one queued, one waiting', (now) => now.queue.length + now.pending.length === 2);
    expect(state.holds).toMatchObject([{ why: 'maintenance', stops: 'runs', until: '00:00' }]);
    const approved = await scene.client.schedule.approve({ planId: state.pending[0]?.planId ?? '', confirm: 3 });
    expect(approved).toMatchObject({ state: 'queued', decidedBy: 'tester', runId: null });
    await scene.until('both queued', ({ queue }) => queue.length === 2);
    expect((await scene.client.actions.runs({})).total).toBe(0);
    await scene.client.settings.set({ key: 'guardrails.maintenanceWindow', value: null });
    await scene.until('both ran', ({ recent }) => recent.filter((plan) => plan.state === 'ran').length === 2);
    const { rows } = await scene.client.actions.runs({});
    const spans = rows.map((run) => [Date.parse(run.startedAt), Date.parse(run.finishedAt ?? '9999')] as const);
    const [later, earlier] = spans;
    expect(later?.[0]).toBeGreaterThanOrEqual(earlier?.[1] ?? Number.POSITIVE_INFINITY);
    const who = (await scene.journal('run.started')).map((entry) => entry.who);
    expect(who.sort()).toEqual(['schedule (tester)', 'tester']);
  });

  it('is neither planned nor begun in read-only mode, while syncs go on', async () => {
    scene = await openSchedule({ readOnly: 'Actions are off here.' });
    scene.raise(3);
    await scene.connect();
    const person = await scene.test.another({ readOnly: null, scheduler: false });
    const client = createRouterClient(person.router, { context: {} });
    await client.settings.set({ key: 'guardrails.approveAutomatic', value: false });
    await scene.act({ by: client });
    await person.close();
    const state = await scene.until('a check', ({ checks }) => checks[0]?.outcome === 'read-only');
    expect(state.holds).toEqual([{ why: 'read-only', stops: 'runs', reason: 'Actions are off here.' }]);
    const at = state.connections[0]?.last?.at;
    await scene.until('another sync', ({ connections }) => connections[0]?.last?.at !== at);
    expect((await scene.client.actions.runs({})).total).toBe(0);
    expect(await scene.journal('run.planned')).toEqual([]);
  });
});

describe('what becomes of a plan that waits', { timeout }, () => {
  it('a newer one of the same action takes its place, and only the newer one can be run', async () => {
    scene = await openSchedule();
    scene.raise(2);
    await scene.connect();
    await scene.act();
    const first = (await scene.until('a plan', ({ pending }) => pending.length === 1)).pending[0]?.planId ?? '';
    const kept = await scene.until('the same again', ({ checks }) => checks[0]?.outcome === 'same');
    expect(kept.pending.map(({ planId }) => planId)).toEqual([first]);
    scene.raise(1);
    const state = await scene.until('a newer one', ({ pending }) => pending[0]?.counts.act === 3);
    expect(state.pending).toHaveLength(1);
    expect(state.recent).toMatchObject([{ planId: first, state: 'superseded' }]);
    expect(await scene.journal('schedule.superseded')).toMatchObject([{ connection: 'contoso' }]);
    await expect(scene.client.schedule.approve({ planId: first, confirm: 2 })).rejects.toMatchObject({
      code: 'plan-stale',
    });
    await expect(scene.client.actions.run({ planId: first, confirm: 2 })).rejects.toMatchObject({ code: 'plan-stale' });
    expect((await scene.client.actions.runs({})).total).toBe(0);
  });

  it('is rejected with a reason, and the very same one is not made again; another one is', async () => {
    scene = await openSchedule();
    scene.raise(2);
    await scene.connect();
    await scene.act();
    const { pending } = await scene.until('a plan', (state) => state.pending.length === 1);
    const planId = pending[0]?.planId ?? '';
    const rejected = await scene.client.schedule.reject({ planId, reason: 'a test' });
    expect(rejected).toMatchObject({ state: 'rejected', reason: 'a test', decidedBy: 'tester' });
    expect(await scene.journal('schedule.rejected')).toMatchObject([
      { who: 'tester', detail: expect.stringContaining('a test') as string },
    ]);
    await expect(scene.client.schedule.reject({ planId })).rejects.toMatchObject({ code: 'plan-stale' });
    await expect(scene.client.actions.run({ planId, confirm: 2 })).rejects.toMatchObject({ code: 'plan-stale' });
    await expect(scene.client.schedule.reject({ planId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
    const left = await scene.until('it is left alone', ({ checks }) => checks[0]?.outcome === 'rejected');
    expect(left.pending).toEqual([]);
    scene.raise(1);
    await scene.until('another one', (state) => state.pending[0]?.counts.act === 3);
  });

  it('expires when nobody decides and no sync confirms it; a switched-off action withdraws it', async () => {
    scene = await openSchedule();
    scene.raise(2);
    await scene.connect();
    await scene.act();
    await scene.act({ name: 'second' });
    const { pending } = await scene.until('two plans', (state) => state.pending.length === 2);
    const second = pending.find(({ action }) => action === 'second');
    await scene.client.actions.update({ name: 'second', change: { enabled: false } });
    await scene.until('withdrawal', ({ recent }) => recent.some(({ state }) => state === 'withdrawn'));
    await expect(scene.client.actions.run({ planId: second?.planId ?? '', confirm: 2 })).rejects.toMatchObject({
      code: 'plan-stale',
    });

    await scene.client.schedule.pause({ reason: 'so that no sync confirms it' });
    scene.clock.setBy(25 * 3_600_000);
    const first = pending.find(({ action }) => action === 'quarantine')?.planId ?? '';
    await expect(scene.client.schedule.approve({ planId: first, confirm: 2 })).rejects.toMatchObject({
      code: 'plan-stale',
    });
    const { recent } = await scene.until('expiry', (state) => state.pending.length === 0);
    expect(recent.find(({ planId }) => planId === first)).toMatchObject({ state: 'expired' });
    expect(await scene.journal('schedule.expired')).toHaveLength(1);
  });
});

describe('the schedule', { timeout }, () => {
  it('is paused and resumed by a person, with both in the journal', async () => {
    scene = await openSchedule();
    const paused = await scene.client.schedule.pause({ reason: 'migration' });
    expect(paused.holds).toMatchObject([{ why: 'paused', who: 'tester', reason: 'migration' }]);
    await scene.connect();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(scene.syncs()).toBe(0);
    await scene.client.schedule.resume();
    await scene.until('a sync', ({ connections }) => connections[0]?.last?.complete === true);
    expect((await scene.journal('schedule')).map(({ event }) => event)).toEqual([
      'schedule.resumed',
      'schedule.paused',
    ]);
  });

  it('catches up once for each connection after a sleep, not all at once', async () => {
    scene = await openSchedule();
    const names = ['a', 'b', 'c'];
    for (const name of names) await scene.connect({ name, syncEvery: 600 });
    await scene.until('all synced', ({ connections }) => connections.every(({ last }) => last?.complete === true));
    const before = new Map(
      (await scene.client.schedule.state()).connections.map((one) => [one.connection, one.last?.at]),
    );
    scene.clock.setBy(3 * 24 * 3_600_000);
    scene.core().wake('resume');
    const after = await scene.until('all caught up', ({ connections }) =>
      connections.every(({ connection, last, running }) => !running && last?.at !== before.get(connection)),
    );
    const ends = after.connections.map(({ last }) => Date.parse(last?.at ?? ''));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const still = (await scene.client.schedule.state()).connections.map(({ last }) => Date.parse(last?.at ?? ''));
    expect(still).toEqual(ends);
    const sorted = [...ends].sort((a, b) => a - b);
    for (const [index, at] of sorted.entries())
      if (index > 0) expect(at - (sorted[index - 1] ?? 0)).toBeGreaterThan(5_000);
    for (const { nextAt } of after.connections) expect(Date.parse(nextAt ?? '')).toBeGreaterThan(scene.clock.now());
  });

  it('streams the latest state, and says that nobody keeps it where nobody does', async () => {
    scene = await openSchedule({ scheduler: false });
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const state of await scene.client.schedule.watch(undefined, { signal: stop.signal })) {
      seen.push(state.holds);
      if (seen.length === 1) await scene.client.schedule.pause({});
      else break;
    }
    stop.abort();
    expect(seen).toMatchObject([[{ why: 'nobody' }], [{ why: 'paused' }, { why: 'nobody' }]]);
  });

  it('is kept by one of two, and a window without actions makes way for a program that allows them', async () => {
    scene = await openSchedule({ readOnly: 'Actions are off here.' });
    await scene.until('the first keeps it', ({ keeper }) => keeper);
    const second = await scene.test.another({ readOnly: null });
    const client = createRouterClient(second.router, { context: {} });
    try {
      await scene.until('it made way', ({ keeper, holds }) => !keeper && holds.some(({ why }) => why === 'elsewhere'));
      expect(await client.schedule.state()).toMatchObject({ keeper: true, holds: [] });
    } finally {
      await second.close();
    }
    await scene.until('the first keeps it again', ({ keeper }) => keeper);
  });
});
