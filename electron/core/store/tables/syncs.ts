/**
 * Writes of a sync: its start, each page together with the link to the next, and its end. A page and its link are one
 * transaction, so a process that is killed finds exactly the rows of the pages whose link it stands at.
 */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import type { SyncKind } from '../../../../shared/model/sync.ts';
import { updateAggregates } from './aggregates.ts';
import { beginFirstSync, endFirstSync, firstSyncUnderWay, suitsFirstSync } from './firstSync.ts';
import { markGone, unseenUsers } from './gone.ts';
import type { RiskyUserIn } from './riskyUserIn.ts';
import { scoringOf } from './scoring.ts';
import { many, one, run } from './statements.ts';
import { loadTerms } from './terms.ts';
import { changeCube, liveUsers, sweepCube } from './userCube.ts';
import { appendPage, mergePage } from './userPage.ts';

/** A user whose Entra time lies further ahead of this clock than this does not move the watermark, in milliseconds. */
const trustedAhead = 24 * 3_600_000;
const keptExamples = 5;

/** Rows of the sync so far, over every process that worked on it. */
export type SyncTotals = {
  readonly syncId: number;
  readonly pages: number;
  readonly received: number;
  readonly users: number;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly skipped: number;
  readonly repaired: number;
  readonly requests: number;
  readonly throttled: number;
  readonly durationMs: number;
  /** Epoch ms, Entra's clock; null when no row had a time. */
  readonly watermark: number | null;
};

/** What was spent since the last write of the same sync: added to the totals. */
export type Spent = { readonly requests: number; readonly throttled: number; readonly durationMs: number };

type PageArgs = Spent & {
  readonly syncId: number;
  readonly users: readonly RiskyUserIn[];
  /** Where the next page is; null after the last one. */
  readonly nextLink: string | null;
  /** Rows that could not be kept, and rows kept with a repaired field; `examples` says what was wrong with some. */
  readonly skipped: number;
  readonly repaired: number;
  readonly examples: readonly string[];
  readonly now: number;
};

type FinishArgs = Spent & {
  readonly syncId: number;
  /** True when the last page was read. Only then is anybody marked as gone, and only by a full sync. */
  readonly complete: boolean;
  readonly message: string | null;
  readonly errorCode: string | null;
  readonly now: number;
};

type Running = { connection: number; kind: SyncKind; examples: string };

function runningSync(db: Database, syncId: number): Running {
  const row = one<Running>(
    db,
    "SELECT connection, kind, examples FROM sync WHERE id = ? AND state = 'running'",
    syncId,
  );
  if (row === undefined) {
    throw new RiskdeskError(
      'cancelled',
      'The sync is no longer under way: it was ended, or its connection was removed.',
      {
        facts: { syncId },
      },
    );
  }
  return row;
}

function totals(db: Database, syncId: number): SyncTotals {
  const row = one<SyncTotals>(
    db,
    `SELECT id AS syncId, pages, received, users, added, changed, gone, skipped, repaired, requests, throttled,
       duration_ms AS durationMs, watermark FROM sync WHERE id = ?`,
    syncId,
  );
  if (row === undefined) throw new RiskdeskError('not-found', 'There is no such sync.', { facts: { syncId } });
  return row;
}

function addSpent(db: Database, syncId: number, spent: Spent): void {
  run(
    db,
    'UPDATE sync SET requests = requests + ?, throttled = throttled + ?, duration_ms = duration_ms + ? WHERE id = ?',
    spent.requests,
    spent.throttled,
    spent.durationMs,
    syncId,
  );
}

export const syncWrites = {
  /**
   * Begins a sync and ends whatever stood open for the connection. `since`: the filter of an incremental one, epoch ms,
   * Entra's clock; its watermark starts at the last one. `bulk` of the result: the users are appended without indexes
   * until `finishSync` (firstSync.ts).
   */
  startSync(
    db: Database,
    args: { readonly connection: number; readonly kind: SyncKind; readonly since: number | null; readonly now: number },
  ): { readonly syncId: number; readonly bulk: boolean } {
    scoringOf(db, args.connection);
    run(
      db,
      `UPDATE sync SET state = 'incomplete', next_link = NULL, finished = ifnull(finished, ?),
         message = ifnull(message, 'Another sync was started instead.') WHERE connection = ? AND state = 'running'`,
      args.now,
      args.connection,
    );
    run(db, 'UPDATE sync SET next_link = NULL WHERE connection = ? AND next_link IS NOT NULL', args.connection);
    const other = firstSyncUnderWay(db);
    if (other !== null && !isRunning(db, other)) endFirstSync(db);
    const last = one<{ watermark: number | null }>(
      db,
      "SELECT max(watermark) AS watermark FROM sync WHERE connection = ? AND state = 'complete'",
      args.connection,
    );
    const row = one<{ id: number }>(
      db,
      `INSERT INTO sync (connection, kind, state, started, since, watermark)
       VALUES (?, ?, 'running', ?, ?, ?) RETURNING id`,
      args.connection,
      args.kind,
      args.now,
      args.since,
      args.kind === 'incremental' ? (last?.watermark ?? null) : null,
    );
    if (row === undefined) throw new RiskdeskError('internal', 'The sync was not recorded.');
    const bulk = args.kind === 'full' && firstSyncUnderWay(db) === null && suitsFirstSync(db, args.connection);
    if (bulk) beginFirstSync(db, row.id);
    return { syncId: row.id, bulk };
  },

  /** Takes up a sync that was killed, or ended incomplete with a link to go on from. */
  resumeSync(db: Database, args: { readonly syncId: number }): SyncTotals & { readonly nextLink: string | null } {
    const changed = run(
      db,
      `UPDATE sync SET state = 'running', finished = NULL, message = NULL, error_code = NULL
       WHERE id = ? AND state <> 'complete' AND next_link IS NOT NULL`,
      args.syncId,
    );
    if (changed === 0) {
      throw new RiskdeskError('not-found', 'There is nothing to resume.', {
        cure: 'Start a new sync.',
        facts: { syncId: args.syncId },
      });
    }
    const link = one<{ nextLink: string | null }>(
      db,
      'SELECT next_link AS nextLink FROM sync WHERE id = ?',
      args.syncId,
    );
    return { ...totals(db, args.syncId), nextLink: link?.nextLink ?? null };
  },

  /** Writes one page and where the next one is. Returns the totals so far. */
  writePage(db: Database, args: PageArgs): SyncTotals {
    const sync = runningSync(db, args.syncId);
    const context = {
      connection: sync.connection,
      syncId: args.syncId,
      now: args.now,
      scoring: scoringOf(db, sync.connection),
      terms: loadTerms(db),
    };
    const bulk = firstSyncUnderWay(db);
    // Another connection's rows cannot be looked up while the first sync of one runs without indexes.
    if (bulk !== null && bulk !== args.syncId) endFirstSync(db);
    const outcome = bulk === args.syncId ? appendPage(db, args.users, context) : mergePage(db, args.users, context);
    let newest: number | null = null;
    for (const { updatedAt } of args.users) {
      if (updatedAt !== null && updatedAt <= args.now + trustedAhead && updatedAt > (newest ?? -Infinity))
        newest = updatedAt;
    }
    const examples = [...(JSON.parse(sync.examples) as string[]), ...args.examples].slice(0, keptExamples);
    run(
      db,
      `UPDATE sync SET next_link = ?, pages = pages + 1, received = received + ?, users = users + ?, added = added + ?,
         changed = changed + ?, gone = gone + ?, skipped = skipped + ?, repaired = repaired + ?, examples = ?,
         watermark = CASE WHEN watermark IS NULL OR watermark < ? THEN ? ELSE watermark END WHERE id = ?`,
      args.nextLink,
      args.users.length + args.skipped,
      outcome.kept,
      outcome.added,
      outcome.changed,
      outcome.gone,
      args.skipped,
      args.repaired,
      JSON.stringify(examples),
      newest,
      newest,
      args.syncId,
    );
    addSpent(db, args.syncId, args);
    return totals(db, args.syncId);
  },

  /**
   * Ends a sync. Complete: the histogram is kept, and a full one marks as gone whom it did not see. Incomplete: nobody is
   * marked, and the link stays for `resumeSync`. `users` of the result: live users of the connection afterwards.
   */
  finishSync(db: Database, args: FinishArgs): SyncTotals {
    const sync = runningSync(db, args.syncId);
    if (firstSyncUnderWay(db) === args.syncId) {
      const { duplicates } = endFirstSync(db);
      run(db, 'UPDATE sync SET added = added - ? WHERE id = ?', duplicates, args.syncId);
    }
    if (args.complete && sync.kind === 'full') {
      run(db, 'UPDATE sync SET gone = gone + ? WHERE id = ?', dropUnseen(db, sync.connection, args), args.syncId);
      run(db, 'UPDATE connection SET needs_full = 0 WHERE id = ?', sync.connection);
    }
    sweepCube(db);
    addSpent(db, args.syncId, args);
    run(
      db,
      'UPDATE sync SET state = ?, finished = ?, users = ?, message = ?, error_code = ?, next_link = iif(?, NULL, next_link) WHERE id = ?',
      args.complete ? 'complete' : 'incomplete',
      args.now,
      liveUsers(db, sync.connection),
      args.message,
      args.errorCode,
      args.complete ? 1 : 0,
      args.syncId,
    );
    if (args.complete) {
      run(
        db,
        `INSERT INTO sync_histogram (sync, level, state, score, users)
         SELECT ?, level, state, score, sum(users) FROM user_cube WHERE connection = ? GROUP BY level, state, score`,
        args.syncId,
        sync.connection,
      );
    }
    return totals(db, args.syncId);
  },
};

function isRunning(db: Database, syncId: number): boolean {
  return one(db, "SELECT 1 FROM sync WHERE id = ? AND state = 'running'", syncId) !== undefined;
}

function dropUnseen(db: Database, connection: number, args: FinishArgs): number {
  const users = unseenUsers(db, connection, args.syncId);
  if (users.length === 0) return 0;
  const cube = changeCube(db);
  const folds = new Set<string>();
  markGone(db, users, args.now, cube, folds);
  updateAggregates(db, cube, folds);
  cube.flush();
  return users.length;
}

/** Ends every open sync of the connection, because its users are about to go. */
export function abandonSyncs(db: Database, connection: number): void {
  for (const { id } of many<{ id: number }>(db, 'SELECT id FROM sync WHERE connection = ?', connection)) {
    if (firstSyncUnderWay(db) === id) endFirstSync(db);
  }
  run(
    db,
    "UPDATE sync SET state = 'incomplete', next_link = NULL WHERE connection = ? AND (state = 'running' OR next_link IS NOT NULL)",
    connection,
  );
}
