/**
 * From a rule's matches, or a selection, to a plan: every user once, what happens to each, and what it costs. Pure:
 * the caller gives it everything it may know, stores what it returns, and only then is anything sent.
 */
import { type ActionKind, actionWords, type GroupTarget, needsGroup } from '../../../shared/model/action.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanCounts, PlanHead, PlanOrigin, PlanStep, SkipReason } from '../../../shared/model/plan.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import type { Guardrails } from '../../../shared/model/settings.ts';
import { type Candidate, type Circumstances, decide, type RecentAct } from './decide.ts';
import { estimate } from './estimate.ts';
import { planHash } from './hash.ts';

export type { Candidate, RecentAct } from './decide.ts';

export type PlanInput = {
  readonly origin: PlanOrigin;
  readonly parentRunId: string | null;
  /** Names of the saved action and its rule. */
  readonly action: string | null;
  readonly rule: string | null;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  readonly days: number | null;
  /** In the order in which the run is to go. May name a user twice; the first one counts. */
  readonly candidates: Iterable<Candidate>;
  /** Object ids of the target group's present members; null when they could not be read. Empty for a new group. */
  readonly members: ReadonlySet<string> | null;
  /** Object ids of the members of all protected groups. */
  readonly protectedMembers: ReadonlySet<string>;
  readonly guardrails: Guardrails;
  /** The action's own cap; null: the one of the guardrails. */
  readonly cap: number | null;
  /** By object id: acts of the same kind on the same group that were not undone. */
  readonly recentActs: ReadonlyMap<string, RecentAct>;
  /** Undo only: object ids of users whom somebody else has changed since the run. */
  readonly changedSince?: ReadonlySet<string> | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** A plan before it has an id and a time of its own. */
export type MadePlan = {
  readonly head: Omit<PlanHead, 'planId' | 'createdAt'>;
  readonly steps: readonly PlanStep[];
};

/**
 * Throws RiskdeskError: `bad-input` when kind and group do not fit, `not-found` when the group was deleted,
 * `guardrail` when the group is protected.
 */
export function makePlan(input: PlanInput): MadePlan {
  checkGroup(input);
  const steps = makeSteps(input);
  const counts = count(steps);
  const { kind, group } = input;
  const cost = estimate({ kind, group, act: counts.act, members: input.members?.size ?? null });
  const head = {
    origin: input.origin,
    parentRunId: input.parentRunId,
    action: input.action,
    rule: input.rule,
    connection: input.connection,
    kind,
    group,
    days: input.days,
    total: steps.length,
    counts,
    requests: cost.requests,
    estimatedSeconds: cost.seconds,
    cap: input.cap ?? input.guardrails.cap,
    membersKnown: !needsGroup(kind) || input.members !== null,
  };
  return { head: { ...head, hash: planHash(head, steps) }, steps };
}

function checkGroup({ kind, group, guardrails }: PlanInput): void {
  if (!needsGroup(kind)) {
    if (group === null) return;
    throw badInput('group', `"${actionWords[kind]}" takes no group.`, 'Leave the group out.');
  }
  if (group === null) throw badInput('group', `"${actionWords[kind]}" needs a group.`, 'Choose a group.');
  if (group.mode === 'create') {
    if (kind === 'add-to-group') return;
    throw badInput(
      'group',
      'Nobody can be removed from a group that is yet to be created.',
      'Choose an existing group.',
    );
  }
  const name = group.name ?? group.id;
  if (group.deleted) {
    const cure = 'Choose another group for the action.';
    throw new RiskdeskError('not-found', `The group "${name}" was deleted in Microsoft Entra.`, {
      field: 'group',
      cure,
    });
  }
  if (guardrails.protectedGroups.some((id) => id.toLowerCase() === group.id.toLowerCase())) {
    const cure = 'Choose another group, or take this one off the list guardrails.protectedGroups.';
    throw new RiskdeskError('guardrail', `The group "${name}" is protected: no run changes it.`, {
      field: 'group',
      cure,
    });
  }
}

function makeSteps(input: PlanInput): readonly PlanStep[] {
  const circumstances: Circumstances = {
    kind: input.kind,
    origin: input.origin,
    members: input.members === null ? null : lowered(input.members),
    protectedUsers: new Set(input.guardrails.protectedUsers.map((one) => fold(one.trim()))),
    protectedMembers: lowered(input.protectedMembers),
    changedSince: lowered(input.changedSince ?? []),
    recentActs: new Map([...input.recentActs].map(([id, act]) => [id.toLowerCase(), act])),
    flapHours: input.guardrails.flapHours,
    now: input.now,
  };
  const seen = new Set<string>();
  const steps: PlanStep[] = [];
  for (const candidate of input.candidates) {
    const id = candidate.objectId.toLowerCase();
    if (seen.has(id)) continue;
    seen.add(id);
    const { effect, reason } = decide(candidate, circumstances);
    steps.push({
      seq: steps.length + 1,
      objectId: candidate.objectId,
      userPrincipalName: candidate.userPrincipalName,
      displayName: candidate.displayName,
      effect,
      reason,
      riskLevel: candidate.riskLevel,
      riskState: candidate.riskState,
      score: candidate.score,
    });
  }
  return steps;
}

function lowered(ids: Iterable<string>): ReadonlySet<string> {
  const result = new Set<string>();
  for (const id of ids) result.add(id.toLowerCase());
  return result;
}

function count(steps: readonly PlanStep[]): PlanCounts {
  const effects = { act: 0, already: 0, skip: 0 };
  const reasons: Partial<Record<SkipReason, number>> = {};
  for (const { effect, reason } of steps) {
    effects[effect] += 1;
    if (reason !== null) reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return { act: effects.act, already: effects.already, skipped: effects.skip, reasons };
}
