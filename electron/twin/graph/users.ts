/**
 * The directory's users: list, read, enable/disable, require a password change, revoke sessions, and the request that
 * nobody should make: DELETE, which the twin carries out and reports as a violation.
 */
import { DELETED, DISABLED, FORCE_CHANGE, type RiskStore } from '../data/riskStore.ts';
import { isRecord, json, noContent, type TwinAnswer } from '../http/message.ts';
import { directoryBadRequest, resourceNotFound } from '../http/refusal.ts';
import { compileFilter, type FilterSchema } from '../odata/compile.ts';
import { isAdvanced, parseFilter } from '../odata/filter.ts';
import { pageAnswer, walk } from '../odata/page.ts';
import { pageSize, parseQuery, selection, wantsCount } from '../odata/query.ts';
import { compileSearch } from '../odata/search.ts';
import { requireEventual } from './advanced.ts';
import { bodyOf, type Call, nextLink, param } from './call.ts';

const properties = [
  'id',
  'accountEnabled',
  'createdDateTime',
  'displayName',
  'mail',
  'signInSessionsValidFromDateTime',
  'userPrincipalName',
  'userType',
] as const;
type Property = (typeof properties)[number];
const byDefault: readonly Property[] = ['id', 'displayName', 'mail', 'userPrincipalName'];

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const BEGINNING = Date.UTC(2020, 0, 1);

function propertyOf(users: RiskStore, row: number, property: Property): unknown {
  switch (property) {
    case 'id':
      return users.ids.of(row);
    case 'accountEnabled':
      return !users.has(row, DISABLED);
    case 'createdDateTime':
      return iso(BEGINNING);
    case 'displayName':
      return users.people.directoryName(row);
    case 'mail':
    case 'userPrincipalName':
      return users.people.directoryUpn(row);
    case 'signInSessionsValidFromDateTime':
      return iso(users.revokedAt.get(row) ?? BEGINNING);
    case 'userType':
      return users.people.isGuest(row) ? 'Guest' : 'Member';
  }
}

/** A user as Graph writes it; `selected` null means Graph's default properties. */
export function userObject(
  users: RiskStore,
  row: number,
  selected: readonly Property[] | null,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries((selected ?? byDefault).map((property) => [property, propertyOf(users, row, property)]));
}

export function userSelection(query: ReturnType<typeof parseQuery>): readonly Property[] | null {
  return selection(query, properties, 'user');
}

function schemaOf(users: RiskStore): FilterSchema<number> {
  return {
    type: 'microsoft.graph.user',
    functions: ['startswith', 'endswith'],
    lists: true,
    fields: {
      id: { type: 'string', get: (row) => users.ids.of(row) },
      displayName: { type: 'string', get: (row) => users.people.directoryName(row) },
      userPrincipalName: { type: 'string', get: (row) => users.people.directoryUpn(row) },
      mail: { type: 'string', get: (row) => users.people.directoryUpn(row) },
      accountEnabled: { type: 'boolean', get: (row) => !users.has(row, DISABLED) },
      userType: { type: 'string', get: (row) => (users.people.isGuest(row) ? 'Guest' : 'Member') },
    },
  };
}

/** The row of a user by object id or UPN. Throws 404 with the id in the text. */
export function presentUser(users: RiskStore, idOrUpn: string): number {
  const row = users.find(idOrUpn) ?? findByUpn(users, idOrUpn);
  if (row === null || !users.isPresent(row)) throw resourceNotFound(idOrUpn);
  return row;
}

function findByUpn(users: RiskStore, upn: string): number | null {
  if (!upn.includes('@')) return null;
  const wanted = upn.toLowerCase();
  for (let row = 0; row < users.count; row++) {
    if (users.isPresent(row) && users.people.directoryUpn(row).toLowerCase() === wanted) return row;
  }
  return null;
}

export function listUsers(call: Call): TwinAnswer {
  const { users, links } = call.world;
  const query = parseQuery(call.query, ['$top', '$select', '$filter', '$count', '$search', '$skiptoken']);
  const size = pageSize(query, 100, 999);
  const selected = userSelection(query);
  const filterText = query.get('$filter');
  const searchText = query.get('$search');
  const filter = filterText === null ? null : parseFilter(filterText);
  requireEventual(call, {
    filter: filter !== null && isAdvanced(filter),
    count: wantsCount(query),
    search: searchText !== null,
  });
  const filtered = filter === null ? () => true : compileFilter(filter, schemaOf(users));
  const searched =
    searchText === null
      ? () => true
      : compileSearch<number>(searchText, {
          displayName: (row) => users.people.directoryName(row),
          userPrincipalName: (row) => users.people.directoryUpn(row),
          mail: (row) => users.people.directoryUpn(row),
        });
  const matches = (row: number): boolean => users.isPresent(row) && filtered(row) && searched(row);
  const list = `users:${filterText ?? ''}:${searchText ?? ''}`.replaceAll('|', ' ');
  const page = walk(links.read(list, query.get('$skiptoken'), call.now), users.count, size, matches);
  let count: number | null = null;
  if (wantsCount(query)) {
    count = 0;
    for (let row = 0; row < users.count; row++) if (matches(row)) count += 1;
  }
  return pageAnswer({
    context: `${call.base}/$metadata#users${selected === null ? '' : `(${selected.join(',')})`}`,
    nextLink: page.more ? nextLink(call, list, query.withoutToken, page.next) : null,
    count,
    rows: page.found.map((row) => JSON.stringify(userObject(users, row, selected))),
  });
}

export function getUser(call: Call): TwinAnswer {
  const { users } = call.world;
  const selected = userSelection(parseQuery(call.query, ['$select']));
  const row = presentUser(users, param(call, 'id'));
  return json(200, { '@odata.context': `${call.base}/$metadata#users/$entity`, ...userObject(users, row, selected) });
}

export function patchUser(call: Call): TwinAnswer {
  const { users } = call.world;
  parseQuery(call.query, []);
  const body = bodyOf(call);
  const row = presentUser(users, param(call, 'id'));
  if (Object.keys(body).length === 0) throw directoryBadRequest('The request body is empty: nothing to update.');
  for (const [property, value] of Object.entries(body)) {
    if (property === 'accountEnabled' && typeof value === 'boolean') continue;
    if (property === 'passwordProfile' && isRecord(value)) {
      const [stranger] = Object.keys(value).filter((name) => name !== 'forceChangePasswordNextSignIn');
      if (stranger === undefined && typeof value.forceChangePasswordNextSignIn === 'boolean') continue;
    }
    throw directoryBadRequest(`Invalid value specified for property '${property}' of resource 'User'.`);
  }
  if (typeof body.accountEnabled === 'boolean') users.set(row, DISABLED, !body.accountEnabled);
  if (isRecord(body.passwordProfile)) {
    users.set(row, FORCE_CHANGE, body.passwordProfile.forceChangePasswordNextSignIn === true);
  }
  return noContent();
}

/** 200 for guests too, without effect: their sessions belong to their home tenant. */
export function revokeSessions(call: Call): TwinAnswer {
  const { users } = call.world;
  parseQuery(call.query, []);
  const row = presentUser(users, param(call, 'id'));
  if (!users.people.isGuest(row)) users.revokedAt.set(row, call.now);
  return json(200, { '@odata.context': `${call.base}/$metadata#Edm.Boolean`, value: true });
}

/** DELETE on a user object, by whatever path. */
export function deleteUser(call: Call): TwinAnswer {
  const { users, counters, groups } = call.world;
  counters.violate(`DELETE ${call.path} deletes the user object itself`);
  const row = presentUser(users, param(call, 'member') || param(call, 'id'));
  users.set(row, DELETED, true);
  groups.forgetUser(row);
  return noContent();
}
