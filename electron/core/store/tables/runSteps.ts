/**
 * Moves the steps of a run on. Every change is journalled in the same transaction, and the counts in the run's row
 * change with it. Leaves out the life of the run itself (runs.ts).
 */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { type StepState, stepStates, type VerifyState, verifyStates } from '../../../../shared/model/run.ts';
import { appendJournal, type JournalEvent, type JournalStamp } from './journal.ts';
import { findRun, ownedRun, type RunRow } from './runRow.ts';

/** What becomes of one step. Fields left out keep their value. */
export type StepChange = {
  readonly seq: number;
  readonly state: StepState;
  readonly reason?: string | null;
  readonly requestId?: string | null;
  readonly httpStatus?: number | null;
  readonly before?: string | null;
  readonly after?: string | null;
};

/**
 * Where a step may go. `started -> planned` is the one way back: Graph refused the whole request, so nothing happened
 * to the user and the step waits for the run to be resumed. `unknown -> started`: read back, not in effect, sent again.
 */
const ways: Readonly<Record<StepState, readonly StepState[]>> = {
  planned: ['started', 'already', 'skipped', 'failed'],
  started: ['planned', 'succeeded', 'already', 'skipped', 'failed', 'unknown'],
  unknown: ['started', 'succeeded', 'already', 'skipped', 'failed', 'unknown'],
  succeeded: [],
  already: [],
  skipped: [],
  failed: [],
};

/** The column of `run` that counts each state. */
const counters: Readonly<Record<StepState, string>> = {
  planned: 'planned',
  started: 'under_way',
  succeeded: 'succeeded',
  already: 'already',
  skipped: 'skipped',
  failed: 'failed',
  unknown: 'unsure',
};

type StepRow = {
  readonly state: number;
  readonly verify: number;
  readonly before: string | null;
  readonly after: string | null;
  readonly object_id: string;
  readonly upn: string | null;
  readonly name: string | null;
};

export const stepWrites = {
  /**
   * Moves steps on and journals it: one row per user for an outcome, one row for all that were started or put back.
   * @throws RiskdeskError busy when another process owns the run; internal for a move that the state does not allow.
   */
  recordSteps(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly runId: string;
      readonly token: string;
      readonly changes: readonly StepChange[];
    },
  ): void {
    const run = ownedRun(db, args.runId, args.token);
    const read = readStep(db);
    const write = db.prepare(
      `UPDATE run_step SET state = ?, at = ?, reason = ?, before = COALESCE(?, before), after = COALESCE(?, after),
         request_id = COALESCE(?, request_id), http_status = COALESCE(?, http_status) WHERE run = ? AND seq = ?`,
    );
    const deltas = new Map<StepState, number>();
    const events: JournalEvent[] = [];
    const grouped = new Map<StepState, { seqs: number[]; row: StepRow }>();
    for (const change of args.changes) {
      const row = read.get(run.plan, run.id, change.seq);
      if (row === undefined) throw new RiskdeskError('internal', `Run ${args.runId} has no step ${change.seq}.`);
      const from = stepStates[row.state] ?? 'planned';
      if (!ways[from].includes(change.state)) {
        throw new RiskdeskError(
          'internal',
          `Step ${change.seq} of run ${args.runId} cannot go from ${from} to ${change.state}.`,
        );
      }
      write.run(
        stepStates.indexOf(change.state),
        args.stamp.at,
        change.reason ?? null,
        change.before ?? null,
        change.after ?? null,
        change.requestId ?? null,
        change.httpStatus ?? null,
        run.id,
        change.seq,
      );
      deltas.set(from, (deltas.get(from) ?? 0) - 1);
      deltas.set(change.state, (deltas.get(change.state) ?? 0) + 1);
      if (change.state === 'started' || change.state === 'planned') {
        const group = grouped.get(change.state) ?? { seqs: [], row };
        group.seqs.push(change.seq);
        grouped.set(change.state, group);
      } else events.push(outcomeEvent(run, row, change));
    }
    for (const [state, group] of grouped) events.push(groupedEvent(run, state, group));
    shiftCounts(db, run.id, deltas);
    db.prepare('UPDATE run SET heartbeat = ? WHERE id = ?').run(args.stamp.at, run.id);
    appendJournal(db, args.stamp, events);
  },

  /** What reading back showed. Verified and not applied are journalled per user, the counts as one row. */
  recordVerification(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly runId: string;
      readonly changes: readonly { readonly seq: number; readonly verify: VerifyState; readonly seen: string | null }[];
    },
  ): void {
    const run = findRun(db, args.runId);
    const read = readStep(db);
    const write = db.prepare('UPDATE run_step SET verify = ? WHERE run = ? AND seq = ?');
    const deltas = new Map<VerifyState, number>();
    const events: JournalEvent[] = [];
    for (const { seq, verify, seen } of args.changes) {
      const row = read.get(run.plan, run.id, seq);
      const from = verifyStates[row?.verify ?? 0] ?? 'unverified';
      if (row === undefined || from === verify) continue;
      write.run(verifyStates.indexOf(verify), run.id, seq);
      deltas.set(from, (deltas.get(from) ?? 0) - 1);
      deltas.set(verify, (deltas.get(verify) ?? 0) + 1);
      if (verify === 'pending') continue;
      events.push({ ...who(run, row), event: `step.${verify}`, after: seen, detail: { seq, kind: run.kind } });
    }
    if (deltas.size === 0) return;
    const [pending, verified, notApplied] = (['pending', 'verified', 'not-applied'] as const).map(
      (state) => deltas.get(state) ?? 0,
    );
    const counts = db
      .prepare<unknown[], { pending: number; verified: number; notApplied: number }>(
        `UPDATE run SET pending = pending + ?, verified = verified + ?, not_applied = not_applied + ? WHERE id = ?
         RETURNING pending, verified, not_applied AS notApplied`,
      )
      .get(pending, verified, notApplied, run.id);
    const detail = { ...counts };
    appendJournal(db, args.stamp, [
      ...events,
      { event: 'run.verified', connection: run.connection, runId: run.run_id, detail },
    ]);
  },
};

function readStep(db: Database) {
  return db.prepare<[number, number, number], StepRow>(
    `SELECT s.state, s.verify, s.before, s.after, p.object_id, p.upn, p.name
     FROM run_step s JOIN plan_step p ON p.plan = ? AND p.seq = s.seq WHERE s.run = ? AND s.seq = ?`,
  );
}

function who(run: RunRow, row: StepRow): Pick<JournalEvent, 'connection' | 'runId' | 'objectId' | 'whom'> {
  return { connection: run.connection, runId: run.run_id, objectId: row.object_id, whom: row.upn ?? row.name };
}

function outcomeEvent(run: RunRow, row: StepRow, change: StepChange): JournalEvent {
  const { seq, reason } = change;
  return {
    ...who(run, row),
    event: `step.${change.state}`,
    before: change.before ?? row.before,
    after: change.after ?? row.after,
    requestId: change.requestId ?? null,
    httpStatus: change.httpStatus ?? null,
    detail: { seq, kind: run.kind, ...(reason === null || reason === undefined ? {} : { reason }) },
  };
}

/** One row for all steps that leave together: `{ steps: "1-400", users: 400 }`; it names the user when there is one. */
function groupedEvent(run: RunRow, state: StepState, group: { seqs: number[]; row: StepRow }): JournalEvent {
  const { seqs, row } = group;
  const detail = { steps: ranges(seqs), users: seqs.length, kind: run.kind };
  const event = state === 'started' ? 'step.started' : 'step.deferred';
  if (seqs.length === 1) return { ...who(run, row), event, detail };
  return { event, connection: run.connection, runId: run.run_id, detail };
}

/** `[1, 2, 3, 7]` as `1-3,7`. */
function ranges(seqs: readonly number[]): string {
  const parts: string[] = [];
  let from: number | null = null;
  let to = 0;
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    if (from !== null && seq === to + 1) {
      to = seq;
      continue;
    }
    if (from !== null) parts.push(from === to ? `${from}` : `${from}-${to}`);
    from = seq;
    to = seq;
  }
  if (from !== null) parts.push(from === to ? `${from}` : `${from}-${to}`);
  return parts.join(',');
}

function shiftCounts(db: Database, run: number, deltas: ReadonlyMap<StepState, number>): void {
  for (const [state, delta] of deltas) {
    if (delta === 0) continue;
    db.prepare(`UPDATE run SET ${counters[state]} = ${counters[state]} + ? WHERE id = ?`).run(delta, run);
  }
}
