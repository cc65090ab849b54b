/**
 * Pulls one connection's risky users into the store. Page N+1 is on the wire while page N is written, and each page is
 * committed with the link to the next, so a kill at any moment loses at most work, never rows. Leaves out which task is
 * due (`decide.ts`) and what a failure means for the list (`restart.ts`).
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { SyncKind } from '../../../shared/model/sync.ts';
import { followLink } from '../graph/calls/links.ts';
import { listRiskyUsers, riskPageSize } from '../graph/calls/risk.ts';
import type { GraphCall, GraphClient } from '../graph/types.ts';
import type { Clock, Log } from '../ports.ts';
import type { Reader, Writer } from '../store/types.ts';
import type { SyncTask } from './decide.ts';
import { readScope } from './past.ts';
import { readRows } from './readRows.ts';
import { startedAgain } from './report.ts';
import { type Begun, isTheEnd, restartAfter } from './restart.ts';

export type PullPorts = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly graph: GraphClient;
  readonly clock: Clock;
  readonly log: Log;
};

/** Called after each page; cheap. Totals of the sync, over every process that worked on it. */
export type OnPage = (progress: {
  readonly kind: SyncKind;
  readonly resumed: boolean;
  readonly pages: number;
  readonly users: number;
  readonly requests: number;
  readonly throttled: number;
}) => void;

export type Pulled = {
  readonly complete: boolean;
  /** Plain words when it is not complete. */
  readonly message: string | null;
  readonly errorCode: string | null;
};

/** How one task went. `storeFailed`: the error is the store's, so nothing more can be recorded. */
type Walked = {
  readonly syncId: number | null;
  readonly error: unknown;
  readonly pagesRead: number;
  readonly unsent: boolean;
  readonly storeFailed: boolean;
};

const outdated = 'The settings of the connection changed while it was synced, so what was read is not what is wanted.';

/**
 * Carries out one task. Resolves when the end of the sync is committed, complete or not. A list that cannot be gone on
 * with is begun again. `errorCode` is `started-again` when the connection changed meanwhile: the caller decides anew.
 * @throws RiskdeskError when the store fails or no longer takes the sync: disk-full and the like; `cancelled` when the
 *   connection was removed, `busy` when another process took over.
 */
export async function pull(
  ports: PullPorts,
  connection: Connection,
  first: SyncTask,
  options: { readonly onPage: OnPage; readonly signal: AbortSignal },
): Promise<Pulled> {
  const { reader, writer, graph, clock, log } = ports;
  const { signal, onPage } = options;
  const scope = await readScope(reader, connection.id);
  let spentFrom = { ...graph.counters(), at: clock.monotonic() };
  const spent = () => {
    const now = { ...graph.counters(), at: clock.monotonic() };
    const difference = {
      requests: now.requests - spentFrom.requests,
      throttled: now.throttled - spentFrom.throttled,
      durationMs: Math.round(now.at - spentFrom.at),
    };
    spentFrom = now;
    return difference;
  };

  let task = first;
  for (let restarts = 0; ; restarts += 1) {
    const walked = await walk(task);
    if (walked.storeFailed) return refused(walked.syncId, walked.error);
    const next = walked.error === null || signal.aborted ? null : restartAfter(task, walked, restarts);
    if (next === null) return end(task, walked);
    log('warn', 'sync.started-again', { connection: connection.name, error: String(walked.error) });
    await finish(walked.syncId, {
      complete: false,
      message: 'The place where the sync stood is no longer good, so it began again.',
      errorCode: startedAgain,
    });
    task = next;
  }

  async function walk(present: SyncTask): Promise<Walked> {
    const requestsBefore = graph.counters().requests;
    let syncId = 'syncId' in present ? present.syncId : null;
    let pagesRead = 0;
    let storeFailed = false;
    const stored = async <T>(write: Promise<T>): Promise<T> => {
      try {
        return await write;
      } catch (error) {
        storeFailed = true;
        throw error;
      }
    };
    let error: unknown = null;
    try {
      if (present.do !== 'finish') {
        const begun = await stored(open(present));
        syncId = begun.syncId;
        for await (const count of pages(begun, present.kind, present.do === 'resume', stored)) pagesRead = count;
      }
    } catch (thrown) {
      if (!isTheEnd(present, pagesRead, thrown)) error = thrown;
    }
    return { syncId, error, pagesRead, unsent: graph.counters().requests === requestsBefore, storeFailed };
  }

  async function open(present: Begun): Promise<{ readonly syncId: number; readonly from: GraphCall }> {
    const { kind, since } = present;
    const list = listRiskyUsers({ since: since === null ? undefined : new Date(since).toISOString() });
    if (present.do === 'start') {
      const { syncId } = await writer.startSync({ connection: connection.id, kind, since, now: clock.now() });
      return { syncId, from: list };
    }
    const { syncId } = present;
    const { nextLink } = await writer.resumeSync({ syncId });
    if (nextLink === null) throw new RiskdeskError('internal', 'A sync without a link was to be resumed.');
    return { syncId, from: followLink(nextLink, list) };
  }

  /** Reads and writes page after page; yields how many were read. Ends when the last one is committed. */
  async function* pages(
    { syncId, from }: { readonly syncId: number; readonly from: GraphCall },
    kind: SyncKind,
    resumed: boolean,
    stored: <T>(write: Promise<T>) => Promise<T>,
  ): AsyncGenerator<number, void, void> {
    let writing: Promise<unknown> = Promise.resolve();
    let count = 0;
    try {
      for await (const page of graph.pages(from, { priority: 'background', signal, pageSize: riskPageSize })) {
        const { nextLink } = page;
        const rows = readRows(page.items);
        await writing;
        const write = writer.writePage({ syncId, nextLink, ...rows, now: clock.now(), ...spent() });
        writing = stored(write).then((totals) => onPage({ kind, resumed, ...totals, users: totals.received }));
        // An error of the write is met by the next `await writing`; this only keeps it from being called unhandled.
        writing.catch(() => undefined);
        count += 1;
        yield count;
        // After the last page there is nothing left to stop.
        if (nextLink !== null) signal.throwIfAborted();
      }
    } finally {
      await writing;
    }
  }

  async function end(present: SyncTask, { syncId, error, pagesRead }: Walked): Promise<Pulled> {
    const whole = error === null;
    if (whole && present.kind === 'full' && (await readScope(reader, connection.id)) !== scope) {
      return finish(syncId, { complete: false, message: outdated, errorCode: startedAgain });
    }
    const outcome = describe(error, {
      stopped: signal.aborted,
      somethingRead: pagesRead > 0 || present.do === 'resume',
    });
    if (outcome.errorCode === 'internal') log('error', 'sync.failed', { error: String(error) });
    return finish(syncId, outcome);
  }

  async function finish(syncId: number | null, outcome: Pulled): Promise<Pulled> {
    if (syncId === null) throw new RiskdeskError('internal', 'A sync without a record was to be ended.');
    try {
      await writer.finishSync({ syncId, ...outcome, now: clock.now(), ...spent() });
      return outcome;
    } catch (error) {
      return refused(syncId, error);
    }
  }

  /** The store did not take a write. Says why, where the reason is that the sync is no longer this process's own. */
  async function refused(syncId: number | null, error: unknown): Promise<Pulled> {
    const lost = error instanceof RiskdeskError && (error.code === 'cancelled' || error.code === 'not-found');
    if (!lost) throw error;
    const present = await readScope(reader, connection.id);
    if (present === null) {
      throw new RiskdeskError('cancelled', `The connection "${connection.name}" was removed while it was synced.`);
    }
    if (present !== scope) return { complete: false, message: outdated, errorCode: startedAgain };
    const row = await reader.get<{ state: string }>('SELECT state FROM sync WHERE id = ?', [syncId]);
    if (row?.state === 'complete') return { complete: true, message: null, errorCode: null };
    throw new RiskdeskError('busy', `Another Riskdesk process took over the sync of "${connection.name}".`, {
      cure: 'Wait until that one ends: what it reads is in the same cache.',
    });
  }
}

function describe(error: unknown, at: { readonly stopped: boolean; readonly somethingRead: boolean }): Pulled {
  if (error === null) return { complete: true, message: null, errorCode: null };
  const goesOn = at.somethingRead ? 'What was read is kept, and the next sync goes on from there.' : null;
  if (at.stopped) {
    return {
      complete: false,
      message: ['The sync was stopped.', goesOn].filter(Boolean).join(' '),
      errorCode: 'cancelled',
    };
  }
  if (!(error instanceof RiskdeskError)) {
    const message = 'Something went wrong inside Riskdesk. The log has the details.';
    return { complete: false, message, errorCode: 'internal' };
  }
  const message = [error.message, error.cure, goesOn].filter(Boolean).join(' ');
  return { complete: false, message, errorCode: error.code };
}
