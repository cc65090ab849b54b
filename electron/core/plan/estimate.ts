/**
 * How many HTTP requests a run sends at most, and how long they take, from the documented limits alone. Repeats after
 * a 429 and verification come on top, which cannot be known beforehand, and the members of protected groups.
 */
import type { ActionKind, GroupTarget } from '../../../shared/model/action.ts';

/** Members of one PATCH of `members@odata.bind` (Microsoft Graph: group-post-members). */
const membersAPatch = 20;
/** Requests of one `$batch` (Microsoft Graph: json-batching). */
const callsABatch = 20;
/** User ids of one risk call (Microsoft Graph: riskyuser-dismiss). */
const idsARiskCall = 60;
/** Members of one page (Microsoft Graph: group-list-members, `$top`). */
const membersAPage = 999;
/** Identity Protection: 1 request a second and tenant, all applications together (Microsoft Graph: throttling-limits). */
const secondsARiskCall = 1;
/** Directory writes: 3,000 in 150 s per application and tenant; each write of a batch counts (the same page). */
const secondsAWrite = 150 / 3_000;
/** What one request costs on the way, beside the limits: a round figure of ours. */
const secondsARequest = 0.2;

export type EstimateInput = {
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  /** Users that are acted on. */
  readonly act: number;
  /** Members of the group now, who are read first; null when unknown, which counts as one page. */
  readonly members: number | null;
};

export type Estimate = {
  /** HTTP requests; a `$batch` is one. */
  readonly requests: number;
  /** Whole seconds, rounded up. */
  readonly seconds: number;
};

type Load = { readonly requests: number; readonly writes: number; readonly riskCalls: number };

/** Nobody to act on needs no request. */
export function estimate(input: EstimateInput): Estimate {
  const { requests, writes, riskCalls } = input.act === 0 ? { requests: 0, writes: 0, riskCalls: 0 } : load(input);
  const seconds = riskCalls * secondsARiskCall + writes * secondsAWrite + requests * secondsARequest;
  // Sums of tenths drift in binary: without the rounding 6.000000000000001 would become 7.
  return { requests, seconds: Math.ceil(Math.round(seconds * 1_000) / 1_000) };
}

function load({ kind, group, act, members }: EstimateInput): Load {
  const batched = (calls: number) => Math.ceil(calls / callsABatch);
  const memberPages = Math.max(1, Math.ceil((members ?? 0) / membersAPage));
  // A group of the same name and type is looked for before one is created.
  const creation = group?.mode === 'create' ? 2 : 0;
  // Whether its members can be changed is looked up again, then who they are.
  const looks = 1 + memberPages;
  switch (kind) {
    case 'add-to-group': {
      const patches = Math.ceil(act / membersAPatch);
      return { requests: creation + looks + batched(patches), writes: patches + creation / 2, riskCalls: 0 };
    }
    case 'remove-from-group':
      return { requests: looks + batched(act), writes: act, riskCalls: 0 };
    case 'confirm-compromised':
    case 'confirm-safe':
    case 'dismiss': {
      const calls = Math.ceil(act / idsARiskCall);
      return { requests: calls, writes: 0, riskCalls: calls };
    }
    case 'disable-account':
    case 'enable-account':
      // accountEnabled is read before it is set, so that an undo knows whom this run changed.
      return { requests: 2 * batched(act), writes: act, riskCalls: 0 };
    case 'revoke-sessions':
    case 'require-password-change':
      return { requests: batched(act), writes: act, riskCalls: 0 };
    case 'none':
      return { requests: 0, writes: 0, riskCalls: 0 };
  }
}
