/** Writes who keeps the schedule, whether it is paused, and how the last syncs ended. */
import type { Database } from 'better-sqlite3';
import type { CheckOutcome } from '../../../../shared/model/schedule.ts';
import { appendJournal, type JournalStamp } from './journal.ts';
import { run } from './statements.ts';

export type ScheduleOwner = { readonly pid: number; readonly host: string; readonly token: string };

/** How the last sync of a connection ended. Times are epoch ms. */
export type EndedRow = {
  readonly connection: number;
  readonly ended: number;
  readonly complete: boolean;
  readonly failures: number;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly jitter: number;
};

export const scheduleWrites = {
  /** Journals `schedule.paused` or `schedule.resumed`; does nothing when it is so already. */
  pauseSchedule(
    db: Database,
    args: { readonly stamp: JournalStamp; readonly paused: boolean; readonly reason: string | null },
  ): void {
    const { stamp, paused, reason } = args;
    const changed = run(
      db,
      `UPDATE schedule SET paused = ?, paused_by = ?, paused_reason = ? WHERE (paused IS NULL) = ?`,
      paused ? stamp.at : null,
      paused ? stamp.who : null,
      paused ? reason : null,
      paused ? 1 : 0,
    );
    if (changed === 0) return;
    appendJournal(db, stamp, [{ event: paused ? 'schedule.paused' : 'schedule.resumed', detail: { reason } }]);
  },

  /** Makes `owner` the keeper where there is none, or where the present one is the one that was found dead. */
  takeSchedule(
    db: Database,
    args: { readonly owner: ScheduleOwner; readonly dead: string | null; readonly now: number },
  ): { readonly taken: boolean } {
    const { owner, dead, now } = args;
    const changes = run(
      db,
      `UPDATE schedule SET owner_pid = ?, owner_host = ?, owner_token = ?, heartbeat = ?
       WHERE owner_token IS NULL OR owner_token = ?`,
      owner.pid,
      owner.host,
      owner.token,
      now,
      dead,
    );
    return { taken: changes === 1 };
  },

  /** Shows other processes that the keeper lives. False when the schedule is not its own any more. */
  beatSchedule(db: Database, args: { readonly token: string; readonly now: number }): { readonly owned: boolean } {
    return { owned: run(db, 'UPDATE schedule SET heartbeat = ? WHERE owner_token = ?', args.now, args.token) === 1 };
  },

  releaseSchedule(db: Database, args: { readonly token: string }): void {
    run(
      db,
      'UPDATE schedule SET owner_pid = NULL, owner_host = NULL, owner_token = NULL WHERE owner_token = ?',
      args.token,
    );
  },

  noteEnded(db: Database, args: { readonly row: EndedRow }): void {
    const { row } = args;
    run(
      db,
      `INSERT INTO schedule_connection (connection, ended, complete, failures, error_code, message, jitter)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (connection) DO UPDATE SET ended = excluded.ended, complete = excluded.complete,
         failures = excluded.failures, error_code = excluded.error_code, message = excluded.message,
         jitter = excluded.jitter`,
      row.connection,
      row.ended,
      row.complete ? 1 : 0,
      row.failures,
      row.errorCode,
      row.message,
      row.jitter,
    );
  },

  /** Plans have followed the sync that ended at `ended`. */
  notePlanned(db: Database, args: { readonly connection: number; readonly ended: number }): void {
    run(db, 'UPDATE schedule_connection SET planned = ? WHERE connection = ?', args.ended, args.connection);
  },

  /** A person changed the connection: what failed before may work now. */
  forgetFailures(db: Database, args: { readonly connection: number }): void {
    run(db, 'UPDATE schedule_connection SET failures = 0 WHERE connection = ?', args.connection);
  },

  noteCheck(
    db: Database,
    args: {
      readonly action: number;
      readonly at: number;
      readonly outcome: CheckOutcome;
      readonly message: string | null;
    },
  ): void {
    run(
      db,
      `INSERT INTO schedule_check (action, at, outcome, message) VALUES (?, ?, ?, ?)
       ON CONFLICT (action) DO UPDATE SET at = excluded.at, outcome = excluded.outcome, message = excluded.message`,
      args.action,
      args.at,
      args.outcome,
      args.message,
    );
  },
};
