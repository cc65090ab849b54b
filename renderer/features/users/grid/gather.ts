/** Reading many users at once for what needs more than is in sight: a range, a copy, an export, a plan. */
import type { FilterInput } from '../../../../shared/contract/base.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { type Api, whenReady } from '../../../host/client.ts';
import type { UserSort } from '../filter/userPlace.ts';
import { keyOf, type Picked, type UserKey } from './picked.ts';

export type List = { readonly filter: FilterInput; readonly sort: UserSort };
type Progress = { readonly signal: AbortSignal; readonly onRead: (users: number) => void };
export type IdsByConnection = ReadonlyMap<string, readonly string[]>;

const most = 1_000;

/** All users of a list, page by page. Stops between pages when the signal says so. */
async function* pages(
  api: Api,
  { filter, sort }: List,
  signal: AbortSignal,
): AsyncGenerator<readonly RiskyUser[], void, undefined> {
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<Api['users']['list']>> = await api.users.list(
      { filter, sort, limit: most, ...(after === null ? {} : { after }) },
      { signal },
    );
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

/** The rows from index `from` to `to`, both included. */
export async function readRange({ filter, sort }: List, from: number, to: number): Promise<readonly RiskyUser[]> {
  const api = await whenReady();
  const rows: RiskyUser[] = [];
  for (let offset = from; offset <= to; offset += most) {
    const page = await api.users.list({ filter, sort, offset, limit: Math.min(most, to - offset + 1) });
    rows.push(...page.rows);
  }
  return rows;
}

/** Ids of the picked users by connection, since a plan is for one tenant; for "all", those that match at this moment. */
export async function readIds(picked: Picked, { filter }: List, signal: AbortSignal): Promise<IdsByConnection> {
  if (picked.mode === 'some') return byConnection([...picked.users.values()]);
  const found = await (await whenReady()).users.keys({ filter }, { signal });
  const left = found.map(({ connection, ids }): readonly [string, readonly string[]] => [
    connection,
    picked.except.size === 0 ? ids : ids.filter((id) => !picked.except.has(keyOf({ connection, id }))),
  ]);
  return new Map(left.filter(([, ids]) => ids.length > 0));
}

/** The picked users in chunks: those picked one by one in the order of picking, "all" in the order of the list. */
export async function* readRows(
  picked: Picked,
  list: List,
  { signal, onRead }: Progress,
): AsyncGenerator<readonly RiskyUser[], void, undefined> {
  const api = await whenReady();
  let read = 0;
  if (picked.mode === 'all') {
    for await (const page of pages(api, list, signal)) {
      const rows = picked.except.size === 0 ? page : page.filter((row) => !picked.except.has(keyOf(row)));
      read += rows.length;
      onRead(read);
      yield rows;
    }
    return;
  }
  for (const [connection, ids] of byConnection([...picked.users.values()])) {
    for (let from = 0; from < ids.length; from += most) {
      signal.throwIfAborted();
      const rows = await api.users.some({ connection, ids: ids.slice(from, from + most) }, { signal });
      read += rows.length;
      onRead(read);
      yield rows;
    }
  }
}

/** The same, all at once. */
export async function readAllRows(picked: Picked, list: List, progress: Progress): Promise<readonly RiskyUser[]> {
  const all: RiskyUser[] = [];
  for await (const rows of readRows(picked, list, progress)) all.push(...rows);
  return all;
}

function byConnection(keys: readonly UserKey[]): IdsByConnection {
  const ids = new Map<string, string[]>();
  for (const { connection, id } of keys) {
    const own = ids.get(connection);
    if (own === undefined) ids.set(connection, [id]);
    else own.push(id);
  }
  return ids;
}
