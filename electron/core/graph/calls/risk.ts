/** Calls to Identity Protection (Microsoft Graph v1.0: riskyuser, riskdetection). Every one falls under its 1 request/s. */
import type { RiskyUser } from '@microsoft/microsoft-graph-types';
import { badInput } from '../../../../shared/model/errors.ts';
import type { GraphCall } from '../types.ts';
import { checkId, checkIds, checkTop, literal, makeCall, query, unknownMembers } from './call.ts';

/** Most rows a page of risky users or detections holds (Microsoft Graph: riskyuser-list, riskdetection-list). */
export const riskPageSize = 500;
/** Most ids that one risk action takes (Microsoft Graph: riskyuser-dismiss). */
export const riskActionSize = 60;

/** The properties that the store keeps, and no others: a smaller page is a faster page. */
const stored = [
  'id',
  'userPrincipalName',
  'userDisplayName',
  'riskLevel',
  'riskState',
  'riskDetail',
  'riskLastUpdatedDateTime',
  'isDeleted',
  'isProcessing',
] as const satisfies readonly (keyof RiskyUser)[];
export const riskyUserSelect: string = stored.join(',');

const root = '/identityProtection/riskyUsers';
const workload = 'identity-protection';
const readPermission = 'IdentityRiskyUser.Read.All';

/**
 * Every risky user, or those that Entra changed at or after `since` (ISO 8601, UTC). Risk types have no delta query.
 * @throws RiskdeskError bad-input for a `since` that is no such time, or a page size outside 1-500.
 */
export function listRiskyUsers(
  options: { readonly since?: string | undefined; readonly top?: number | undefined } = {},
): GraphCall {
  const { since, top = riskPageSize } = options;
  if (since !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(since)) {
    throw badInput('since', `'${since.slice(0, 40)}' is not a UTC time.`, 'Write it like 2026-11-23T16:18:00Z.');
  }
  return makeCall({
    method: 'GET',
    path:
      root +
      query({
        $top: checkTop(top, riskPageSize),
        $select: riskyUserSelect,
        $filter: since === undefined ? undefined : `riskLastUpdatedDateTime ge ${since}`,
      }),
    headers: unknownMembers,
    workload,
    permission: readPermission,
    purpose: 'list risky users',
  });
}

export function getRiskyUser(id: string): GraphCall {
  return makeCall({
    method: 'GET',
    path: `${root}/${checkId(id, 'id')}${query({ $select: riskyUserSelect })}`,
    headers: unknownMembers,
    workload,
    permission: readPermission,
    purpose: 'get risky user',
  });
}

/** One call a user; Entra keeps 90 days. */
export function riskyUserHistory(id: string): GraphCall {
  return makeCall({
    method: 'GET',
    path: `${root}/${checkId(id, 'id')}/history`,
    headers: unknownMembers,
    workload,
    permission: readPermission,
    purpose: 'read risk history',
  });
}

/** The detections behind a user's risk; Entra keeps 90 days. */
export function riskDetections(userId: string, top: number = riskPageSize): GraphCall {
  return makeCall({
    method: 'GET',
    path:
      '/identityProtection/riskDetections' +
      query({ $filter: `userId eq ${literal(checkId(userId, 'userId'))}`, $top: checkTop(top, riskPageSize) }),
    headers: unknownMembers,
    workload,
    permission: 'IdentityRiskEvent.Read.All',
    purpose: 'list risk detections',
  });
}

export type RiskActionKind = 'confirmCompromised' | 'confirmSafe' | 'dismiss';

const riskActionWords: Readonly<Record<RiskActionKind, string>> = {
  confirmCompromised: 'confirm users compromised',
  confirmSafe: 'confirm users safe',
  dismiss: 'dismiss user risk',
};

/** Confirms or dismisses the risk of 1 to 60 users. Answers 204; the change takes 3 to 30 minutes to show. */
export function riskAction(kind: RiskActionKind, ids: readonly string[]): GraphCall {
  if (!Object.hasOwn(riskActionWords, kind)) {
    throw badInput(
      'kind',
      `'${String(kind).slice(0, 40)}' is no risk action.`,
      'Use confirmCompromised, confirmSafe or dismiss.',
    );
  }
  return makeCall({
    method: 'POST',
    path: `${root}/${kind}`,
    body: { userIds: [...checkIds(ids, riskActionSize, 'userIds')] },
    workload,
    permission: 'IdentityRiskyUser.ReadWrite.All',
    purpose: riskActionWords[kind],
  });
}
