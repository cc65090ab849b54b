/** Reading groups: list, one group, count (Microsoft Graph: group-list, group-get). */
import type { Group } from '../data/groupStore.ts';
import { json, noContent, plainText, type TwinAnswer } from '../http/message.ts';
import { badRequest, resourceNotFound } from '../http/refusal.ts';
import { compileFilter, type FilterSchema } from '../odata/compile.ts';
import { isAdvanced, parseFilter } from '../odata/filter.ts';
import { pageAnswer, walk } from '../odata/page.ts';
import { pageSize, parseQuery, type Query, selection, wantsCount } from '../odata/query.ts';
import { compileSearch } from '../odata/search.ts';
import { requireEventual } from './advanced.ts';
import { type Call, isEventual, nextLink, param } from './call.ts';

export const groupProperties = [
  'id',
  'createdDateTime',
  'description',
  'displayName',
  'groupTypes',
  'isAssignableToRole',
  'isManagementRestricted',
  'mail',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'onPremisesSyncEnabled',
  'securityEnabled',
  'visibility',
] as const;
export type GroupProperty = (typeof groupProperties)[number];

/** Graph returns `isManagementRestricted` only when it is selected. */
const byDefault = groupProperties.filter((property) => property !== 'isManagementRestricted');

function propertyOf(group: Group, property: GroupProperty): unknown {
  if (property === 'createdDateTime') return `${new Date(group.createdAt).toISOString().slice(0, 19)}Z`;
  if (property === 'mail') return mailOf(group);
  return group[property];
}

function mailOf(group: Group): string | null {
  return group.mailEnabled ? `${group.mailNickname}@contoso.com` : null;
}

/** A group as Graph writes it; `selected` null means Graph's default properties. */
export function groupObject(
  group: Group,
  selected: readonly GroupProperty[] | null,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries((selected ?? byDefault).map((property) => [property, propertyOf(group, property)]));
}

export function groupSelection(query: Query): readonly GroupProperty[] | null {
  return selection(query, groupProperties, 'group');
}

/** The group that a path names. Throws 404 with the group's id, also while it replicates. */
export function visibleGroup(call: Call): Group {
  const id = param(call, 'id');
  const group = call.world.groups.visible(id, call.now);
  if (group === null) throw resourceNotFound(id);
  return group;
}

const schema: FilterSchema<Group> = {
  type: 'microsoft.graph.group',
  functions: ['startswith', 'endswith'],
  lists: true,
  fields: {
    id: { type: 'string', get: (group) => group.id },
    description: { type: 'string', get: (group) => group.description },
    displayName: { type: 'string', get: (group) => group.displayName },
    groupTypes: { type: 'strings', get: (group) => group.groupTypes },
    isAssignableToRole: { type: 'boolean', get: (group) => group.isAssignableToRole },
    mail: { type: 'string', get: mailOf },
    mailEnabled: { type: 'boolean', get: (group) => group.mailEnabled },
    mailNickname: { type: 'string', get: (group) => group.mailNickname },
    onPremisesSyncEnabled: { type: 'boolean', get: (group) => group.onPremisesSyncEnabled },
    securityEnabled: { type: 'boolean', get: (group) => group.securityEnabled },
  },
};

function matcher(call: Call, query: Query): (group: Group) => boolean {
  const filterText = query.get('$filter');
  const searchText = query.get('$search');
  const filter = filterText === null ? null : parseFilter(filterText);
  requireEventual(call, {
    filter: filter !== null && (isAdvanced(filter) || query.get('$orderby') !== null),
    count: wantsCount(query),
    search: searchText !== null,
  });
  const filtered = filter === null ? () => true : compileFilter(filter, schema);
  const searched =
    searchText === null
      ? () => true
      : compileSearch<Group>(searchText, {
          displayName: (group) => group.displayName,
          description: (group) => group.description,
          mail: mailOf,
          mailNickname: (group) => group.mailNickname,
        });
  return (group) => group.visibleAt <= call.now && filtered(group) && searched(group);
}

function ordered(groups: readonly Group[], orderBy: string | null): readonly Group[] {
  if (orderBy === null) return groups;
  const match = /^\s*displayName(?:\s+(asc|desc))?\s*$/i.exec(orderBy);
  if (match === null) throw badRequest(`Invalid orderby clause '${orderBy}'.`);
  const sign = match[1]?.toLowerCase() === 'desc' ? -1 : 1;
  return groups.toSorted((a, b) => sign * a.displayName.localeCompare(b.displayName, 'en', { sensitivity: 'base' }));
}

export function listGroups(call: Call): TwinAnswer {
  const { groups, links } = call.world;
  const query = parseQuery(call.query, ['$top', '$select', '$filter', '$count', '$orderby', '$search', '$skiptoken']);
  const size = pageSize(query, 100, 999);
  const selected = groupSelection(query);
  const matches = matcher(call, query);
  const all = ordered(groups.all(), query.get('$orderby')).filter(matches);
  const options = (['$filter', '$orderby', '$search'] as const).map((option) => query.get(option) ?? '');
  const name = `groups:${options.join(':')}`.replaceAll('|', ' ');
  const page = walk(links.read(name, query.get('$skiptoken'), call.now), all.length, size, () => true);
  return pageAnswer({
    context: `${call.base}/$metadata#groups${selected === null ? '' : `(${selected.join(',')})`}`,
    nextLink: page.more ? nextLink(call, name, query.withoutToken, page.next) : null,
    count: wantsCount(query) ? all.length : null,
    rows: all
      .slice(page.found[0] ?? 0, (page.found[0] ?? 0) + page.found.length)
      .map((group) => JSON.stringify(groupObject(group, selected))),
  });
}

export function countGroups(call: Call): TwinAnswer {
  const query = parseQuery(call.query, ['$filter']);
  if (!isEventual(call)) throw badRequest("$count needs the header 'ConsistencyLevel: eventual'.");
  const matches = matcher(call, query);
  return plainText(200, 'text/plain', String(call.world.groups.all().filter(matches).length));
}

export function getGroup(call: Call): TwinAnswer {
  const selected = groupSelection(parseQuery(call.query, ['$select']));
  const group = visibleGroup(call);
  return json(200, { '@odata.context': `${call.base}/$metadata#groups/$entity`, ...groupObject(group, selected) });
}

/** DELETE on a group: carried out, and reported, because Riskdesk never deletes one. */
export function deleteGroup(call: Call): TwinAnswer {
  call.world.counters.violate(`DELETE ${call.path} deletes the group itself`);
  call.world.groups.remove(visibleGroup(call).id);
  return noContent();
}
