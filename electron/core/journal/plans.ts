/** The register of plans: saved once, read page by page, never changed. */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanHead, PlanStep, SkipReason, StepEffect } from '../../../shared/model/plan.ts';
import { stepEffects } from '../store/tables/plans.ts';
import type { Reader, SqlValue } from '../store/types.ts';

export type SavedPlan = {
  readonly head: PlanHead;
  readonly used: boolean;
  /** The run that was made from it. */
  readonly runId: string | null;
};

export type StepPage<Step> = { readonly total: number; readonly rows: readonly Step[] };

type StepRow = {
  readonly seq: number;
  readonly object_id: string;
  readonly upn: string | null;
  readonly name: string | null;
  readonly effect: number;
  readonly reason: SkipReason | null;
  readonly level: string;
  readonly state: string;
  readonly score: number | null;
};

/** @throws RiskdeskError not-found. */
export async function readPlan(reader: Reader, planId: string): Promise<SavedPlan & { readonly key: number }> {
  const row = await reader.get<{ id: number; head: string; used: number; run_id: string | null }>(
    'SELECT p.id, p.head, p.used, r.run_id FROM plan p LEFT JOIN run r ON r.plan = p.id WHERE p.plan_id = ?',
    [planId],
  );
  if (row === undefined) {
    throw new RiskdeskError('not-found', `There is no plan ${planId}.`, {
      field: 'planId',
      cure: 'Make the plan again: plans that were never run are dropped after 30 days.',
    });
  }
  return { key: row.id, head: JSON.parse(row.head) as PlanHead, used: row.used === 1, runId: row.run_id };
}

export async function readPlanSteps(
  reader: Reader,
  planId: string,
  page: { readonly effect?: StepEffect | undefined; readonly offset: number; readonly limit: number },
): Promise<StepPage<PlanStep>> {
  const { key } = await readPlan(reader, planId);
  const where = page.effect === undefined ? 'plan = ?' : 'plan = ? AND effect = ?';
  const params: SqlValue[] = page.effect === undefined ? [key] : [key, stepEffects.indexOf(page.effect)];
  const total = (await reader.get<{ n: number }>(`SELECT COUNT(*) AS n FROM plan_step WHERE ${where}`, params))?.n ?? 0;
  const rows = await reader.all<StepRow>(`SELECT * FROM plan_step WHERE ${where} ORDER BY seq LIMIT ? OFFSET ?`, [
    ...params,
    page.limit,
    page.offset,
  ]);
  return { total, rows: rows.map(toStep) };
}

/** Every step in order, in chunks. */
export async function* eachPlanStep(reader: Reader, planId: string, size = 5_000): AsyncGenerator<readonly PlanStep[]> {
  const { key } = await readPlan(reader, planId);
  let after = 0;
  for (;;) {
    const rows = await reader.all<StepRow>('SELECT * FROM plan_step WHERE plan = ? AND seq > ? ORDER BY seq LIMIT ?', [
      key,
      after,
      size,
    ]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toStep);
    after = last.seq;
  }
}

function toStep(row: StepRow): PlanStep {
  return {
    seq: row.seq,
    objectId: row.object_id,
    userPrincipalName: row.upn,
    displayName: row.name,
    effect: stepEffects[row.effect] ?? 'skip',
    reason: row.reason,
    riskLevel: row.level,
    riskState: row.state,
    score: row.score,
  };
}
