/**
 * Pulls one connection's risky users into the store. Page N+1 is on the wire while page N is written, and each page is
 * committed with the link to the next, so a kill at any moment loses at most work, never rows.
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { SyncKind } from '../../../shared/model/sync.ts';
import { followLink } from '../graph/calls/links.ts';
import { listRiskyUsers, riskPageSize } from '../graph/calls/risk.ts';
import { type RiskyUserIn, readRiskyUser } from '../graph/rows.ts';
import { type GraphCall, type GraphClient, GraphError, type GraphPage } from '../graph/types.ts';
import type { Clock, Log } from '../ports.ts';
import type { Writer } from '../store/types.ts';
import type { SyncTask } from './decide.ts';

export type PullPorts = {
  readonly writer: Writer;
  readonly graph: GraphClient;
  readonly clock: Clock;
  readonly log: Log;
};

/** Called after each page and while a throttle waits; cheap. */
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

const keptExamples = 5;

/** Rows of a page as the store takes them, and what was wrong with the others. */
function readRows(page: GraphPage): {
  readonly users: RiskyUserIn[];
  readonly skipped: number;
  readonly repaired: number;
  readonly examples: readonly string[];
} {
  const users: RiskyUserIn[] = [];
  const examples: string[] = [];
  let skipped = 0;
  let repaired = 0;
  for (const item of page.items) {
    const read = readRiskyUser(item);
    if (!read.ok) {
      skipped += 1;
      if (examples.length < keptExamples) examples.push(`skipped a row: ${read.problem}`);
      continue;
    }
    users.push(read.user);
    if (read.problems.length === 0) continue;
    repaired += 1;
    if (examples.length < keptExamples) examples.push(`kept ${read.user.objectId}: ${read.problems.join(', ')}`);
  }
  return { users, skipped, repaired, examples };
}

/** What Graph answers when a stored link is no longer good: any refusal that is not about permission or licence. */
function linkIsDead(error: unknown): boolean {
  return error instanceof GraphError && error.code === 'graph-refused';
}

/**
 * Carries out one task. Resolves when the end of the sync is committed, complete or not; rejects only when the store
 * itself fails. A dead link makes it start again from the first page, once.
 */
export async function pull(
  ports: PullPorts,
  connection: Connection,
  task: SyncTask,
  options: { readonly onPage: OnPage; readonly signal: AbortSignal },
): Promise<Pulled> {
  const { writer, graph, clock, log } = ports;
  const { signal, onPage } = options;
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

  const isoOf = (since: number | null) => (since === null ? undefined : new Date(since).toISOString());

  async function walk(syncId: number, from: GraphCall, kind: SyncKind, resumed: boolean): Promise<void> {
    let writing: Promise<unknown> = Promise.resolve();
    pagesRead = 0;
    try {
      for await (const page of graph.pages(from, { priority: 'background', signal, pageSize: riskPageSize })) {
        pagesRead += 1;
        const { users, skipped, repaired, examples } = readRows(page);
        await writing;
        writing = writer
          .writePage({
            syncId,
            users,
            nextLink: page.nextLink,
            skipped,
            repaired,
            examples,
            now: clock.now(),
            ...spent(),
          })
          .then((totals) => onPage({ kind, resumed, ...totals, users: totals.received }));
        // An error of the write is met by the next `await writing`; this only keeps it from being called unhandled.
        writing.catch(() => undefined);
        signal.throwIfAborted();
      }
    } finally {
      await writing;
    }
  }

  async function begin(kind: SyncKind, since: number | null): Promise<void> {
    const { syncId } = await writer.startSync({ connection: connection.id, kind, since, now: clock.now() });
    current = syncId;
    await walk(syncId, listRiskyUsers({ since: isoOf(since) }), kind, false);
  }

  let current: number | null = null;
  let pagesRead = 0;
  try {
    if (task.do === 'resume') {
      const { nextLink } = await writer.resumeSync({ syncId: task.syncId });
      current = task.syncId;
      if (nextLink === null) throw new RiskdeskError('internal', 'A sync without a link was to be resumed.');
      await walk(task.syncId, followLink(nextLink, listRiskyUsers()), task.kind, true);
    } else {
      await begin(task.kind, task.since);
    }
  } catch (error) {
    // The very first page of a full sync has no link and no filter that a server could refuse.
    const plainFirstPage = task.do === 'start' && task.kind === 'full' && pagesRead === 0;
    if (!linkIsDead(error) || plainFirstPage || signal.aborted) return end(current, error);
    log('warn', 'sync.started-again', { connection: connection.name, error: String(error) });
    try {
      await begin('full', null);
    } catch (second) {
      return end(current, second);
    }
  }
  return end(current, null);

  async function end(syncId: number | null, error: unknown): Promise<Pulled> {
    const outcome = describe(error, signal);
    if (outcome.errorCode === 'internal') log('error', 'sync.failed', { error: String(error) });
    if (syncId === null) throw error;
    await writer.finishSync({ syncId, ...outcome, now: clock.now(), ...spent() });
    return outcome;
  }
}

const storeCodes = new Set(['disk-full', 'store-read-only', 'store-corrupt', 'store-busy']);

function describe(error: unknown, signal: AbortSignal): Pulled {
  if (error === null) return { complete: true, message: null, errorCode: null };
  if (signal.aborted) {
    const message = 'The sync was stopped. What was read is kept, and the next sync goes on from there.';
    return { complete: false, message, errorCode: 'cancelled' };
  }
  if (error instanceof RiskdeskError) {
    if (storeCodes.has(error.code)) throw error;
    const kept = 'What was read is kept, and the next sync goes on from there.';
    return {
      complete: false,
      message: [error.message, error.cure, kept].filter(Boolean).join(' '),
      errorCode: error.code,
    };
  }
  return {
    complete: false,
    message: 'Something went wrong inside Riskdesk. The log has the details.',
    errorCode: 'internal',
  };
}
