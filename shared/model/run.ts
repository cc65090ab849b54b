/** A run carries out one plan. Its steps only ever move forward; every user ends in exactly one outcome. */
import type { ActionKind, GroupTarget } from './action.ts';
import type { PlanOrigin } from './plan.ts';

/**
 * planned -> started -> succeeded | already | skipped | failed | unknown. `unknown`: the answer was lost, or the
 * program ended in between; it is read back before the run may end, and stays only when that could not be done.
 */
export const stepStates = ['planned', 'started', 'succeeded', 'already', 'skipped', 'failed', 'unknown'] as const;
export type StepState = (typeof stepStates)[number];

/**
 * running; paused and interrupted (the program ended) can be resumed; cancelled keeps what was done;
 * stopped: something that concerns every user ended it (group deleted, permission missing, offline): can be resumed.
 */
export const runStates = ['running', 'paused', 'interrupted', 'stopped', 'cancelled', 'completed'] as const;
export type RunState = (typeof runStates)[number];

/** Sent -> Accepted (2xx) -> Verified | Not applied after N minutes. */
export const verifyStates = ['unverified', 'pending', 'verified', 'not-applied'] as const;
export type VerifyState = (typeof verifyStates)[number];

export type RunCounts = {
  readonly succeeded: number;
  readonly already: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unknown: number;
};

export type Run = {
  readonly runId: string;
  readonly planId: string;
  readonly origin: PlanOrigin;
  readonly parentRunId: string | null;
  readonly action: string | null;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  readonly state: RunState;
  /** Why it is stopped or cancelled, in plain words; null otherwise. */
  readonly message: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly total: number;
  /** Steps that wait: planned or started. */
  readonly left: number;
  readonly counts: RunCounts;
  readonly verification: { readonly verified: number; readonly pending: number; readonly notApplied: number };
  /** Seconds to go; null when not running or not known yet. */
  readonly etaSeconds: number | null;
};

export type RunStep = {
  readonly seq: number;
  readonly objectId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly state: StepState;
  /** Plain words: why it was skipped or failed. */
  readonly reason: string | null;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly verify: VerifyState;
  readonly at: string | null;
};
