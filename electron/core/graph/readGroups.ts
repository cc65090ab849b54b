/** Looks groups up in Graph: the picker's search, the pre-flight of one group, its members. Writes nothing. */
import type { PickableGroup } from '../../../shared/contract/actions.ts';
import type { GroupKind } from '../../../shared/model/action.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { type AssessedGroup, assessGroup } from './assessGroup.ts';
import { findGroupsByName, getGroup, groupPageSize, listGroups, listMembers } from './calls/groups.ts';
import { type GraphCall, type GraphClient, GraphError, type Priority } from './types.ts';

/** Pages of a plain listing that the picker walks at most when the server cannot search. */
const mostPages = 50;

/**
 * Groups for the picker, by name. Graph searches the beginning of the name; where the server refuses or ignores search
 * and filter, the plain list is walked and narrowed here, by any part of the name.
 */
export async function searchGroups(
  client: GraphClient,
  query: { readonly search?: string | undefined; readonly type?: GroupKind | undefined; readonly limit: number },
): Promise<readonly AssessedGroup[]> {
  const { search, type, limit } = query;
  let found: readonly AssessedGroup[] | null = null;
  try {
    found = await collect(client, listGroups({ search, type, top: Math.min(limit, groupPageSize) }), query);
  } catch (error) {
    const refused = error instanceof GraphError && (error.status === 400 || error.status === 501);
    if (!refused || (search === undefined && type === undefined)) throw error;
  }
  const narrowed = (search ?? '').trim() !== '' || type !== undefined;
  if (found === null || (found.length === 0 && narrowed)) found = await collect(client, listGroups(), query);
  return found;
}

async function collect(
  client: GraphClient,
  call: GraphCall,
  query: { readonly search?: string | undefined; readonly type?: GroupKind | undefined; readonly limit: number },
): Promise<readonly AssessedGroup[]> {
  const wanted = fold(query.search?.trim() ?? '');
  const groups: AssessedGroup[] = [];
  let pages = 0;
  for await (const page of client.pages(call, { priority: 'person', pageSize: null })) {
    for (const item of page.items) {
      const group = assessGroup(item);
      if (group === null || !fold(group.displayName ?? '').includes(wanted)) continue;
      if (query.type !== undefined && !isOfType(group, query.type)) continue;
      groups.push(group);
    }
    pages += 1;
    if (groups.length >= query.limit || pages >= mostPages) break;
  }
  const name = (group: PickableGroup) => group.displayName ?? '';
  return groups.sort((a, b) => name(a).localeCompare(name(b)) || (a.id < b.id ? -1 : 1)).slice(0, query.limit);
}

function isOfType(group: AssessedGroup, type: GroupKind): boolean {
  return type === 'm365' ? group.type === 'Microsoft 365' : group.type.toLowerCase().includes('security');
}

/** The group as it is now; null when Graph does not know it (deleted, or not replicated yet). */
export async function preflightGroup(
  client: GraphClient,
  groupId: string,
  options: { readonly priority: Priority; readonly signal?: AbortSignal | undefined } = { priority: 'person' },
): Promise<AssessedGroup | null> {
  try {
    const { body } = await client.send(getGroup(groupId), options);
    const group = assessGroup(body);
    if (group !== null) return group;
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return null;
    throw error;
  }
  throw new GraphError({
    code: 'graph-failed',
    effect: 'none',
    message: `The answer about group ${groupId} is not a group. Check the Graph URL.`,
    permission: 'GroupMember.Read.All',
    purpose: 'get group',
  });
}

/**
 * Groups of exactly this name; where there is none, those that differ in case alone, because Entra compares names without
 * regard to it and nobody could tell the two apart. A server may ignore the filter, so names are compared here.
 */
export async function findGroupsNamed(
  client: GraphClient,
  name: string,
  options: { readonly signal?: AbortSignal | undefined },
): Promise<readonly AssessedGroup[]> {
  const groups: AssessedGroup[] = [];
  const pages = client.pages(findGroupsByName(name), { priority: 'person', signal: options.signal, pageSize: null });
  for await (const page of pages) {
    for (const item of page.items) {
      const group = assessGroup(item);
      if (group !== null && group.displayName !== null && fold(group.displayName) === fold(name)) groups.push(group);
    }
  }
  const exact = groups.filter((group) => group.displayName === name);
  return exact.length > 0 ? exact : groups;
}

/**
 * Object ids, lower case, of the users who are direct members. With `among` only those: the memory then depends on who
 * is asked about, not on the size of the group.
 * @throws GraphError with status 404 when the group does not exist.
 */
export async function readMembers(
  client: GraphClient,
  groupId: string,
  options: {
    readonly priority: Priority;
    readonly signal?: AbortSignal | undefined;
    readonly among?: ReadonlySet<string> | undefined;
  },
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  const { priority, signal, among } = options;
  for await (const page of client.pages(listMembers(groupId), { priority, signal, pageSize: groupPageSize })) {
    for (const item of page.items) {
      if (typeof item !== 'object' || item === null || !('id' in item) || typeof item.id !== 'string') continue;
      const id = item.id.toLowerCase();
      if (among === undefined || among.has(id)) members.add(id);
    }
  }
  return members;
}
