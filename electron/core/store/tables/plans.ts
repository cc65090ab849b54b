/**
 * Writes plans. A plan never changes once it is saved; `startRun` (tables/runs.ts) marks it used. Plans that nobody
 * ran are dropped after a month, because every preview of a large rule would otherwise stay for good.
 */
import type { Database } from 'better-sqlite3';
import type { PlanHead, PlanStep, StepEffect } from '../../../../shared/model/plan.ts';
import { appendJournal, type JournalStamp } from './journal.ts';

/** plan_step.effect is the position in this list. */
export const stepEffects: readonly StepEffect[] = ['act', 'already', 'skip'];

/** Days after which a plan that was never run is dropped. */
const openPlanDays = 30;

export const planWrites = {
  /** Stores head and steps, and journals `run.planned` with the hash. Throws when the plan id exists. */
  savePlan(
    db: Database,
    args: { readonly stamp: JournalStamp; readonly head: PlanHead; readonly steps: readonly PlanStep[] },
  ): void {
    const { head, stamp } = args;
    dropOldPlans(db, stamp.at - openPlanDays * 86_400_000);
    const plan = db
      .prepare('INSERT INTO plan (plan_id, connection, kind, hash, created, head) VALUES (?, ?, ?, ?, ?, ?)')
      .run(head.planId, head.connection, head.kind, head.hash, stamp.at, JSON.stringify(head)).lastInsertRowid;
    const insert = db.prepare(
      `INSERT INTO plan_step (plan, seq, object_id, upn, name, effect, reason, level, state, score)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const step of args.steps) {
      insert.run(
        plan,
        step.seq,
        step.objectId,
        step.userPrincipalName,
        step.displayName,
        stepEffects.indexOf(step.effect),
        step.reason,
        step.riskLevel,
        step.riskState,
        step.score,
      );
    }
    const { planId, origin, parentRunId, action, rule, kind, group, total, counts, hash } = head;
    appendJournal(db, stamp, [
      {
        event: 'run.planned',
        connection: head.connection,
        detail: { planId, origin, parentRunId, action, rule, kind, group, total, counts, planHash: hash },
      },
    ]);
  },
};

function dropOldPlans(db: Database, before: number): void {
  const old = db.prepare<[number], { id: number }>('SELECT id FROM plan WHERE used = 0 AND created < ?').all(before);
  for (const { id } of old) {
    db.prepare('DELETE FROM plan_step WHERE plan = ?').run(id);
    db.prepare('DELETE FROM plan WHERE id = ?').run(id);
  }
}
