/**
 * A host without actions beside a program that keeps the schedule of the same data folder: whatever is asked of the first,
 * nobody is acted on by the second.
 */
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/core.ts';
import type { Client } from '../../contract/transports.ts';
import { openSchedule, type ScheduleScene } from './scene.ts';

const why = 'Actions are off here.';
const refused = { code: 'read-only-mode', data: { cure: why } };

let scene: ScheduleScene;
let onlooker: Core;
let client: Client;

beforeEach(async () => {
  scene = await openSchedule({ scheduler: false });
  scene.raise(2);
  await scene.connect({ syncEvery: null });
  onlooker = await scene.test.another({ readOnly: why, scheduler: false });
  client = createRouterClient(onlooker.router, { context: {} });
});
afterEach(async () => {
  await onlooker.close();
  await scene.close();
});

const everybody = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '!=', value: 'none' }] };

describe('a host without actions', { timeout: 60_000 }, () => {
  it('changes no guardrail, lifts no pause, and makes no action automatic', async () => {
    for (const [key, value] of [
      ['guardrails.approveAutomatic', false],
      ['guardrails.readOnly', false],
      ['guardrails.cap', 100_000],
      ['guardrails.protectedUsers', []],
      ['guardrails', {}],
    ] as const) {
      await expect(client.settings.set({ key, value }), key).rejects.toMatchObject(refused);
    }
    await client.schedule.pause({});
    await expect(client.schedule.resume()).rejects.toMatchObject(refused);
    await expect(scene.act({ by: client })).rejects.toMatchObject(refused);
    await scene.act({ by: client, automatic: false });
    const change = { automatic: true };
    await expect(client.actions.update({ name: 'quarantine', change })).rejects.toMatchObject(refused);
    expect(await scene.journal('setting.')).toEqual([]);
  });

  it('still puts holds on, and everything else is as it was where nothing is automatic', async () => {
    await scene.act({ automatic: false });
    await client.settings.set({ key: 'thresholds.critical', value: 200 });
    await client.rules.update({ name: 'High', change: { query: everybody } });
    await client.connections.update({
      name: 'contoso',
      change: { weight: 2, scoreRange: { min: 0, max: 900, unscored: true } },
    });
    expect((await client.settings.set({ key: 'guardrails.readOnly', value: true })).guardrails.readOnly).toBe(true);
  });

  it('leaves alone what an automatic action acts by: its rule, the exceptions, scores and connections', async () => {
    await scene.act();
    await client.rules.add({ name: 'Spare', query: everybody });
    await client.rules.add({ name: 'Unused', query: everybody });
    await scene.client.rules.update({ name: 'High', change: { exceptions: ['Spare'] } });
    const tries: readonly (() => Promise<unknown>)[] = [
      () => client.rules.update({ name: 'HIGH', change: { query: everybody } }),
      () => client.rules.update({ name: 'High', change: { mutedUntil: null } }),
      () => client.rules.update({ name: 'spare', change: { query: everybody } }),
      () => client.settings.set({ key: 'thresholds.critical', value: 300 }),
      () => client.connections.update({ name: 'contoso', change: { weight: 9 } }),
      () => client.connections.update({ name: 'contoso', change: { graphUrl: 'https://graph.example' } }),
      () => client.connections.remove({ name: 'contoso' }),
      () => client.settings.wipeCache(),
      () => client.actions.update({ name: 'quarantine', change: { cap: 9_999 } }),
      () => client.actions.update({ name: 'quarantine', change: { enabled: false, cap: 9_999 } }),
      () => client.actions.update({ name: 'quarantine', change: { enabled: true } }),
    ];
    for (const [index, attempt] of tries.entries()) await expect(attempt(), `${index}`).rejects.toMatchObject(refused);
    await client.rules.update({ name: 'Unused', change: { folder: 'Old' } });
    await client.connections.update({ name: 'contoso', change: { syncEvery: 5, weight: 1 } });
    const off = await client.actions.update({ name: 'quarantine', change: { enabled: false } });
    expect(off).toMatchObject({ enabled: false, automatic: true });
  });

  it('approves and runs nothing, and says that it is the host and not the setting', async () => {
    await scene.act({ automatic: false });
    await client.sync.start({ connection: 'contoso' });
    for await (const state of await client.sync.watch({ connection: 'contoso' })) if (state.running === null) break;
    const plan = await client.actions.plan({ name: 'quarantine' });
    expect(plan.counts.act).toBe(2);
    await expect(client.actions.run({ planId: plan.planId, confirm: 2 })).rejects.toMatchObject(refused);
    await expect(client.schedule.approve({ planId: plan.planId, confirm: 2 })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await scene.client.actions.runs({})).total).toBe(0);
  });
});
