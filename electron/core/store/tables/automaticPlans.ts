/**
 * Writes the plans that were made without a person: each with its journal row in one transaction. An action has at most
 * one open plan; a newer one replaces it here, so that the same users never wait twice.
 */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import type { PlanHead, PlanStep } from '../../../../shared/model/plan.ts';
import { type ApprovalNeed, type AutomaticState, automaticStates } from '../../../../shared/model/schedule.ts';
import { appendJournal, type JournalStamp } from './journal.ts';
import { planWrites } from './plans.ts';
import { many, one, run } from './statements.ts';

const code = (state: AutomaticState): number => automaticStates.indexOf(state);
const waiting = code('waiting');
const queued = code('queued');

type Row = { readonly plan_id: string; readonly state: number; readonly head: string | null };

/** Journal event of each decision about an open plan. */
const events = {
  approved: 'queued',
  released: 'queued',
  held: 'waiting',
  rejected: 'rejected',
  superseded: 'superseded',
  expired: 'expired',
  withdrawn: 'withdrawn',
  failed: 'failed',
} as const satisfies Readonly<Record<string, AutomaticState>>;
export type Decision = keyof typeof events;

export const automaticPlanWrites = {
  /**
   * Stores a plan and its place in the schedule, in place of an older one of the same action that nobody approved.
   * Journals `run.planned`, `schedule.planned`, and `schedule.superseded` for the older one.
   */
  saveAutomaticPlan(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly head: PlanHead;
      readonly steps: readonly PlanStep[];
      readonly action: number;
      readonly state: 'waiting' | 'queued';
      readonly need: ApprovalNeed | null;
    },
  ): void {
    const { stamp, head, action, state, need } = args;
    planWrites.savePlan(db, { stamp, head, steps: args.steps });
    supersede(db, stamp, action, `Plan ${head.planId} took its place.`);
    run(db, 'DELETE FROM automatic_plan WHERE state > 1 AND plan_id NOT IN (SELECT plan_id FROM plan)');
    run(
      db,
      'INSERT INTO automatic_plan (plan_id, action, state, need, planned, checked) VALUES (?, ?, ?, ?, ?, ?)',
      head.planId,
      action,
      code(state),
      need,
      stamp.at,
      stamp.at,
    );
    journal(db, stamp, 'planned', head.planId, { need, act: head.counts.act, total: head.total });
  },

  /** A sync led to nobody to act on: what an older plan of the action wanted to do is no longer wanted. */
  supersedeAutomatic(
    db: Database,
    args: { readonly stamp: JournalStamp; readonly action: number; readonly reason: string },
  ): void {
    supersede(db, args.stamp, args.action, args.reason);
  },

  /** A sync led to the same plan again. */
  confirmAutomatic(db: Database, args: { readonly planId: string; readonly now: number }): void {
    run(db, 'UPDATE automatic_plan SET checked = ? WHERE plan_id = ? AND state <= 1', args.now, args.planId);
  },

  /**
   * Moves an open plan on, and journals it. `from`: the states in which the decision still makes sense.
   * @throws RiskdeskError not-found; plan-stale when the plan moved on meanwhile.
   */
  decideAutomatic(
    db: Database,
    args: {
      readonly stamp: JournalStamp;
      readonly planId: string;
      readonly from: readonly ('waiting' | 'queued')[];
      readonly decision: Decision;
      readonly reason: string | null;
      readonly confirm?: number | null;
      readonly need?: ApprovalNeed | null;
    },
  ): void {
    const { stamp, planId, decision, reason } = args;
    const row = one<Row>(db, `${select} WHERE a.plan_id = ?`, planId);
    if (row === undefined) {
      throw new RiskdeskError('not-found', `No plan ${planId} waits for approval.`, {
        field: 'planId',
        cure: 'Look at the plans that wait.',
      });
    }
    if (!args.from.some((state) => code(state) === row.state)) throw notOpen(planId, row.state);
    // Neither is anybody's decision about the plan.
    const stillOpen = decision === 'held' || decision === 'released';
    run(
      db,
      `UPDATE automatic_plan SET state = ?, reason = ?, need = IIF(?, ?, need), confirm = COALESCE(?, confirm), decided = ?,
         decided_by = ? WHERE plan_id = ?`,
      code(events[decision]),
      reason,
      stillOpen ? 1 : 0,
      args.need ?? null,
      args.confirm ?? null,
      stillOpen ? null : stamp.at,
      stillOpen ? null : stamp.who,
      planId,
    );
    journal(db, stamp, decision, planId, {
      reason,
      ...(args.confirm === undefined ? {} : { confirmed: args.confirm }),
    });
  },
};

const select = `SELECT a.plan_id, a.state, p.head FROM automatic_plan a LEFT JOIN plan p ON p.plan_id = a.plan_id`;

/**
 * Part of the start of a run (tables/runs.ts): a plan that waits is approved by whoever starts it, one that was decided
 * against is refused. Does nothing for a plan that a person made.
 */
export function spendAutomatic(
  db: Database,
  stamp: JournalStamp,
  plan: { readonly planId: string; readonly runId: string; readonly confirm: number | null },
): void {
  const row = one<Row>(db, `${select} WHERE a.plan_id = ?`, plan.planId);
  if (row === undefined) return;
  if (row.state !== waiting && row.state !== queued) throw notOpen(plan.planId, row.state);
  if (row.state === waiting) {
    journal(db, stamp, 'approved', plan.planId, { reason: null, confirmed: plan.confirm });
    run(
      db,
      'UPDATE automatic_plan SET decided = ?, decided_by = ?, confirm = ? WHERE plan_id = ?',
      stamp.at,
      stamp.who,
      plan.confirm,
      plan.planId,
    );
  }
  run(
    db,
    'UPDATE automatic_plan SET state = ?, run_id = ?, reason = NULL WHERE plan_id = ?',
    code('ran'),
    plan.runId,
    plan.planId,
  );
}

/** An approved plan stays: a person wants that very one. */
function supersede(db: Database, stamp: JournalStamp, action: number, reason: string): void {
  const older = many<Row>(
    db,
    `${select} WHERE a.action = ? AND a.state <= 1 AND NOT (a.state = ? AND a.decided IS NOT NULL)`,
    action,
    queued,
  );
  for (const { plan_id: planId } of older) {
    run(
      db,
      'UPDATE automatic_plan SET state = ?, reason = ?, decided = ?, decided_by = ? WHERE plan_id = ?',
      code('superseded'),
      reason,
      stamp.at,
      stamp.who,
      planId,
    );
    journal(db, stamp, 'superseded', planId, { reason });
  }
}

function journal(
  db: Database,
  stamp: JournalStamp,
  event: Decision | 'planned',
  planId: string,
  detail: Readonly<Record<string, unknown>>,
): void {
  const text = one<{ head: string }>(db, 'SELECT head FROM plan WHERE plan_id = ?', planId)?.head;
  const head = text === undefined ? null : (JSON.parse(text) as PlanHead);
  appendJournal(db, stamp, [
    {
      event: `schedule.${event}`,
      connection: head?.connection ?? null,
      detail: { planId, action: head?.action ?? null, rule: head?.rule ?? null, kind: head?.kind ?? null, ...detail },
    },
  ]);
}

const ends: Readonly<Record<AutomaticState, string>> = {
  waiting: 'waits for approval',
  queued: 'is approved already and waits for its turn',
  ran: 'was run already',
  rejected: 'was rejected',
  superseded: 'was replaced by a newer one',
  expired: 'waited too long and is no longer valid',
  withdrawn: 'was withdrawn, because its action was switched off, muted, removed or capped lower',
  failed: 'could not be run',
};

function notOpen(planId: string, state: number): RiskdeskError {
  const found = automaticStates[state] ?? 'failed';
  return new RiskdeskError('plan-stale', `The plan ${planId} ${ends[found]}.`, {
    field: 'planId',
    cure: 'Look at the plans that wait, or make the plan again.',
    facts: { state: found },
  });
}
