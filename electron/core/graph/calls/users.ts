/**
 * Calls about user accounts (Microsoft Graph v1.0: user). Users are addressed by object id, never by UPN: a guest's UPN
 * holds `#EXT#`. There is no builder that deletes a user.
 */
import type { User } from '@microsoft/microsoft-graph-types';
import type { GraphCall } from '../types.ts';
import { checkId, checkTop, makeCall, query } from './call.ts';

const workload = 'directory';

const asked = [
  'id',
  'accountEnabled',
  'userType',
  'displayName',
  'userPrincipalName',
] as const satisfies readonly (keyof User)[];
export const userSelect: string = asked.join(',');

export function getUser(id: string): GraphCall {
  return makeCall({
    method: 'GET',
    path: `/users/${checkId(id, 'id')}${query({ $select: userSelect })}`,
    workload,
    permission: 'User.Read.All',
    purpose: 'get user',
  });
}

/** Signs the user out everywhere. Any 2xx is success; a guest of this tenant is not affected by it. */
export function revokeSessions(id: string): GraphCall {
  return makeCall({
    method: 'POST',
    path: `/users/${checkId(id, 'id')}/revokeSignInSessions`,
    workload,
    permission: 'User.RevokeSessions.All',
    purpose: 'revoke sign-in sessions',
  });
}

export function setAccountEnabled(id: string, enabled: boolean): GraphCall {
  return makeCall({
    method: 'PATCH',
    path: `/users/${checkId(id, 'id')}`,
    body: { accountEnabled: enabled } satisfies User,
    workload,
    permission: 'User.EnableDisableAccount.All',
    purpose: enabled ? 'enable account' : 'disable account',
  });
}

export function requirePasswordChange(id: string): GraphCall {
  return makeCall({
    method: 'PATCH',
    path: `/users/${checkId(id, 'id')}`,
    body: { passwordProfile: { forceChangePasswordNextSignIn: true } } satisfies User,
    workload,
    permission: 'User-PasswordProfile.ReadWrite.All',
    purpose: 'require password change',
  });
}

/** Groups that the user is a direct member of: id and name. */
export function memberOf(userId: string, top = 999): GraphCall {
  return makeCall({
    method: 'GET',
    path: `/users/${checkId(userId, 'userId')}/memberOf/microsoft.graph.group${query({ $select: 'id,displayName', $top: checkTop(top, 999) })}`,
    workload,
    permission: 'GroupMember.Read.All',
    purpose: "list a user's groups",
  });
}

/** The tenant's display name. */
export function getOrganization(): GraphCall {
  return makeCall({
    method: 'GET',
    path: `/organization${query({ $select: 'id,displayName' })}`,
    workload,
    permission: 'Organization.Read.All',
    purpose: 'read organisation',
  });
}
