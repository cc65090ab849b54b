/**
 * A core that keeps the schedule, on a tenant over real HTTP, with a clock that runs fast and can be set or put to sleep.
 * One rule names a few users with high risk; one automatic action adds them to a group.
 */
import { createRouterClient } from '@orpc/server';
import { systemClock } from '../../../electron/adapters/clock.ts';
import type { Core } from '../../../electron/core/core.ts';
import type { Clock, Notifier } from '../../../electron/core/ports.ts';
import { twinDefaults } from '../../../electron/twin/options.ts';
import type { NewConnection } from '../../../shared/contract/connections.ts';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import type { ScheduleState } from '../../../shared/model/schedule.ts';
import type { Client } from '../../contract/transports.ts';
import { openTestCore, type TestCore } from '../../harness/openTestCore.ts';

type TestClock = Clock & {
  /** The wall clock is set; steady time goes on as it did. */
  setBy(ms: number): void;
};

/** Goes `times` as fast as the machine's. */
export function testClock(times = 100): TestClock {
  const start = Date.now();
  const from = performance.now();
  let set = 0;
  const passed = () => (performance.now() - from) * times;
  return {
    now: () => Math.floor(start + passed() + set),
    monotonic: passed,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
    setBy: (ms) => {
      set += ms;
    },
  };
}

export type ScheduleScene = {
  readonly test: TestCore;
  readonly clock: TestClock;
  readonly client: Client;
  readonly core: () => Core;
  readonly notes: { readonly title: string; readonly body: string; readonly runId?: string }[];
  readonly group: string;
  /** Ids of users of the tenant that have high risk now. */
  readonly risky: Set<string>;
  connect(change?: Partial<NewConnection>): Promise<void>;
  /** Adds the rule and the action. */
  act(change?: {
    readonly automatic?: boolean;
    readonly cap?: number | null;
    readonly name?: string;
    readonly by?: Client;
  }): Promise<void>;
  /** Gives `count` more users a high risk. */
  raise(count: number): void;
  syncs(connection?: string): number;
  journal(event: string): Promise<readonly JournalEntry[]>;
  until(what: string, holds: (state: ScheduleState) => boolean): Promise<ScheduleState>;
  close(): Promise<void>;
};

export async function openSchedule(
  options: { readonly readOnly?: string; readonly scheduler?: boolean } = {},
): Promise<ScheduleScene> {
  const clock = testClock();
  const notes: Parameters<Notifier>[0][] = [];
  const test = await openTestCore({
    twin: { users: 120 },
    clock,
    notify: (note) => notes.push(note),
    scheduler: options.scheduler ?? true,
    ...(options.readOnly === undefined ? {} : { readOnly: options.readOnly }),
  });
  const { control } = test.twin;
  control.changeRisk(() => true, { riskLevel: 'low', riskState: 'atRisk', riskDetail: 'none' });
  const group = control.addGroup({ displayName: 'Quarantine' }).id;
  const risky = new Set<string>();
  const client: Client = new Proxy({} as Client, {
    get: (_, key) => Reflect.get(createRouterClient(test.core.router, { context: {} }), key) as unknown,
  });
  return {
    test,
    clock,
    client,
    core: () => test.core,
    notes,
    group,
    risky,
    async connect(change = {}) {
      await client.connections.add({
        name: 'contoso',
        tenant: twinDefaults.tenant,
        client: twinDefaults.client,
        authorityUrl: test.server.authorityUrl,
        graphUrl: test.server.graphUrl,
        credential: { kind: 'secret-env', variable: test.secretVariable },
        syncEvery: 1,
        ...change,
      });
    },
    async act({ automatic = true, cap = null, name = 'quarantine', by = client } = {}) {
      const rules = await by.rules.list();
      if (rules.length === 0) {
        const query = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] };
        await by.rules.add({ name: 'High', query });
      }
      await by.actions.add({
        name,
        rule: 'High',
        connection: 'contoso',
        kind: 'add-to-group',
        group: { mode: 'existing', id: group },
        automatic,
        cap,
      });
    },
    raise(count) {
      let left = count;
      for (let index = 0; left > 0; index += 1) {
        const user = control.userAt(index);
        if (user.isDeleted || !user.listed || user.isGuest || risky.has(user.id)) continue;
        risky.add(user.id);
        left -= 1;
      }
      control.changeRisk((user) => risky.has(user.id) && user.riskLevel !== 'high', {
        riskLevel: 'high',
        riskState: 'atRisk',
        riskDetail: 'none',
      });
    },
    syncs: () =>
      control.requestLog.filter(({ method, path }) => method === 'GET' && path.includes('riskyUsers')).length,
    journal: async (event) => (await client.journal.list({ filter: { event }, limit: 1_000 })).rows,
    async until(what, holds) {
      for (let tries = 0; tries < 600; tries += 1) {
        const state = await client.schedule.state();
        if (holds(state)) return state;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`never: ${what}. It is ${JSON.stringify(await client.schedule.state(), null, 1)}`);
    },
    close: () => test.close(),
  };
}
