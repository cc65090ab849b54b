/** Old history goes once a day, whoever is open then, and never before the answer of a single command. */
import { describe, expect, it } from 'vitest';
import { createSettings } from '../../electron/core/config/settings.ts';
import { createJournal } from '../../electron/core/journal/journal.ts';
import type { Store } from '../../electron/core/store/types.ts';
import { startUpkeep } from '../../electron/core/upkeep.ts';
import { addConnection } from '../harness/connection.ts';
import { openTestStore, syncPages, t0, userNumber } from '../store/harness.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Upkeep on a store with one old change, whose clock moves when the test says so. */
function scene(store: Store, staysOpen: boolean, start: number) {
  let now = start;
  const { reader, writer } = store;
  const naps: { readonly ms: number; wake(): void }[] = [];
  const clock = {
    now: () => now,
    monotonic: () => 0,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        naps.push({ ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve());
      }),
  };
  const journal = createJournal({ reader, writer, clock, who: 'test' });
  const settings = createSettings(reader, writer).get;
  const upkeep = startUpkeep({ settings, journal, writer, clock, log: () => {}, staysOpen });
  return {
    upkeep,
    /** Resolves with the length of the next rest once upkeep takes it. */
    rests: async () => {
      await expect.poll(() => naps.length).toBe(1);
      return naps[0]?.ms;
    },
    later: (ms: number) => {
      now += ms;
      naps.shift()?.wake();
    },
  };
}

async function storeWithOldChange(): Promise<Store> {
  const store = await openTestStore();
  const connection = await addConnection(store.writer, 'Contoso', t0);
  await syncPages(store, connection, [[userNumber(1)]]);
  await syncPages(store, connection, [[userNumber(1, { riskLevel: 'high' })]], { now: t0 + 1 });
  await createSettings(store.reader, store.writer).set('retention.historyDays', 2);
  return store;
}

const changes = (store: Store) => store.reader.all('SELECT id FROM user_change');

describe('retention', () => {
  it('is applied once a day by a program that stays open, also when its machine slept', async () => {
    const store = await storeWithOldChange();
    const { upkeep, rests, later } = scene(store, true, t0 + dayMs);
    expect(await rests()).toBe(hourMs);
    later(1.5 * dayMs);
    expect(await rests()).toBe(hourMs);
    expect(await changes(store)).toHaveLength(0);
    await upkeep.stop();
  });

  it('waits for the command of a person first, and is done by one process a day', async () => {
    const store = await storeWithOldChange();
    const command = scene(store, false, t0 + 3 * dayMs);
    expect(await command.rests()).toBe(1_000);
    await command.upkeep.stop();
    expect(await changes(store)).toHaveLength(1);

    await store.writer.claimCleaning({ now: t0 + 3 * dayMs, every: dayMs });
    const second = scene(store, false, t0 + 3 * dayMs);
    await second.rests();
    second.later(hourMs);
    await second.rests();
    expect(await changes(store)).toHaveLength(1);
    // A clock that was put back does not put it off for good.
    second.later(-2 * hourMs);
    await second.rests();
    await second.upkeep.stop();
    expect(await changes(store)).toHaveLength(0);
  });
});
