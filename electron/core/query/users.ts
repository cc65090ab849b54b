/** Risky users as the window and the commands list them: pages by cursor or offset, one user, a whole selection. */
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import type { RiskyUser } from '../../../shared/model/riskyUser.ts';
import type { Match, Reader } from '../store/types.ts';
import { countCompiled, countLive } from './count.ts';
import { type Position, readCursor, writeCursor } from './cursor.ts';
import { type CompiledFilter, compileFilter, type Filter, type QueryContext } from './filter.ts';
import { compileMatch, orderOf } from './match.ts';
import { gatherPage, type PageRequest, type PageStart, walkPage } from './page.ts';
import { withIndexesAsTheyAre } from './retry.ts';
import { type CachedUser, usersByKey } from './rows.ts';
import { type Sort, sortKey } from './sort.ts';

const maxLimit = 10_000;
const defaultSort: Sort = { field: 'riskLastUpdatedDateTime', direction: 'desc' };

/** Either `offset` or `after` (the `next` of the page before); neither is the first page. */
export type ListOptions = {
  readonly sort?: Sort | undefined;
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly after?: string | undefined;
};

/** `total`: users that match, over all pages. `next`: null when the page was the last one. */
export type UserPage = { readonly total: number; readonly rows: readonly RiskyUser[]; readonly next: string | null };

/** Of this share of the cache, or this many users, everything is gathered and sorted; above, the order is walked. */
const gatherShare = 0.02;
const gatherUsers = 2_000;
/** The same for a search: the trigram index hands over the matches without a look at anybody else. */
const gatherFoundShare = 0.1;

/**
 * One page of the users that match. @throws RiskdeskError bad-input for a limit, offset or cursor that cannot be,
 * not-found for a connection that does not exist.
 */
export function listUsers(
  reader: Reader,
  filter: Filter,
  options: ListOptions,
  context: QueryContext,
): Promise<UserPage> {
  return withIndexesAsTheyAre(() => listOnce(reader, filter, options, context));
}

async function listOnce(
  reader: Reader,
  filter: Filter,
  options: ListOptions,
  context: QueryContext,
): Promise<UserPage> {
  const sort = options.sort ?? defaultSort;
  checkOptions(options);
  const { after, offset = 0 } = options;
  const start: Start = after === undefined ? { offset } : { after: readCursor(sort, after) };
  const source = sourceOf(reader, filter, sort, context);
  const { total, users, next } = await source(options.limit, start);
  const ended = 'offset' in start && start.offset + users.length >= total;
  return { total, rows: users.map(({ user }) => user), next: ended ? null : next };
}

function checkOptions({ limit, offset, after }: ListOptions): void {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > maxLimit) {
    throw badInput('limit', 'The limit is out of bounds.', `Give a whole number from 1 to ${maxLimit}.`);
  }
  if (offset !== undefined && (!Number.isSafeInteger(offset) || offset < 0)) {
    throw badInput('offset', 'The offset is out of bounds.', 'Give a whole number from 0.');
  }
  if (offset !== undefined && after !== undefined) {
    throw badInput('after', 'A page begins after a cursor or at an offset, not both.', 'Leave one of them out.');
  }
}

type Start = { readonly offset: number } | { readonly after: Position };
type Page = { readonly total: number; readonly users: readonly CachedUser[]; readonly next: string | null };
/** Pages of one filter in one order. */
type Source = (limit: number, start: Start) => Promise<Page>;

const everybody: Match = { kind: 'and', parts: [] };
/** In an order of few values the rows of everybody are counted off up to here; beyond, the columns are faster. */
const deepOffset = 5_000;

/** Asks the columns for each page, and the rows while those are behind: a cursor holds for both. */
function sourceOf(reader: Reader, filter: Filter, sort: Sort, context: QueryContext): Source {
  const key = sortKey(sort.field, context.thresholds);
  const order = orderOf(sort.field, key);
  let match: Promise<Match | null> | undefined;
  let counted: Promise<{ readonly filter: CompiledFilter; readonly total: number }> | undefined;

  async function selected(limit: number, start: Start): Promise<Page | null> {
    match ??= compileMatch(reader, filter, context);
    const deep = order.kind !== 'index' && 'offset' in start && start.offset >= deepOffset;
    const asked = (await match) ?? (deep ? everybody : null);
    if (asked === null) return null;
    const page = { order, direction: sort.direction, limit, start };
    const found = await reader.select({ match: asked, page });
    if (found === null) return null;
    const users = await usersByKey(reader, found.ids, context.thresholds);
    const next = found.last === null || found.ids.length < limit ? null : writeCursor(sort, found.last);
    return { total: found.total, users, next };
  }

  async function count(): Promise<{ readonly filter: CompiledFilter; readonly total: number }> {
    const compiled = await compileFilter(reader, filter, context);
    return { filter: compiled, total: await countCompiled(reader, compiled) };
  }

  return async (limit, start) => {
    const page = await selected(limit, start);
    if (page !== null) return page;
    counted ??= count();
    const { filter: compiled, total } = await counted;
    const from: PageStart =
      'offset' in start ? { kind: 'offset', offset: start.offset, total } : { kind: 'after', position: start.after };
    return pageOf(reader, compiled, sort, limit, from, total, context);
  };
}

async function pageOf(
  reader: Reader,
  filter: CompiledFilter,
  sort: Sort,
  limit: number,
  start: PageStart,
  total: number,
  context: QueryContext,
): Promise<Page> {
  const key = sortKey(sort.field, context.thresholds);
  const request: PageRequest = { filter, key, direction: sort.direction, limit, start };
  const live = await countLive(reader);
  const share = (filter.search?.match ?? null) === null ? gatherShare : gatherFoundShare;
  const few = total <= Math.max(gatherUsers, live * share);
  const found = await (few || !filter.hasIndexes ? gatherPage : walkPage)(reader, request);
  const users = await usersByKey(
    reader,
    found.map(({ id }) => id),
    context.thresholds,
  );
  const last = found.at(-1);
  return { total, users, next: last === undefined || found.length < limit ? null : writeCursor(sort, last) };
}

/** All users that match, in chunks: for exports and plans. Sorted by `sort`, or else by their integer key. */
export async function* iterateUsers(
  reader: Reader,
  filter: Filter,
  context: QueryContext,
  options: { readonly sort?: Sort | undefined; readonly chunk?: number | undefined } = {},
): AsyncGenerator<readonly RiskyUser[], void, undefined> {
  const sort: Sort = options.sort ?? { field: 'firstSeen', direction: 'asc' };
  const limit = options.chunk ?? 2_000;
  const source = sourceOf(reader, filter, sort, context);
  let start: Start = { offset: 0 };
  for (;;) {
    const { users, next } = await source(limit, start);
    if (users.length > 0) yield users.map(({ user }) => user);
    if (next === null) return;
    start = { after: readCursor(sort, next) };
  }
}

/** The users of one connection with these object ids, whatever their case; also the gone, marked by `gone` (epoch ms). */
export async function usersByIds(
  reader: Reader,
  connection: string,
  objectIds: readonly string[],
  context: QueryContext,
): Promise<readonly CachedUser[]> {
  const compiled = await compileFilter(reader, { connection }, context);
  const keys = await reader.all<{ id: number }>(
    `SELECT t.id FROM json_each(?) k CROSS JOIN user_text t ON lower(t.object_id) = k.value AND t.connection = ?
     ORDER BY k.key`,
    [JSON.stringify(objectIds.map((id) => id.toLowerCase())), compiled.connection],
  );
  return usersByKey(
    reader,
    keys.map(({ id }) => id),
    context.thresholds,
  );
}

/** One user of a connection, live or gone. @throws RiskdeskError not-found */
export async function getUser(
  reader: Reader,
  connection: string,
  objectId: string,
  context: QueryContext,
): Promise<CachedUser> {
  const [user] = await usersByIds(reader, connection, [objectId], context);
  if (user !== undefined) return user;
  throw new RiskdeskError('not-found', `There is no user ${objectId} of "${connection}" in the cache.`, {
    field: 'id',
    cure: 'Sync the connection, or search by name.',
  });
}
