/** Looks groups up in Graph: the picker's search, the pre-flight of one group, its members. Writes nothing. */
import type { PickableGroup } from '../../../shared/contract/actions.ts';
import type { GroupKind } from '../../../shared/model/action.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { type AssessedGroup, assessGroup } from './assessGroup.ts';
import {
  findGroupsByName,
  getGroup,
  groupPageSize,
  listGroups,
  listMembers,
  searchGroupsByWords,
} from './calls/groups.ts';
import { type GraphCall, type GraphClient, GraphError, type Priority } from './types.ts';

/** Pages of a plain listing that the picker walks at most when the server cannot search. */
const mostPages = 50;

/**
 * Groups for the picker, by name: those that begin so, then those with such words inside. Where the server refuses or
 * ignores search and filter, the plain list is walked and narrowed here, by any part of the name.
 */
export async function searchGroups(
  client: GraphClient,
  query: { readonly search?: string | undefined; readonly type?: GroupKind | undefined; readonly limit: number },
): Promise<readonly AssessedGroup[]> {
  const { search = '', type, limit } = query;
  const word = search.trim();
  const top = Math.min(limit, groupPageSize);
  const beginnings = await collectOr(client, listGroups({ search: word, type, top }), query);
  const found = new Map(beginnings?.map((group) => [group.id, group]));
  if (word !== '' && found.size < limit) {
    const inside = await collectOr(client, searchGroupsByWords(word, type, top), query);
    for (const group of inside ?? []) found.set(group.id, group);
  }
  const narrowed = word !== '' || type !== undefined;
  if (beginnings === null || (found.size === 0 && narrowed)) return collect(client, listGroups(), query);
  return byName([...found.values()]).slice(0, limit);
}

/** The same, or null where the server refuses such a question. A plain list is never refused for its form. */
async function collectOr(...asked: Parameters<typeof collect>): Promise<readonly AssessedGroup[] | null> {
  const [, , { search, type }] = asked;
  try {
    return await collect(...asked);
  } catch (error) {
    const refused = error instanceof GraphError && (error.status === 400 || error.status === 501);
    if (!refused || (search === undefined && type === undefined)) throw error;
    return null;
  }
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
  return byName(groups).slice(0, query.limit);
}

function byName(groups: readonly AssessedGroup[]): readonly AssessedGroup[] {
  const name = (group: PickableGroup) => group.displayName ?? '';
  return groups.toSorted((a, b) => name(a).localeCompare(name(b)) || (a.id < b.id ? -1 : 1));
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
