/** What an action does to one user: the one place where acting, leaving alone and being done already are told apart. */
import type { ActionKind } from '../../../shared/model/action.ts';
import type { PlanOrigin, SkipReason, StepEffect } from '../../../shared/model/plan.ts';
import { fold } from '../../../shared/model/riskyUser.ts';

/** A user whom the rule or the selection names, as the cache knows them when the plan is made. */
export type Candidate = {
  readonly objectId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly score: number | null;
  readonly isDeleted: boolean;
  readonly isGuest: boolean;
  /** Graph no longer lists the user as risky, or they left the connection's score range. */
  readonly gone: boolean;
};

/** When the same action was last done to a user and not undone: epoch milliseconds, and the score they had then. */
export type RecentAct = { readonly at: number; readonly score: number | null };

/** Object ids in lower case throughout; protected users also by folded UPN. */
export type Circumstances = {
  readonly kind: ActionKind;
  readonly origin: PlanOrigin;
  readonly members: ReadonlySet<string> | null;
  readonly protectedUsers: ReadonlySet<string>;
  readonly protectedMembers: ReadonlySet<string>;
  readonly changedSince: ReadonlySet<string>;
  readonly recentActs: ReadonlyMap<string, RecentAct>;
  readonly flapHours: number;
  readonly now: number;
};

export type Decision = { readonly effect: StepEffect; readonly reason: SkipReason | null };

const hourMs = 3_600_000;

/** Reasons to leave a user alone come first, then "already", and the flap timer last. */
export function decide(candidate: Candidate, circumstances: Circumstances): Decision {
  const reason = skipReason(candidate, circumstances);
  if (reason !== null) return { effect: 'skip', reason };
  if (isAlready(candidate, circumstances)) return { effect: 'already', reason: null };
  if (isFlapping(candidate, circumstances)) return { effect: 'skip', reason: 'flap' };
  return { effect: 'act', reason: null };
}

function skipReason(candidate: Candidate, at: Circumstances): SkipReason | null {
  const id = candidate.objectId.toLowerCase();
  const upn = candidate.userPrincipalName;
  if (candidate.isDeleted) return 'deleted';
  // Who is no longer risky still has the membership or the disabled account that an undo takes back.
  if (candidate.gone && at.origin !== 'undo') return 'gone';
  if (at.protectedUsers.has(id) || (upn !== null && at.protectedUsers.has(fold(upn)))) return 'protected';
  if (at.protectedMembers.has(id)) return 'protected-group';
  // Microsoft Graph: user-revokesigninsessions has no effect on guests, who sign in at home.
  if (candidate.isGuest && at.kind === 'revoke-sessions') return 'guest';
  if (at.origin === 'undo' && at.changedSince.has(id)) return 'changed-since';
  return null;
}

function isAlready(candidate: Candidate, at: Circumstances): boolean {
  const id = candidate.objectId.toLowerCase();
  switch (at.kind) {
    case 'add-to-group':
      return at.members?.has(id) === true;
    case 'remove-from-group':
      return at.members?.has(id) === false;
    case 'confirm-compromised':
      return candidate.riskState === 'confirmedCompromised';
    case 'dismiss':
      return candidate.riskState === 'dismissed';
    case 'confirm-safe':
      return candidate.riskState === 'confirmedSafe';
    case 'revoke-sessions':
    case 'disable-account':
    case 'enable-account':
    case 'require-password-change':
    case 'none':
      return false;
  }
}

/** The same action again on an unchanged score within the hours set. A person's retry or undo is meant, so it counts not. */
function isFlapping(candidate: Candidate, at: Circumstances): boolean {
  if (at.origin === 'undo' || at.origin === 'retry') return false;
  const last = at.recentActs.get(candidate.objectId.toLowerCase());
  return last !== undefined && last.score === candidate.score && at.now - last.at < at.flapHours * hourMs;
}
