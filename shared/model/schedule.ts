/**
 * What Riskdesk does by itself: syncs that are due, and after each complete one the plans of the actions that a person
 * made automatic. Times are ISO 8601, UTC.
 */
import type { ActionKind, GroupTarget } from './action.ts';
import type { PlanCounts } from './plan.ts';

/**
 * waiting (for a person) -> queued (approved, or in need of no approval; starts when nothing else runs) -> ran.
 * rejected by a person; superseded by a newer plan of the same action; expired: nobody decided in time; withdrawn: the
 * action was switched off, muted, removed or capped lower meanwhile; failed: the run could not be started.
 */
export const automaticStates = [
  'waiting',
  'queued',
  'ran',
  'rejected',
  'superseded',
  'expired',
  'withdrawn',
  'failed',
] as const;
export type AutomaticState = (typeof automaticStates)[number];

/** Why a person is needed. `setting`: guardrails.approveAutomatic; `cap`: more users than the cap, whatever the setting says. */
export type ApprovalNeed = 'setting' | 'cap';

export type AutomaticPlan = {
  readonly planId: string;
  readonly action: string;
  readonly rule: string | null;
  /** What the rule says, in English; null when the rule is gone. */
  readonly sentence: string | null;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  readonly total: number;
  readonly counts: PlanCounts;
  readonly cap: number;
  /** The first few who will be acted on. */
  readonly first: readonly {
    readonly objectId: string;
    readonly displayName: string | null;
    readonly userPrincipalName: string | null;
  }[];
  readonly state: AutomaticState;
  /** Null when no approval is needed. */
  readonly need: ApprovalNeed | null;
  readonly plannedAt: string;
  /** When a sync last led to this very plan again. */
  readonly checkedAt: string;
  /** When it is no longer valid, unless a sync confirms it before. */
  readonly expiresAt: string;
  /** Who approved, rejected or replaced it, and when; null while nobody has. */
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Why it was rejected, or what became of it, in plain words; null when there is nothing to say. */
  readonly reason: string | null;
  readonly runId: string | null;
};

/** What the last sync came to for one automatic action. */
export const checkOutcomes = [
  'waiting', // a plan waits for a person
  'queued', // a plan runs by itself as soon as nothing else does
  'same', // the plan that waits is still right
  'nothing', // nobody to act on
  'muted', // the rule is muted
  'read-only', // read-only mode: nothing is planned
  'run-under-way', // a run of this action has not ended
  'approved', // an approved plan of this action has not begun
  'rejected', // a person rejected this very plan
  'failed', // it could not be planned; the message says why
] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

export type ActionCheck = {
  readonly action: string;
  readonly connection: string;
  readonly at: string;
  readonly outcome: CheckOutcome;
  readonly message: string | null;
};

export type ScheduledConnection = {
  readonly connection: string;
  /** Minutes between automatic syncs; null: only when a person asks. */
  readonly every: number | null;
  readonly running: boolean;
  /** When it syncs by itself next; null when it does not, or is syncing. In the past: due, and about to begin. */
  readonly nextAt: string | null;
  /** How the last sync ended; null before the first. */
  readonly last: {
    readonly at: string;
    readonly complete: boolean;
    readonly errorCode: string | null;
    readonly message: string | null;
  } | null;
  /** Set while failures make it wait longer or shorter than the interval. */
  readonly backOff: { readonly failures: number; readonly errorCode: string; readonly message: string | null } | null;
};

/**
 * Why something does not happen by itself. `paused`: a person paused the schedule; `elsewhere`: another process keeps it;
 * `nobody`: no process that keeps a schedule is open; `read-only` and `maintenance` hold runs back, not syncs.
 */
export type ScheduleHold =
  | {
      readonly why: 'paused';
      readonly stops: 'everything';
      readonly since: string;
      readonly who: string;
      readonly reason: string | null;
    }
  | { readonly why: 'elsewhere'; readonly stops: 'here'; readonly pid: number; readonly host: string }
  | { readonly why: 'nobody'; readonly stops: 'everything' }
  | { readonly why: 'read-only'; readonly stops: 'runs'; readonly reason: string | null }
  /** `until`: local time of day, HH:MM. */
  | { readonly why: 'maintenance'; readonly stops: 'runs'; readonly until: string };

export type ScheduleState = {
  /** True when this very process keeps the schedule. */
  readonly keeper: boolean;
  readonly holds: readonly ScheduleHold[];
  readonly connections: readonly ScheduledConnection[];
  /** Plans that wait for a person, oldest first. */
  readonly pending: readonly AutomaticPlan[];
  /** Plans that run as soon as nothing else does, in that order. */
  readonly queue: readonly AutomaticPlan[];
  /** The last plans that were decided, newest first. */
  readonly recent: readonly AutomaticPlan[];
  /** One for each automatic action that was checked, by name. */
  readonly checks: readonly ActionCheck[];
};
