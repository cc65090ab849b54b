/** The schedule from the store to the tenant: due syncs, plans that wait, approval, and everything that holds a run back. */
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
