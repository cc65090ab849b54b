/**
 * The seal of a plan. A run checks it before it starts, so what is done is what was shown. Left out are the id and the
 * time, which come later, and the group's name, which may be renamed without a change of meaning.
 */
import { createHash } from 'node:crypto';
import type { GroupTarget } from '../../../shared/model/action.ts';
import { type PlanHead, type PlanStep, skipReasons } from '../../../shared/model/plan.ts';

export type Hashable = Omit<PlanHead, 'planId' | 'createdAt' | 'hash'>;

/** SHA-256, hex, lower case, over one line of JSON for the head and one for each step, fields in a fixed order. */
export function planHash(head: Hashable, steps: Iterable<PlanStep>): string {
  const hash = createHash('sha256').update(`${JSON.stringify(headFields(head))}\n`);
  let block: string[] = [];
  for (const step of steps) {
    block.push(`${JSON.stringify(stepFields(step))}\n`);
    if (block.length < 1_000) continue;
    hash.update(block.join(''));
    block = [];
  }
  return hash.update(block.join('')).digest('hex');
}

/** Whether head and steps, in this order, are those that were hashed. */
export function verifyPlan(head: Hashable & { readonly hash: string }, steps: Iterable<PlanStep>): boolean {
  return planHash(head, steps) === head.hash;
}

function headFields(head: Hashable): readonly unknown[] {
  const { counts } = head;
  return [
    1, // version of this layout
    head.origin,
    head.parentRunId,
    head.action,
    head.rule,
    head.connection,
    head.kind,
    groupFields(head.group),
    head.days,
    head.total,
    counts.act,
    counts.already,
    counts.skipped,
    skipReasons.map((reason) => counts.reasons[reason] ?? 0),
    head.requests,
    head.estimatedSeconds,
    head.cap,
    head.membersKnown,
  ];
}

function groupFields(group: GroupTarget | null): readonly unknown[] | null {
  if (group === null) return null;
  return group.mode === 'existing' ? ['existing', group.id.toLowerCase()] : ['create', group.name, group.kind];
}

function stepFields(step: PlanStep): readonly unknown[] {
  return [
    step.seq,
    step.objectId,
    step.userPrincipalName,
    step.displayName,
    step.effect,
    step.reason,
    step.riskLevel,
    step.riskState,
    step.score,
  ];
}
