/**
 * The table of everything the twin's Graph answers: path, the throttle it counts against, its cost in resource units,
 * and the application permissions of which one is enough (Microsoft Graph: the permissions section of each call).
 * What isn't in the table is 404.
 */
import { batch } from './batch.ts';
import type { Call, Handler } from './call.ts';
import { createGroup } from './createGroup.ts';
import { listDetections } from './detections.ts';
import { countGroups, deleteGroup, getGroup, listGroups } from './groups.ts';
import * as members from './members.ts';
import { getOrganization } from './organization.ts';
import { confirmCompromised, confirmSafe, dismiss } from './riskActions.ts';
import { getRiskyUser, listHistory, listRiskyUsers } from './riskyUsers.ts';
import { deleteUser, getUser, listUsers, patchUser, revokeSessions } from './users.ts';

export type Route = {
  /** What counters and logs call it. */
  readonly kind: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments in lower case; `:name` takes any one segment. */
  readonly pattern: readonly string[];
  /** `none`: not throttled by itself. */
  readonly workload: 'identity-protection' | 'directory' | 'none';
  /** Resource units before the discount for `$select`. */
  readonly units: number;
  /** Sets of permissions; of each set the token needs one. */
  readonly roles: (call: Pick<Call, 'body'>) => readonly (readonly string[])[];
  readonly handle: Handler;
};

const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const readRisk = ['IdentityRiskyUser.Read.All', 'IdentityRiskyUser.ReadWrite.All'];
const writeRisk = ['IdentityRiskyUser.ReadWrite.All'];
const readEvents = ['IdentityRiskEvent.Read.All', 'IdentityRiskEvent.ReadWrite.All'];
const readGroups = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...readDirectory,
];
const writeMembers = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const makeGroups = ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const readUsers = ['User.Read.All', 'User.ReadWrite.All', ...readDirectory];
const writeUsers = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];

function route(
  kind: string,
  method: Route['method'],
  path: string,
  workload: Route['workload'],
  units: number,
  roles: readonly string[] | Route['roles'],
  handle: Handler,
): Route {
  return {
    kind,
    method,
    pattern: path.split('/').map((segment) => (segment.startsWith(':') ? segment : segment.toLowerCase())),
    workload,
    units,
    roles: typeof roles === 'function' ? roles : () => (roles.length === 0 ? [] : [roles]),
    handle,
  };
}

/** Which permission a PATCH of a user needs depends on what it changes. */
function patchUserRoles({ body }: Pick<Call, 'body'>): readonly (readonly string[])[] {
  const sets: string[][] = [];
  if (body.includes('"accountEnabled"')) sets.push(['User.EnableDisableAccount.All', ...writeUsers]);
  if (body.includes('"passwordProfile"')) sets.push(['User-PasswordProfile.ReadWrite.All', ...writeUsers]);
  return sets.length === 0 ? [writeUsers] : sets;
}

const risk = 'identity-protection';
const dir = 'directory';
const risky = 'identityProtection/riskyUsers';

export const routes: readonly Route[] = [
  route('riskyUsers.list', 'GET', risky, risk, 1, readRisk, listRiskyUsers),
  route('riskyUsers.confirmCompromised', 'POST', `${risky}/confirmCompromised`, risk, 1, writeRisk, confirmCompromised),
  route('riskyUsers.confirmSafe', 'POST', `${risky}/confirmSafe`, risk, 1, writeRisk, confirmSafe),
  route('riskyUsers.dismiss', 'POST', `${risky}/dismiss`, risk, 1, writeRisk, dismiss),
  route('riskyUsers.get', 'GET', `${risky}/:id`, risk, 1, readRisk, getRiskyUser),
  route('riskyUsers.history', 'GET', `${risky}/:id/history`, risk, 1, readRisk, listHistory),
  route('riskDetections.list', 'GET', 'identityProtection/riskDetections', risk, 1, readEvents, listDetections),
  route('groups.list', 'GET', 'groups', dir, 3, readGroups, listGroups),
  route('groups.count', 'GET', 'groups/$count', dir, 1, readGroups, countGroups),
  route('groups.create', 'POST', 'groups', dir, 1, makeGroups, createGroup),
  route('groups.get', 'GET', 'groups/:id', dir, 1, readGroups, getGroup),
  route('groups.patch', 'PATCH', 'groups/:id', dir, 1, writeMembers, members.patchGroup),
  route('groups.delete', 'DELETE', 'groups/:id', dir, 1, [], deleteGroup),
  route('members.list', 'GET', 'groups/:id/members', dir, 3, readGroups, members.listMembers),
  route('members.count', 'GET', 'groups/:id/members/$count', dir, 1, readGroups, members.countMembers),
  route('members.list', 'GET', 'groups/:id/members/microsoft.graph.user', dir, 3, readGroups, members.listMemberUsers),
  route('members.add', 'POST', 'groups/:id/members/$ref', dir, 1, writeMembers, members.addMember),
  route('members.remove', 'DELETE', 'groups/:id/members/:member/$ref', dir, 1, writeMembers, members.removeMember),
  // Without /$ref Graph can delete the member itself; so does the twin, whatever the token allows.
  route('users.delete', 'DELETE', 'groups/:id/members/:member', dir, 1, [], deleteUser),
  route('users.delete', 'DELETE', 'users/:id', dir, 1, [], deleteUser),
  route('users.delete', 'DELETE', 'directoryObjects/:id', dir, 1, [], deleteUser),
  route('users.list', 'GET', 'users', dir, 2, readUsers, listUsers),
  route('users.get', 'GET', 'users/:id', dir, 1, readUsers, getUser),
  route('users.patch', 'PATCH', 'users/:id', dir, 1, patchUserRoles, patchUser),
  route(
    'users.revokeSignInSessions',
    'POST',
    'users/:id/revokeSignInSessions',
    dir,
    1,
    ['User.RevokeSessions.All', ...writeUsers],
    revokeSessions,
  ),
  route('users.memberOf', 'GET', 'users/:id/memberOf', dir, 2, [...readUsers, ...readGroups], members.listMemberOf),
  route(
    'users.memberOf',
    'GET',
    'users/:id/memberOf/microsoft.graph.group',
    dir,
    2,
    [...readUsers, ...readGroups],
    members.listMemberOf,
  ),
  route(
    'users.checkMemberGroups',
    'POST',
    'users/:id/checkMemberGroups',
    dir,
    1,
    [...readUsers, ...readGroups],
    members.checkMemberGroups,
  ),
  route(
    'organization.get',
    'GET',
    'organization',
    dir,
    1,
    ['User.Read', 'Organization.Read.All', 'Organization.ReadWrite.All', ...readDirectory],
    getOrganization,
  ),
  route('batch', 'POST', '$batch', 'none', 0, [], batch),
];

export type Match = { readonly route: Route; readonly params: Readonly<Record<string, string>> };

/** The route of a call; `method-not-allowed` when the path is known and the method isn't. */
export function matchRoute(method: string, segments: readonly string[]): Match | 'not-found' | 'method-not-allowed' {
  let known = false;
  for (const each of routes) {
    const params = matchPattern(each.pattern, segments);
    if (params === null) continue;
    if (each.method === method) return { route: each, params };
    known = true;
  }
  return known ? 'method-not-allowed' : 'not-found';
}

function matchPattern(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, expected] of pattern.entries()) {
    const segment = segments[i] ?? '';
    const name = segment.toLowerCase();
    if (expected.startsWith(':')) params[expected.slice(1)] = segment;
    else if (name !== expected && name !== `microsoft.graph.${expected}`) return null;
  }
  return params;
}
