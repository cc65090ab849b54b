/**
 * A plan says whom an action will touch and what happens to each, before anything is sent. It is made by a pure
 * function, stored with a hash, and run at most once.
 */
import type { ActionKind, GroupTarget } from './action.ts';

/** What will happen to one user. `act`: a request is sent. `already`: the wanted state is there. `skip`: left alone. */
export type StepEffect = 'act' | 'already' | 'skip';

export const skipReasons = [
  'deleted', // the user is deleted in Entra and cannot be acted on
  'gone', // Graph no longer lists the user
  'protected', // the user is protected by a guardrail
  'protected-group', // the user is a member of a protected group
  'guest', // the action has no effect on guests
  'flap', // the same action was done to the user and neither score nor timer has moved on
  'changed-since', // undo only: somebody else has changed the user since the run
] as const;
export type SkipReason = (typeof skipReasons)[number];

export type PlanStep = {
  /** 1, 2, 3 … in the order in which the run goes. */
  readonly seq: number;
  readonly objectId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly effect: StepEffect;
  /** Why, for `skip`; null otherwise. */
  readonly reason: SkipReason | null;
  /** What the plan was decided on, so that a later change can be seen. */
  readonly riskLevel: string;
  readonly riskState: string;
  readonly score: number | null;
};

export type PlanCounts = {
  readonly act: number;
  readonly already: number;
  readonly skipped: number;
  readonly reasons: Readonly<Partial<Record<SkipReason, number>>>;
};

/** Where a plan comes from: a saved action, the failed users of a run, the inverse of a run, or a hand-made selection. */
export type PlanOrigin = 'action' | 'retry' | 'undo' | 'selection';

export type PlanHead = {
  readonly planId: string;
  readonly origin: PlanOrigin;
  /** Run that is retried or undone. */
  readonly parentRunId: string | null;
  /** Name of the saved action; null for a selection. */
  readonly action: string | null;
  readonly rule: string | null;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  /** Only users whose riskLastUpdatedDateTime lies in the last N days; null: all time. */
  readonly days: number | null;
  readonly createdAt: string;
  /** Users that the rule or selection names, over all effects. */
  readonly total: number;
  readonly counts: PlanCounts;
  /** HTTP requests that the run will send at most, without retries and verification. */
  readonly requests: number;
  readonly estimatedSeconds: number;
  /** Number of users above which the count must be typed. */
  readonly cap: number;
  /** False when the group's members could not be read (offline): the run looks again before it sends anything. */
  readonly membersKnown: boolean;
  /** SHA-256 over the head's decisions and every step. A run checks it before it starts. */
  readonly hash: string;
};
