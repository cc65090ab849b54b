/**
 * Calls about groups and their members (Microsoft Graph v1.0: group). The only DELETE of the product is made here, and it
 * always ends in `/$ref`: without it the same request deletes the user. Deleting a group is deliberately absent.
 *
 * Membership is asked by listing `/members/microsoft.graph.user?$select=id`: it needs only GroupMember.Read.All. The
 * alternatives (`checkMemberGroups`, a `$filter` on members) want other permissions or advanced queries.
 */
import type { Group } from '@microsoft/microsoft-graph-types';
import { badInput } from '../../../../shared/model/errors.ts';
import type { GraphCall } from '../types.ts';
import { checkId, checkIds, checkTop, literal, makeCall, ObjectRef, query } from './call.ts';

/** Most members that one PATCH adds, all or nothing (Microsoft Graph: group-post-members). */
export const membersPerPatch = 20;
/** Most groups or members a page holds (Microsoft Graph: group-list, group-list-members). */
export const groupPageSize = 999;

/** What decides whether members of a group can be written; one of them missing lists distribution groups as writable. */
const preFlight = [
  'id',
  'displayName',
  'groupTypes',
  'mailEnabled',
  'securityEnabled',
  'membershipRule',
  'onPremisesSyncEnabled',
  'isAssignableToRole',
  'isManagementRestricted',
] as const satisfies readonly (keyof Group)[];
export const groupSelect: string = preFlight.join(',');

const workload = 'directory';
const read = 'GroupMember.Read.All';
const write = 'GroupMember.ReadWrite.All';

/**
 * Groups with the fields of the pre-flight. `search` matches the beginning of the name; `type` narrows to groups with
 * security enabled or to Microsoft 365 groups. Groups that cannot be written are in the answer too.
 */
export function listGroups(
  options: {
    readonly search?: string | undefined;
    readonly type?: 'security' | 'm365' | undefined;
    readonly top?: number | undefined;
  } = {},
): GraphCall {
  const { search = '', type, top = groupPageSize } = options;
  const filters: string[] = [];
  if (search.trim() !== '') filters.push(`startswith(displayName,${literal(search.trim())})`);
  if (type === 'security') filters.push('securityEnabled eq true');
  if (type === 'm365') filters.push("groupTypes/any(c:c eq 'Unified')");
  return makeCall({
    method: 'GET',
    path: `/groups${query({
      $select: groupSelect,
      $top: checkTop(top, groupPageSize),
      $filter: filters.length === 0 ? undefined : filters.join(' and '),
    })}`,
    workload,
    permission: read,
    purpose: 'list groups',
  });
}

/**
 * Groups with these words anywhere in the name. `$search` goes to an index that lags behind, and needs the header and the
 * count (Microsoft Graph: use the $search query parameter); `listGroups` sees groups at once.
 */
export function searchGroupsByWords(words: string, type?: 'security' | 'm365', top: number = groupPageSize): GraphCall {
  const { path, ...call } = listGroups({ type, top });
  const quoted = `"displayName:${words.trim().replace(/["\\]/g, '\\$&')}"`;
  return makeCall({
    ...call,
    path: `${path}&${query({ $search: quoted, $count: 'true' }).slice(1)}`,
    headers: { ConsistencyLevel: 'eventual' },
    purpose: 'search groups',
  });
}

/** One group with the fields of the pre-flight. */
export function getGroup(id: string): GraphCall {
  return makeCall({
    method: 'GET',
    path: `/groups/${checkId(id, 'groupId')}${query({ $select: groupSelect })}`,
    workload,
    permission: read,
    purpose: 'get group',
  });
}

/** Every group of exactly this name (names repeat; Entra compares them without regard to case). */
export function findGroupsByName(name: string): GraphCall {
  return makeCall({
    method: 'GET',
    path: `/groups${query({ $select: groupSelect, $top: groupPageSize, $filter: `displayName eq ${literal(checkName(name))}` })}`,
    workload,
    permission: read,
    purpose: 'find groups by name',
  });
}

/** Ids of the users who are direct members. */
export function listMembers(groupId: string, top: number = groupPageSize): GraphCall {
  return makeCall({
    method: 'GET',
    path: `/groups/${checkId(groupId, 'groupId')}/members/microsoft.graph.user${query({ $select: 'id', $top: checkTop(top, groupPageSize) })}`,
    workload,
    permission: read,
    purpose: 'list members',
  });
}

export function addMember(groupId: string, userId: string): GraphCall {
  return makeCall({
    method: 'POST',
    path: `/groups/${checkId(groupId, 'groupId')}/members/$ref`,
    body: { '@odata.id': new ObjectRef(checkId(userId, 'userId')) },
    workload,
    permission: write,
    purpose: 'add members',
  });
}

/** Adds 1 to 20 users, all or none of them. A user who is a member already fails them all: take members out first. */
export function addMembers(groupId: string, userIds: readonly string[]): GraphCall {
  return makeCall({
    method: 'PATCH',
    path: `/groups/${checkId(groupId, 'groupId')}`,
    body: { 'members@odata.bind': checkIds(userIds, membersPerPatch, 'userIds').map((id) => new ObjectRef(id)) },
    workload,
    permission: write,
    purpose: 'add members',
  });
}

/** Takes the membership away, and nothing else: the path always ends in `/$ref`. */
export function removeMember(groupId: string, userId: string): GraphCall {
  return makeCall({
    method: 'DELETE',
    path: `/groups/${checkId(groupId, 'groupId')}/members/${checkId(userId, 'userId')}/$ref`,
    workload,
    permission: write,
    purpose: 'remove members',
  });
}

/**
 * Creates a security or Microsoft 365 group. `mailNickname` is what Graph demands of security groups too; at most 64
 * characters, without `@ ( ) \ [ ] " ; : . < > ,` and spaces (Microsoft Graph: group resource).
 */
export function createGroup(group: {
  readonly name: string;
  readonly type: 'security' | 'm365';
  readonly mailNickname: string;
  readonly description?: string | undefined;
}): GraphCall {
  if (!/^[!-~]{1,64}$/.test(group.mailNickname) || /[@()\\[\]";:.<>,]/.test(group.mailNickname)) {
    throw badInput(
      'mailNickname',
      `'${group.mailNickname.slice(0, 80)}' is no mail nickname that Graph takes.`,
      'Use 1 to 64 letters, digits, hyphens and underscores.',
    );
  }
  const m365 = group.type === 'm365';
  return makeCall({
    method: 'POST',
    path: '/groups',
    body: {
      displayName: checkName(group.name),
      ...(group.description === undefined ? {} : { description: group.description }),
      mailNickname: group.mailNickname,
      mailEnabled: m365,
      securityEnabled: !m365,
      groupTypes: m365 ? ['Unified'] : [],
    } satisfies Group,
    workload,
    permission: 'Group.Create',
    purpose: 'create group',
  });
}

function checkName(name: string): string {
  if (name.trim() !== '' && name.length <= 256) return name;
  throw badInput('name', 'A group name has 1 to 256 characters.', 'Shorten it, or give one.');
}
