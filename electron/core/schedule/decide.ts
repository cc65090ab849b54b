/**
 * What follows a complete sync: which actions are planned, what becomes of each plan, and which plan runs next. Pure; the
 * loop carries out what is said here and nothing else.
 */
import type { Action } from '../../../shared/model/action.ts';
import type { PlanHead } from '../../../shared/model/plan.ts';
import type { ApprovalNeed, CheckOutcome } from '../../../shared/model/schedule.ts';
import type { Guardrails } from '../../../shared/model/settings.ts';

const hourMs = 3_600_000;

/** A plan that waits for a person or for its turn. Times are epoch ms. */
export type OpenPlan = {
  readonly planId: string;
  readonly actionId: number;
  readonly state: 'waiting' | 'queued';
  readonly need: ApprovalNeed | null;
  readonly planned: number;
  readonly checked: number;
  /** When a person approved it; null when nobody has. */
  readonly approved: number | null;
  readonly confirm: number | null;
  readonly hash: string;
  readonly connection: string;
};

/** What a rule says about planning: null when it is gone. */
type RuleFacts = { readonly mutedUntil: string | null } | null;

/**
 * Whether plans may follow the last sync: only one that is complete, that has ended, that none has followed yet, and that
 * is no older than the interval (an hour at least). `planned` is the end of the sync that plans last followed.
 */
export function mayPlan(facts: {
  readonly last: { readonly at: number; readonly complete: boolean } | null;
  readonly planned: number | null;
  readonly running: boolean;
  readonly ageMs: number;
  readonly everyMs: number;
}): boolean {
  const { last, planned, running, ageMs, everyMs } = facts;
  if (last === null || !last.complete || running) return false;
  return last.at !== planned && ageMs <= Math.max(everyMs, hourMs);
}

/** `plan`, or why this action is not planned now; null when it is not automatic at all. */
export function beforePlanning(
  action: Pick<Action, 'enabled' | 'automatic' | 'connectionRemoved'>,
  facts: {
    readonly readOnly: boolean;
    readonly rule: RuleFacts;
    readonly underWay: boolean;
    readonly approved: boolean;
    readonly now: number;
  },
): 'plan' | CheckOutcome | null {
  if (!action.enabled || !action.automatic || action.connectionRemoved) return null;
  if (facts.readOnly) return 'read-only';
  if (isMuted(facts.rule, facts.now)) return 'muted';
  if (facts.approved) return 'approved';
  if (facts.underWay) return 'run-under-way';
  return 'plan';
}

function isMuted(rule: RuleFacts, now: number): boolean {
  return rule?.mutedUntil !== undefined && rule.mutedUntil !== null && Date.parse(rule.mutedUntil) > now;
}

/** The cap comes first: no setting lets a run above it begin without the typed number. */
export function approvalNeed(head: Pick<PlanHead, 'counts' | 'cap'>, guardrails: Guardrails): ApprovalNeed | null {
  if (head.counts.act > head.cap) return 'cap';
  return guardrails.approveAutomatic ? 'setting' : null;
}

export type Verdict =
  | { readonly do: 'nothing' }
  /** A person rejected this very plan: asking again would be asking twice. */
  | { readonly do: 'leave' }
  | { readonly do: 'fail'; readonly message: string }
  /** The plan that waits is still right; `release`: it needs nobody any more. */
  | { readonly do: 'keep'; readonly planId: string; readonly release: boolean }
  | { readonly do: 'save'; readonly state: 'waiting' | 'queued'; readonly need: ApprovalNeed | null };

/**
 * What becomes of a plan that was just made. `open`: the one of the same action that waits already. `rejected`: the hash of
 * the last one, where a person rejected it.
 */
export function afterPlanning(
  head: Pick<PlanHead, 'counts' | 'cap' | 'hash' | 'membersKnown'>,
  open: Pick<OpenPlan, 'planId' | 'hash' | 'state'> | null,
  rejected: string | null,
  guardrails: Guardrails,
): Verdict {
  if (head.counts.act === 0) return { do: 'nothing' };
  if (!head.membersKnown) {
    return { do: 'fail', message: "The group's members could not be read, so nothing was planned." };
  }
  if (open === null && rejected === head.hash) return { do: 'leave' };
  const need = approvalNeed(head, guardrails);
  if (open !== null && open.hash === head.hash) {
    return { do: 'keep', planId: open.planId, release: need === null && open.state === 'waiting' };
  }
  return { do: 'save', state: need === null ? 'queued' : 'waiting', need };
}

/** When a plan is no longer valid, epoch ms: some hours after a sync or a person last said yes to it. */
export function expiresAt(open: Pick<OpenPlan, 'checked' | 'approved'>, approvalHours: number): number {
  return Math.max(open.checked, open.approved ?? 0) + approvalHours * hourMs;
}

export type OpenVerdict =
  | { readonly do: 'keep' }
  | { readonly do: 'expired' | 'withdrawn'; readonly reason: string }
  | { readonly do: 'held'; readonly need: ApprovalNeed };

/** Whether an open plan still stands. `action`: null when it was removed. */
export function reviewOpen(
  open: OpenPlan,
  facts: {
    readonly action: Pick<Action, 'enabled' | 'automatic' | 'createdAt' | 'cap'> | null;
    readonly rule: RuleFacts;
    readonly guardrails: Guardrails;
    readonly head: Pick<PlanHead, 'counts' | 'cap'>;
    readonly now: number;
  },
): OpenVerdict {
  const { action, rule, guardrails, now } = facts;
  if (action === null || Date.parse(action.createdAt) > open.planned) {
    return { do: 'withdrawn', reason: 'The action was removed.' };
  }
  if (!action.enabled) return { do: 'withdrawn', reason: 'The action was switched off.' };
  if (!action.automatic) return { do: 'withdrawn', reason: 'The action is no longer automatic.' };
  if (now >= expiresAt(open, guardrails.approvalHours)) {
    return { do: 'expired', reason: `Nobody decided within ${guardrails.approvalHours} hours.` };
  }
  if (open.approved !== null) return { do: 'keep' };
  if (isMuted(rule, now)) return { do: 'withdrawn', reason: 'The rule was muted.' };
  // The plan was made and shown with the cap of then; one made anew asks for the number.
  const { counts, cap } = facts.head;
  if (counts.act <= cap && counts.act > (action.cap ?? guardrails.cap)) {
    return { do: 'withdrawn', reason: 'The cap was lowered below what it acts on; the next sync makes it again.' };
  }
  const need = approvalNeed(facts.head, guardrails);
  if (open.state === 'queued' && need !== null) return { do: 'held', need };
  return { do: 'keep' };
}

/**
 * The plan that runs now, or null. What a person approved runs on its own data; what nobody saw waits until the sync of its
 * connection that is due or under way has ended.
 */
export function nextRun(
  queue: readonly OpenPlan[],
  facts: {
    readonly held: boolean;
    readonly runUnderWay: boolean;
    /** Connections that sync or are about to. */
    readonly stale: ReadonlySet<string>;
  },
): OpenPlan | null {
  if (facts.held || facts.runUnderWay) return null;
  return (
    queue.find((open) => open.state === 'queued' && (open.approved !== null || !facts.stale.has(open.connection))) ??
    null
  );
}
