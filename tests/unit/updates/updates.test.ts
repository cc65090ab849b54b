/** Looking and installing over time: on a clock of the test's own, with a source that only writes down what it is told. */
import { describe, expect, it } from 'vitest';
import type { Clock, Updater } from '../../../electron/core/ports.ts';
import { firstLookMs, lookEveryMs } from '../../../electron/core/updates/decide.ts';
import { createUpdates } from '../../../electron/core/updates/updates.ts';
import { defaultSettings, type Settings } from '../../../shared/model/settings.ts';
import type { NoUpdateReason, UpdateEvent, Work } from '../../../shared/model/update.ts';

/** Sleepers wake when the test says so. */
function testClock(): { readonly clock: Clock; pass(ms: number): Promise<void> } {
  let now = 0;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  return {
    clock: {
      now: () => now,
      monotonic: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          const sleeper = { until: now + ms, wake: resolve };
          sleepers.add(sleeper);
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    },
    async pass(ms) {
      now += ms;
      for (const sleeper of [...sleepers]) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function open(
  options: { readonly unsupported?: NoUpdateReason; readonly updates?: Partial<Settings['updates']> } = {},
) {
  const told: string[] = [];
  let tell: (event: UpdateEvent) => void = () => undefined;
  let work: Work = { runs: 0, syncs: 0 };
  const { clock, pass } = testClock();
  const updater: Updater = {
    unsupported: options.unsupported ?? null,
    check: (channel) => void told.push(`check ${channel}`),
    install: () => void told.push('install'),
    onEvent(listener) {
      tell = listener;
    },
  };
  const settings = { ...defaultSettings, updates: { ...defaultSettings.updates, ...options.updates } };
  const updates = createUpdates({
    updater,
    settings: async () => settings,
    work: async () => work,
    clock,
    log: () => undefined,
  });
  return {
    updates,
    told,
    pass,
    event: (event: UpdateEvent) => tell(event),
    busy(now: Work) {
      work = now;
    },
  };
}

const downloaded: readonly UpdateEvent[] = [
  { kind: 'checking' },
  { kind: 'found', version: '2.0.0', notes: '<b>news</b>' },
  { kind: 'ready', version: '2.0.0' },
];

describe('updates', () => {
  it('are looked for soon after the start and then now and then, on the channel of the settings', async () => {
    const { updates, told, pass, event } = open({ updates: { channel: 'beta' } });
    await pass(firstLookMs - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual(['check beta']);
    event({ kind: 'none' });
    await pass(lookEveryMs);
    expect(told).toEqual(['check beta', 'check beta']);
    await updates.stop();
  });

  it('are not looked for where the setting or the host says no; a person may still ask where only the setting does', async () => {
    const off = open({ updates: { automatic: false } });
    await off.pass(firstLookMs + lookEveryMs);
    expect(off.told).toEqual([]);
    await off.updates.check();
    expect(off.told).toEqual(['check latest']);
    await off.updates.stop();
    const never = open({ unsupported: 'policy' });
    await never.pass(firstLookMs);
    expect(never.told).toEqual([]);
    await expect(never.updates.check()).rejects.toMatchObject({ code: 'bad-input', message: /administrator/ });
    await expect(never.updates.install()).rejects.toMatchObject({ code: 'bad-input' });
    await never.updates.stop();
  });

  it('install at once when nothing is under way', async () => {
    const { updates, told, event } = open();
    await expect(updates.install()).rejects.toMatchObject({ message: 'No update has been downloaded.' });
    for (const one of downloaded) event(one);
    expect(updates.state()).toMatchObject({ phase: 'ready', notes: 'news' });
    expect(await updates.install()).toMatchObject({ phase: 'installing' });
    expect(told).toEqual(['install']);
    await updates.stop();
  });

  it('wait for runs and syncs, say so, and install when they have ended', async () => {
    const { updates, told, event, busy, pass } = open();
    for (const one of downloaded) event(one);
    busy({ runs: 1, syncs: 1 });
    expect(await updates.install()).toMatchObject({ phase: 'waiting', waitingFor: { runs: 1, syncs: 1 } });
    expect(await updates.install()).toMatchObject({ phase: 'waiting' });
    await pass(2_000);
    busy({ runs: 0, syncs: 1 });
    await pass(2_000);
    expect(updates.state()).toMatchObject({ phase: 'waiting', waitingFor: { runs: 0, syncs: 1 } });
    expect(told).toEqual([]);
    busy({ runs: 0, syncs: 0 });
    await pass(2_000);
    expect(told).toEqual(['install']);
    expect(updates.state().phase).toBe('installing');
    await updates.stop();
  });

  it('forget a waiting install when it is taken back, and take it up again', async () => {
    const { updates, told, event, busy, pass } = open();
    for (const one of downloaded) event(one);
    busy({ runs: 1, syncs: 0 });
    await updates.install();
    expect(updates.postpone()).toMatchObject({ phase: 'ready', waitingFor: null });
    busy({ runs: 0, syncs: 0 });
    await pass(2_000);
    expect(told).toEqual([]);
    expect(await updates.install()).toMatchObject({ phase: 'installing' });
    await updates.stop();
  });
});
