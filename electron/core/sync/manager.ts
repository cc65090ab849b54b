/**
 * Keeps the syncs of all connections: at most one each, joined when asked for twice, watched by whoever wants. Leaves
 * out when a sync is due by itself; that is the scheduler's affair.
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { SyncKind, SyncReport, SyncState } from '../../../shared/model/sync.ts';
import type { GraphClient } from '../graph/types.ts';
import type { Clock, Log } from '../ports.ts';
import type { Reader, Writer } from '../store/types.ts';
import { decideSync, type SyncTask } from './decide.ts';
import { type Latest, latest } from './latest.ts';
import { readFullPages, readPast } from './past.ts';
import { beginning, etaSeconds } from './progress.ts';
import { type OnPage, type Pulled, pull } from './pull.ts';
import { readDataAsOf, readLastReport, reportFailure, startedAgain } from './report.ts';

export type SyncManager = {
  /**
   * Resolves when the sync is under way (or could not even begin: then `last` says why). Joins one that runs.
   * @throws RiskdeskError busy: a full one is wanted and an incremental one runs.
   */
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

/** A sync under way in this process. */
type Active = {
  readonly abort: AbortController;
  /** Resolves when it is known what the sync will do, or that it will do nothing. Never rejects. */
  readonly begun: Promise<void>;
  /** Resolves when its end is shown. Never rejects. */
  readonly ended: Promise<void>;
};

type Slot = {
  readonly state: Latest<SyncState>;
  active: Active | null;
  /** The last failure that the store has no record of, and the newest record at that time. */
  failure: { readonly report: SyncReport; readonly after: number } | null;
};

/** How often the waiting time of a throttled sync is shown anew. */
const tickMs = 1_000;
/** How often a sync begins anew because the connection's settings changed under it. */
const mostChanges = 3;

export function createSyncManager(ports: SyncManagerPorts): SyncManager {
  const { reader, writer, clock, log } = ports;
  const slots = new Map<number, Slot>();
  let indexing: Promise<void> = Promise.resolve();

  /** The slot of a connection, up to date: another process may have synced since it was last looked at. */
  async function slotOf(connection: Connection): Promise<Slot> {
    const last = await readLastReport(reader, connection);
    const dataAsOf = await readDataAsOf(reader, connection.id);
    const slot = slots.get(connection.id);
    if (slot === undefined) {
      const state = latest<SyncState>({ connection: connection.name, version: 0, running: null, last, dataAsOf });
      const made: Slot = { state, active: null, failure: null };
      slots.set(connection.id, made);
      return made;
    }
    if (slot.active === null) {
      const present = slot.state.get();
      const news = { last: newest(slot, last), dataAsOf, connection: connection.name };
      const isNews =
        news.last?.finishedAt !== present.last?.finishedAt ||
        news.last?.syncId !== present.last?.syncId ||
        news.dataAsOf !== present.dataAsOf ||
        news.connection !== present.connection;
      if (isNews) show(slot, news);
    }
    return slot;
  }

  function newest({ failure }: Slot, recorded: SyncReport | null): SyncReport | null {
    return failure !== null && (recorded?.syncId ?? 0) <= failure.after ? failure.report : recorded;
  }

  function show(slot: Slot, change: Partial<SyncState>): void {
    const present = slot.state.get();
    slot.state.set({ ...present, ...change, version: present.version + 1 });
  }

  async function decide(connection: Connection, full: boolean): Promise<SyncTask> {
    const { sync } = await ports.settings();
    const now = clock.now();
    const past = await readPast(reader, connection.id, now);
    return decideSync(past, { full, reconcileMs: sync.reconcileHours * 3_600_000, now });
  }

  async function run(
    connection: Connection,
    slot: Slot,
    full: boolean,
    signal: AbortSignal,
    begun: () => void,
  ): Promise<void> {
    for (let changes = 0; ; changes += 1) {
      const graph = await ports.graphFor(connection.name);
      const task = await decide(connection, full);
      const pagesExpected = task.kind === 'full' ? await readFullPages(reader, connection.id) : null;
      const resumed = task.do !== 'start';
      show(slot, { running: beginning({ kind: task.kind, resumed, now: clock.now(), pagesExpected }) });
      begun();
      const { errorCode } = await carryOut(connection, slot, graph, task, signal);
      if (errorCode !== startedAgain || signal.aborted || changes === mostChanges) return;
    }
  }

  async function carryOut(
    connection: Connection,
    slot: Slot,
    graph: GraphClient,
    task: SyncTask,
    signal: AbortSignal,
  ): Promise<Pulled> {
    let began = clock.monotonic();
    let pagesBefore = Number.POSITIVE_INFINITY;
    const onPage: OnPage = (now) => {
      // Fewer pages than before: the list was begun again.
      if (now.pages <= pagesBefore) {
        if (pagesBefore !== Number.POSITIVE_INFINITY) began = clock.monotonic();
        pagesBefore = now.pages - 1;
      }
      const { running } = slot.state.get();
      if (running === null) return;
      const pagesExpected = now.kind === running.kind ? running.pagesExpected : null;
      const tookMs = clock.monotonic() - began;
      const eta = etaSeconds({ pages: now.pages, pagesBefore, pagesExpected, tookMs });
      show(slot, { running: { ...running, ...now, pagesExpected, etaSeconds: eta, waitingSeconds: null } });
    };
    const ticking = new AbortController();
    const ticker = tick(slot, graph, ticking.signal);
    try {
      return await pull({ reader, writer, graph, clock, log }, connection, task, { onPage, signal });
    } finally {
      ticking.abort();
      await ticker;
    }
  }

  /** Shows the request budget and how long a throttle still waits; ends when aborted. */
  async function tick(slot: Slot, graph: GraphClient, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(tickMs, signal).catch(() => undefined);
      const pace = graph.pace().find((one) => one.workload === 'identity-protection');
      const { running } = slot.state.get();
      if (signal.aborted || running === null || pace === undefined) continue;
      const { waitingUntil, requestsPerSecond } = pace;
      if (waitingUntil === null && requestsPerSecond === running.requestsPerSecond) continue;
      const waitingSeconds =
        waitingUntil === null ? running.waitingSeconds : Math.max(0, Math.ceil((waitingUntil - clock.now()) / 1_000));
      show(slot, { running: { ...running, waitingSeconds, requestsPerSecond } });
    }
  }

  /** Runs a sync to its end and shows it, whatever happens: a watcher that waits for the end always meets it. */
  async function runAndShow(
    connection: Connection,
    slot: Slot,
    full: boolean,
    signal: AbortSignal,
    begun: () => void,
  ): Promise<void> {
    const started = clock.now();
    slot.failure = null;
    try {
      await run(connection, slot, full, signal, begun);
    } catch (error) {
      log('error', 'sync.ended', { connection: connection.name, error: String(error) });
      const kind: SyncKind = slot.state.get().running?.kind ?? (full ? 'full' : 'incremental');
      const report = await reportFailure(reader, connection, error, { kind, started, now: clock.now() });
      const recorded = await readLastReport(reader, connection).catch(() => null);
      slot.failure = { report, after: recorded?.syncId ?? 0 };
    }
    const present = slot.state.get();
    const recorded = await readLastReport(reader, connection).catch(() => present.last);
    const dataAsOf = await readDataAsOf(reader, connection.id).catch(() => present.dataAsOf);
    slot.active = null;
    show(slot, { running: null, last: newest(slot, recorded), dataAsOf });
    indexing = indexing.then(indexSearch);
  }

  /** After the sync, not in it: whoever waits for the data has it, and searches meanwhile read the names themselves. */
  async function indexSearch(): Promise<void> {
    try {
      while ((await writer.indexSearch({})).more);
    } catch (error) {
      log('warn', 'sync.search-not-indexed', { error: String(error) });
    }
  }

  function launch(connection: Connection, slot: Slot, full: boolean): Active {
    const abort = new AbortController();
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    // In the next turn, so that the slot holds the sync before it can end.
    const ended = Promise.resolve()
      .then(() => runAndShow(connection, slot, full, abort.signal, resolve))
      .catch((error: unknown) => log('error', 'sync.lost', { error: String(error) }))
      .finally(resolve);
    return { abort, begun, ended };
  }

  async function start(connection: Connection, options: { readonly full: boolean }): Promise<SyncState> {
    const slot = await slotOf(connection);
    const joined = slot.active !== null;
    const active = slot.active ?? launch(connection, slot, options.full);
    slot.active = active;
    await active.begun;
    const state = slot.state.get();
    if (joined && options.full && state.running?.kind === 'incremental') {
      throw new RiskdeskError('busy', `An incremental sync of "${connection.name}" is under way.`, {
        cure: 'Wait until it ends, or stop it.',
      });
    }
    return state;
  }

  async function stopAndWait(connection: Connection): Promise<void> {
    const active = slots.get(connection.id)?.active;
    active?.abort.abort(new DOMException('The sync was stopped.', 'AbortError'));
    await active?.ended;
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
      await slot.active?.begun;
      yield* slot.state.watch((state) => state.running === null, signal);
    },
    forget: (connectionId) => {
      if (slots.get(connectionId)?.active === null) slots.delete(connectionId);
    },
    async close() {
      const all = [...slots.values()].flatMap(({ active }) => active ?? []);
      for (const { abort } of all) abort.abort(new DOMException('The program ends.', 'AbortError'));
      await Promise.all(all.map(({ ended }) => ended));
      await indexing;
    },
  };
}
