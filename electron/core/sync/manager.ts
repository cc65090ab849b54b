/**
 * Keeps the syncs of all connections: at most one each, joined when asked for twice, watched by whoever wants. Leaves
 * out when a sync is due by itself; that is the scheduler's affair.
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { SyncProgress, SyncState } from '../../../shared/model/sync.ts';
import type { GraphClient } from '../graph/types.ts';
import type { Clock, Log } from '../ports.ts';
import type { Reader, Writer } from '../store/types.ts';
import { decideSync } from './decide.ts';
import { type Latest, latest } from './latest.ts';
import { readDataAsOf, readFullPages, readLastReport, readPast } from './past.ts';
import { type OnPage, pull } from './pull.ts';

export type SyncManager = {
  /** Resolves when the sync is under way. @throws RiskdeskError busy: a full one is wanted and an incremental one runs. */
  start(connection: Connection, options: { readonly full: boolean }): Promise<SyncState>;
  /** Asks the sync to stop after the page at hand; resolves with the state when it has ended. */
  stop(connection: Connection): Promise<SyncState>;
  stopAndWait(connection: Connection): Promise<void>;
  state(connection: Connection): Promise<SyncState>;
  /** The latest state; ends with the sync that runs. */
  watch(connection: Connection, signal?: AbortSignal): AsyncGenerator<SyncState, void, void>;
  /** Forgets what is kept in memory of a connection that was changed or removed. */
  forget(connectionId: number): void;
  /** Stops every sync and resolves when all have ended. */
  close(): Promise<void>;
};

export type SyncManagerPorts = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly graphFor: (connection: string) => Promise<GraphClient>;
  readonly settings: () => Promise<Settings>;
  readonly clock: Clock;
  readonly log: Log;
};

type Slot = {
  readonly state: Latest<SyncState>;
  abort: AbortController | null;
  ending: Promise<void> | null;
};

/** How often the waiting time of a throttled sync is shown anew. */
const tickMs = 1_000;

export function createSyncManager(ports: SyncManagerPorts): SyncManager {
  const { reader, writer, clock, log } = ports;
  const slots = new Map<number, Slot>();

  async function slotOf(connection: Connection): Promise<Slot> {
    const present = slots.get(connection.id);
    if (present !== undefined) return present;
    const last = await readLastReport(reader, connection);
    const dataAsOf = await readDataAsOf(reader, connection.id);
    const slot: Slot = {
      state: latest<SyncState>({ connection: connection.name, version: 0, running: null, last, dataAsOf }),
      abort: null,
      ending: null,
    };
    // Another caller may have come by while the store was read.
    const raced = slots.get(connection.id);
    if (raced !== undefined) return raced;
    slots.set(connection.id, slot);
    return slot;
  }

  function show(slot: Slot, change: Partial<SyncState>): void {
    const present = slot.state.get();
    slot.state.set({ ...present, ...change, version: present.version + 1 });
  }

  async function run(connection: Connection, slot: Slot, full: boolean, abort: AbortController): Promise<void> {
    const graph = await ports.graphFor(connection.name);
    const { sync } = await ports.settings();
    const task = decideSync(await readPast(reader, connection.id), {
      full,
      reconcileMs: sync.reconcileHours * 3_600_000,
      now: clock.now(),
    });
    const startedAt = new Date(clock.now()).toISOString();
    const began = clock.monotonic();
    const pagesExpected = task.kind === 'full' ? await readFullPages(reader, connection.id) : null;
    let pagesBefore: number | null = null;
    const progress: SyncProgress = {
      kind: task.kind,
      resumed: task.do === 'resume',
      startedAt,
      pages: 0,
      users: 0,
      pagesExpected,
      etaSeconds: null,
      requests: 0,
      throttled: 0,
      waitingSeconds: null,
    };
    show(slot, { running: progress });

    const onPage: OnPage = (now) => {
      pagesBefore ??= now.pages - 1;
      const done = now.pages - pagesBefore;
      const secondsAPage = (clock.monotonic() - began) / 1_000 / Math.max(1, done);
      const left = pagesExpected === null ? null : Math.max(0, pagesExpected - now.pages);
      const etaSeconds = left === null ? null : Math.ceil(left * secondsAPage);
      const present = slot.state.get().running ?? progress;
      show(slot, { running: { ...present, ...now, etaSeconds, waitingSeconds: null } });
    };
    const ticking = new AbortController();
    const ticker = tick(slot, graph, ticking.signal);
    try {
      await pull({ writer, graph, clock, log }, connection, task, { onPage, signal: abort.signal });
    } finally {
      ticking.abort();
      await ticker;
    }
  }

  /** Shows how long a throttle still waits; ends when aborted. */
  async function tick(slot: Slot, graph: GraphClient, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(tickMs, signal).catch(() => undefined);
      const pace = graph.pace().find((one) => one.workload === 'identity-protection');
      const { running } = slot.state.get();
      if (signal.aborted || running === null || !pace?.waitingUntil) continue;
      const waitingSeconds = Math.max(0, Math.ceil((pace.waitingUntil - clock.now()) / 1_000));
      show(slot, { running: { ...running, throttled: graph.counters().throttled, waitingSeconds } });
    }
  }

  async function start(connection: Connection, options: { readonly full: boolean }): Promise<SyncState> {
    const slot = await slotOf(connection);
    if (slot.ending !== null) {
      const { running } = slot.state.get();
      if (!options.full || running === null || running.kind === 'full') return slot.state.get();
      throw new RiskdeskError('busy', `An incremental sync of "${connection.name}" is under way.`, {
        cure: 'Wait until it ends, or stop it.',
      });
    }
    const abort = new AbortController();
    slot.abort = abort;
    let failure: unknown = null;
    slot.ending = run(connection, slot, options.full, abort)
      .catch((error: unknown) => {
        failure = error;
        log('error', 'sync.ended', { connection: connection.name, error: String(error) });
      })
      .then(async () => {
        const last = failure === null ? await readLastReport(reader, connection) : failed(connection, failure);
        const dataAsOf = await readDataAsOf(reader, connection.id);
        slot.abort = null;
        slot.ending = null;
        show(slot, { running: null, last, dataAsOf });
      });
    slot.ending.catch((error: unknown) => log('error', 'sync.lost', { error: String(error) }));
    show(slot, { running: slot.state.get().running ?? starting(clock.now()) });
    return slot.state.get();
  }

  /** A sync that failed before or beside its own record: a full disk, a secret that is gone. */
  function failed(connection: Connection, error: unknown): SyncState['last'] {
    const known = error instanceof RiskdeskError;
    const at = new Date(clock.now()).toISOString();
    const message = known
      ? [error.message, error.cure].filter(Boolean).join(' ')
      : 'Something went wrong inside Riskdesk. The log has the details.';
    const none = { users: 0, added: 0, changed: 0, gone: 0, skipped: 0, requests: 0, throttled: 0, durationMs: 0 };
    return {
      ...none,
      complete: false,
      syncId: 0,
      connection: connection.name,
      kind: 'full',
      startedAt: at,
      finishedAt: at,
      watermark: null,
      repaired: 0,
      examples: [],
      message,
      errorCode: known ? error.code : 'internal',
    };
  }

  async function stopAndWait(connection: Connection): Promise<void> {
    const slot = slots.get(connection.id);
    slot?.abort?.abort(new DOMException('The sync was stopped.', 'AbortError'));
    await slot?.ending;
  }

  return {
    start,
    async stop(connection) {
      await stopAndWait(connection);
      return (await slotOf(connection)).state.get();
    },
    stopAndWait,
    state: async (connection) => (await slotOf(connection)).state.get(),
    async *watch(connection, signal) {
      const slot = await slotOf(connection);
      yield* slot.state.watch((state) => state.running === null, signal);
    },
    forget: (connectionId) => {
      if (slots.get(connectionId)?.ending === null) slots.delete(connectionId);
    },
    async close() {
      for (const slot of slots.values()) slot.abort?.abort(new DOMException('The program ends.', 'AbortError'));
      await Promise.all([...slots.values()].map((slot) => slot.ending));
    },
  };
}

function starting(now: number): SyncProgress {
  return {
    kind: 'incremental',
    resumed: false,
    startedAt: new Date(now).toISOString(),
    pages: 0,
    users: 0,
    pagesExpected: null,
    etaSeconds: null,
    requests: 0,
    throttled: 0,
    waitingSeconds: null,
  };
}
