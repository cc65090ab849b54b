/**
 * Which users are shown, read from the address and written back to it: search, filter, order, and whose panel is open.
 * The address is the only place where this is kept, so back, forward, reload and links between views all work.
 */
import type { FilterInput } from '../../../../shared/contract/base.ts';
import { type UserSortField, userSortFields } from '../../../../shared/model/userSort.ts';
import { checkQuery, type RuleProblem } from '../../../../shared/rules/check.ts';
import type { RuleCondition, RuleQuery } from '../../../../shared/rules/schema.ts';

export type UserSort = { readonly field: UserSortField; readonly direction: 'asc' | 'desc' };
export type Deleted = 'include' | 'exclude' | 'only';

export type UserPlace = {
  readonly search: string;
  /** From the address; null: the connection that the whole window looks at. */
  readonly connection: string | null;
  readonly rule: string | null;
  /** What the chips stand for: all must hold. */
  readonly parts: readonly (RuleCondition | RuleQuery)[];
  /** Why the filter in the address cannot be used; empty when it can. */
  readonly problems: readonly RuleProblem[];
  readonly deleted: Deleted;
  readonly sort: UserSort;
  /** Whose panel is open. */
  readonly user: { readonly id: string; readonly connection: string | null } | null;
};

type Params = Readonly<Record<string, string>>;

/** Newest risk first: what changed since the last look stands on top. */
export const defaultSort: UserSort = { field: 'riskLastUpdatedDateTime', direction: 'desc' };

export function readPlace(params: Params): UserPlace {
  const connection = params.connection ?? null;
  return {
    search: params.search ?? '',
    connection,
    rule: params.rule ?? null,
    ...readParts(params.filter),
    deleted: params.deleted === 'only' || params.deleted === 'exclude' ? params.deleted : 'include',
    sort: readSort(params.sort),
    user: params.user === undefined ? null : { id: params.user, connection: params.of ?? connection },
  };
}

export function writePlace(place: UserPlace): Params {
  const { search, connection, rule, parts, deleted, sort, user } = place;
  const params: Record<string, string> = {};
  if (search !== '') params.search = search;
  if (connection !== null) params.connection = connection;
  if (rule !== null) params.rule = rule;
  if (parts.length > 0) params.filter = JSON.stringify(queryOf(parts));
  if (deleted !== 'include') params.deleted = deleted;
  if (!sameSort(sort, defaultSort)) params.sort = `${sort.field}:${sort.direction}`;
  if (user !== null) {
    params.user = user.id;
    if (user.connection !== null && user.connection !== connection) params.of = user.connection;
  }
  return params;
}

function readParts(text: string | undefined): Pick<UserPlace, 'parts' | 'problems'> {
  if (text === undefined || text === '') return { parts: [], problems: [] };
  const checked = checkQuery(parse(text));
  if (!checked.ok) return { parts: [], problems: checked.problems };
  const { query } = checked;
  const plain = query.combinator === 'and' && query.not !== true;
  return { parts: plain ? query.rules : [query], problems: [] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readSort(text: string | undefined): UserSort {
  const [name, direction] = (text ?? '').split(':');
  const field = userSortFields.find((one) => one === name);
  return field === undefined ? defaultSort : { field, direction: direction === 'desc' ? 'desc' : 'asc' };
}

export function sameSort(a: UserSort, b: UserSort): boolean {
  return a.field === b.field && a.direction === b.direction;
}

export function queryOf(parts: UserPlace['parts']): RuleQuery {
  return { combinator: 'and', rules: parts };
}

/** What the core is asked with; `scope` is the connection that the whole window looks at. */
export function filterOf(place: UserPlace, scope: string | null): FilterInput {
  const connection = place.connection ?? scope;
  const search = place.search.trim();
  return {
    ...(connection === null ? {} : { connection }),
    ...(place.rule === null ? {} : { rule: place.rule }),
    ...(place.parts.length === 0 ? {} : { query: queryOf(place.parts) }),
    ...(search === '' ? {} : { search }),
    ...(place.deleted === 'include' ? {} : { deleted: place.deleted }),
  };
}

/** Whether anything but the window's connection narrows the list. */
export function isNarrowed(place: UserPlace): boolean {
  const { search, connection, rule, parts, deleted } = place;
  return search.trim() !== '' || connection !== null || rule !== null || parts.length > 0 || deleted !== 'include';
}
