/**
 * Writes the life of runs. A run belongs to one process at a time: every change names the owner's token, so that a
 * process which slept through its own replacement cannot write any more. Whether a process is alive is decided
 * elsewhere (core/execute/owner.ts).
 */
import type { Database } from 'better-sqlite3';
import type { GroupTarget } from '../../../../shared/model/action.ts';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import type { PlanHead } from '../../../../shared/model/plan.ts';
import { type RunState, runStates, stepStates } from '../../../../shared/model/run.ts';
import { spendAutomatic } from './automaticPlans.ts';
import { appendJournal, type JournalStamp } from './journal.ts';
import { findRun, ownedRun, type RunRow, running } from './runRow.ts';
import { stepWrites } from './runSteps.ts';

export type RunOwner = { readonly pid: number; readonly token: string };

export const runWrites = {
  ...stepWrites,

  /**
   * Makes the run of a plan: the plan is used from now on, every step waits, and `run.started` is journalled with the
   * plan's hash, the counts and the number that was typed. A plan that waited for approval is approved by it.
   * @throws RiskdeskError not-found, plan-stale (used, decided against, or another hash), busy (another run is under way).
   */
  startRun(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly runId: string;
      readonly planId: string;
      readonly hash: string;
      readonly confirm: number | null;
      readonly owner: RunOwner;
    },
  ): void {
    const { stamp, runId, planId, owner } = args;
    const plan = db
      .prepare<[string], { id: number; used: number; hash: string; head: string }>(
        'SELECT id, used, hash, head FROM plan WHERE plan_id = ?',
      )
      .get(planId);
    if (plan === undefined)
      throw new RiskdeskError('not-found', `There is no plan ${planId}.`, {
        field: 'planId',
        cure: 'Make the plan again.',
      });
    if (plan.used === 1) throw stale(`The plan ${planId} was run already.`);
    if (plan.hash !== args.hash) throw stale(`The plan ${planId} is not the one that was shown: its hash differs.`);
    refuseSecondRun(db, runId);
    spendAutomatic(db, stamp, { planId, runId, confirm: args.confirm });
    const head = JSON.parse(plan.head) as PlanHead;
    db.prepare('UPDATE plan SET used = 1 WHERE id = ?').run(plan.id);
    const { lastInsertRowid: run } = db
      .prepare(
        `INSERT INTO run (run_id, plan, parent_run, origin, action, connection, kind, group_target, group_id, state,
           started, planned, owner_pid, owner_token, heartbeat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        runId,
        plan.id,
        head.parentRunId,
        head.origin,
        head.action,
        head.connection,
        head.kind,
        head.group === null ? null : JSON.stringify(head.group),
        head.group?.mode === 'existing' ? head.group.id : null,
        running,
        stamp.at,
        head.total,
        owner.pid,
        owner.token,
        stamp.at,
      );
    db.prepare('INSERT INTO run_step (run, seq, state) SELECT ?, seq, 0 FROM plan_step WHERE plan = ?').run(
      run,
      plan.id,
    );
    const { origin, parentRunId, action, rule, kind, group, total, counts, hash } = head;
    const detail = {
      planId,
      planHash: hash,
      origin,
      parentRunId,
      action,
      rule,
      kind,
      group,
      total,
      counts,
      confirmed: args.confirm,
    };
    appendJournal(db, stamp, [{ event: 'run.started', connection: head.connection, runId, detail }]);
  },

  /**
   * Ends or pauses a run that this process owns, with the reason in plain words.
   * @throws RiskdeskError busy when another process owns it.
   */
  setRunState(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly runId: string;
      readonly token: string;
      readonly to: Exclude<RunState, 'running' | 'interrupted'>;
      readonly message: string | null;
    },
  ): void {
    const run = ownedRun(db, args.runId, args.token);
    const ended = args.to === 'completed' || args.to === 'cancelled';
    db.prepare(
      'UPDATE run SET state = ?, message = ?, finished = ?, owner_pid = NULL, owner_token = NULL WHERE id = ?',
    ).run(runStates.indexOf(args.to), args.message, ended ? args.stamp.at : null, run.id);
    journalRun(db, args.stamp, run, `run.${args.to}`, { message: args.message });
  },

  /**
   * Takes a run that nobody carries out (paused, interrupted, stopped) and sets it running under `owner`.
   * @throws RiskdeskError not-found, busy, or bad-input for a run that has ended.
   */
  takeRun(
    db: Database,
    args: { readonly stamp: JournalStamp; readonly runId: string; readonly owner: RunOwner },
  ): void {
    const run = findRun(db, args.runId);
    const state = runStates[run.state] ?? 'completed';
    if (state === 'completed' || state === 'cancelled') {
      throw new RiskdeskError('bad-input', `Run ${args.runId} is ${state}; there is nothing to resume.`, {
        field: 'runId',
        cure: 'Retry its failed users, or make a new plan.',
      });
    }
    refuseSecondRun(db, args.runId);
    db.prepare(
      'UPDATE run SET state = ?, message = NULL, owner_pid = ?, owner_token = ?, heartbeat = ? WHERE id = ?',
    ).run(running, args.owner.pid, args.owner.token, args.stamp.at, run.id);
    // None is left when a run ends in order; a disk that was full may have kept the ending from being recorded.
    loseStarted(db, { stamp: args.stamp, runId: args.runId, token: args.owner.token, run: run.id });
    journalRun(db, args.stamp, findRun(db, args.runId), 'run.resumed', { was: state });
  },

  /**
   * Declares a running run interrupted because the process with this token is dead: `started` becomes `unknown`.
   * Does nothing when the run has another owner by now, or none. Returns whether it did.
   */
  markInterrupted(
    db: Database,
    args: { readonly stamp: JournalStamp; readonly runId: string; readonly token: string },
  ): { readonly interrupted: boolean } {
    const run = findRun(db, args.runId);
    if (run.state !== running || run.owner_token !== args.token) return { interrupted: false };
    loseStarted(db, { ...args, run: run.id });
    db.prepare('UPDATE run SET state = ?, message = ?, owner_pid = NULL, owner_token = NULL WHERE id = ?').run(
      runStates.indexOf('interrupted'),
      'the program ended while the run was under way',
      run.id,
    );
    journalRun(db, args.stamp, findRun(db, args.runId), 'run.interrupted', {});
    return { interrupted: true };
  },

  /** Shows other processes that the owner lives. Returns false when the run is not its own any more. */
  beatRun(
    db: Database,
    args: { readonly runId: string; readonly token: string; readonly now: number },
  ): { readonly owned: boolean } {
    const { changes } = db
      .prepare('UPDATE run SET heartbeat = ? WHERE run_id = ? AND owner_token = ?')
      .run(args.now, args.runId, args.token);
    return { owned: changes === 1 };
  },

  /** The group that the run works on is known now: created, or found by name. */
  setRunGroup(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly runId: string;
      readonly token: string;
      readonly group: GroupTarget & { readonly mode: 'existing' };
      readonly how: 'created' | 'reused';
      readonly requestId: string | null;
    },
  ): void {
    const run = ownedRun(db, args.runId, args.token);
    db.prepare('UPDATE run SET group_target = ?, group_id = ?, group_created = ? WHERE id = ?').run(
      JSON.stringify(args.group),
      args.group.id,
      args.how === 'created' ? args.stamp.at : null,
      run.id,
    );
    const { id, name } = args.group;
    appendJournal(db, args.stamp, [
      {
        event: `group.${args.how}`,
        connection: run.connection,
        runId: run.run_id,
        requestId: args.requestId,
        after: name,
        detail: { groupId: id, name },
      },
    ]);
  },
};

/** Steps on the wire whose answers nobody recorded. */
function loseStarted(
  db: Database,
  args: { readonly stamp: JournalStamp; readonly runId: string; readonly token: string; readonly run: number },
): void {
  const lost = db
    .prepare<[number, number], { seq: number }>('SELECT seq FROM run_step WHERE run = ? AND state = ? ORDER BY seq')
    .all(args.run, stepStates.indexOf('started'));
  if (lost.length === 0) return;
  const reason = 'the program ended before the answer was recorded';
  const { stamp, runId, token } = args;
  stepWrites.recordSteps(db, {
    stamp,
    runId,
    token,
    changes: lost.map(({ seq }) => ({ seq, state: 'unknown', reason })),
  });
}

function stale(message: string): RiskdeskError {
  return new RiskdeskError('plan-stale', message, {
    field: 'planId',
    cure: 'Make the plan again and look at it before you run it.',
  });
}

function refuseSecondRun(db: Database, runId: string): void {
  const other = db.prepare<[number], { run_id: string }>('SELECT run_id FROM run WHERE state = ?').get(running);
  if (other === undefined) return;
  const which = other.run_id === runId ? 'This run' : `Run ${other.run_id}`;
  throw new RiskdeskError('busy', `${which} is under way, and only one runs at a time.`, {
    field: 'runId',
    cure: 'Wait until it ends, or pause it.',
    facts: { runId: other.run_id },
  });
}

function journalRun(
  db: Database,
  stamp: JournalStamp,
  run: RunRow,
  event: string,
  detail: Record<string, unknown>,
): void {
  const { succeeded, already, skipped, failed, unsure: unknown } = run;
  const left = run.planned + run.under_way;
  const counts = { succeeded, already, skipped, failed, unknown, left };
  appendJournal(db, stamp, [{ event, connection: run.connection, runId: run.run_id, detail: { ...detail, counts } }]);
}
