/**
 * Who is in a group: list, add one, add up to 20, remove, and the lookups from the user's side (Microsoft Graph:
 * group-list-members, group-post-members, group-delete-members, user-list-memberof, directoryobject-checkmembergroups).
 */
import type { Group } from '../data/groupStore.ts';
import { json, noContent, plainText, type TwinAnswer } from '../http/message.ts';
import { accessDenied, badRequest, directoryBadRequest, Refusal, resourceNotFound } from '../http/refusal.ts';
import { pageAnswer } from '../odata/page.ts';
import { pageSize, parseQuery, wantsCount } from '../odata/query.ts';
import { requireEventual } from './advanced.ts';
import { bodyOf, type Call, isEventual, nextLink, param } from './call.ts';
import { groupObject, groupSelection, visibleGroup } from './groups.ts';
import { referencedUser, referencedUsers } from './references.ts';
import { presentUser, userObject, userSelection } from './users.ts';

/** Keys of members that aren't users start here; below are user indices. */
const NESTED = 2 ** 40;

function list(call: Call, usersOnly: boolean): TwinAnswer {
  const { users, groups, links } = call.world;
  const query = parseQuery(call.query, ['$top', '$select', '$count', '$skiptoken']);
  const size = pageSize(query, 100, 999);
  const selected = userSelection(query);
  requireEventual(call, { filter: false, count: wantsCount(query), search: false });
  const group = visibleGroup(call);
  const order = groups.order(group);
  const nested = usersOnly ? [] : group.nested;
  const name = `members:${group.id}:${usersOnly}`;
  const start = links.read(name, query.get('$skiptoken'), call.now);

  let at = start >= NESTED ? order.length : firstAtLeast(order, start);
  const rows: string[] = [];
  for (; at < order.length && rows.length < size; at++) {
    const user = userObject(users, order[at] ?? 0, selected);
    rows.push(JSON.stringify(usersOnly ? user : { '@odata.type': '#microsoft.graph.user', ...user }));
  }
  let next: number | null = at < order.length ? (order[at] ?? 0) : null;
  if (next === null) {
    for (let n = Math.max(0, start - NESTED); n < nested.length && next === null; n++) {
      if (rows.length === size) next = NESTED + n;
      else rows.push(JSON.stringify({ '@odata.type': '#microsoft.graph.group', id: nested[n] ?? '' }));
    }
  }
  return pageAnswer({
    context: `${call.base}/$metadata#${usersOnly ? 'users' : 'directoryObjects'}`,
    nextLink: next === null ? null : nextLink(call, name, query.withoutToken, next),
    count: wantsCount(query) ? order.length + nested.length : null,
    rows,
  });
}

function firstAtLeast(order: Int32Array, key: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const listMembers = (call: Call): TwinAnswer => list(call, false);
export const listMemberUsers = (call: Call): TwinAnswer => list(call, true);

export function countMembers(call: Call): TwinAnswer {
  parseQuery(call.query, []);
  if (!isEventual(call)) throw badRequest("$count needs the header 'ConsistencyLevel: eventual'.");
  const group = visibleGroup(call);
  return plainText(200, 'text/plain', String(group.members.size + group.nested.length));
}

/** Refuses groups whose members can't be written. */
function requireWritable(group: Group): void {
  if (group.isAssignableToRole === true) throw accessDenied();
  if (group.isManagementRestricted === true) {
    throw new Refusal(
      403,
      'Authorization_RequestDenied',
      'Target object is a member of a restricted management administrative unit and can only be modified by administrators scoped to that administrative unit.',
    );
  }
  if (group.onPremisesSyncEnabled === true) {
    throw directoryBadRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  if (group.groupTypes.includes('DynamicMembership')) {
    throw directoryBadRequest('The members of a group with a dynamic membership rule cannot be changed directly.');
  }
  if (group.mailEnabled && !group.groupTypes.includes('Unified')) {
    throw directoryBadRequest('Cannot Update a mail-enabled security groups and or distribution list.');
  }
}

function add(call: Call, group: Group, rows: readonly number[]): TwinAnswer {
  if (rows.some((row) => group.members.has(row))) {
    throw directoryBadRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  for (const row of rows) call.world.groups.join(group, row);
  return noContent();
}

export function addMember(call: Call): TwinAnswer {
  parseQuery(call.query, []);
  const body = bodyOf(call);
  const group = visibleGroup(call);
  requireWritable(group);
  return add(call, group, [referencedUser(call, body['@odata.id'])]);
}

/** PATCH /groups/{id}: adds members; other properties are refused, because nothing changes them. */
export function patchGroup(call: Call): TwinAnswer {
  parseQuery(call.query, []);
  const { 'members@odata.bind': references, ...others } = bodyOf(call);
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) throw directoryBadRequest(`Invalid property '${stranger}'.`);
  const group = visibleGroup(call);
  requireWritable(group);
  return add(call, group, referencedUsers(call, references));
}

export function removeMember(call: Call): TwinAnswer {
  const { users, groups } = call.world;
  parseQuery(call.query, []);
  const group = visibleGroup(call);
  requireWritable(group);
  const id = param(call, 'member');
  const row = users.find(id);
  if (row === null || !groups.leave(group, row)) throw resourceNotFound(id);
  return noContent();
}

export function listMemberOf(call: Call): TwinAnswer {
  const { users, groups } = call.world;
  const query = parseQuery(call.query, ['$top', '$select']);
  pageSize(query, 100, 999);
  const selected = groupSelection(query);
  const row = presentUser(users, param(call, 'id'));
  const typed = call.path.toLowerCase().includes('microsoft.graph.group');
  const value = groups
    .all()
    .filter((group) => group.visibleAt <= call.now && group.members.has(row))
    .map((group) => ({
      ...(typed ? {} : { '@odata.type': '#microsoft.graph.group' }),
      ...groupObject(group, selected),
    }));
  return json(200, { '@odata.context': `${call.base}/$metadata#groups`, value });
}

export function checkMemberGroups(call: Call): TwinAnswer {
  const { users, groups } = call.world;
  parseQuery(call.query, []);
  const { groupIds } = bodyOf(call);
  const row = presentUser(users, param(call, 'id'));
  if (!Array.isArray(groupIds) || groupIds.length === 0 || groupIds.length > 20) {
    throw directoryBadRequest("'groupIds' must name 1 to 20 groups.");
  }
  const value = (groupIds as readonly unknown[]).filter(
    (id) => typeof id === 'string' && groups.visible(id, call.now)?.members.has(row) === true,
  );
  return json(200, { '@odata.context': `${call.base}/$metadata#Collection(Edm.String)`, value });
}
