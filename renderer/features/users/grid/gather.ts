/** Reading many users at once, in pages of 1,000, for what needs more than is in sight: a range, a copy, a plan. */
import type { FilterInput } from '../../../../shared/contract/base.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { type Api, whenReady } from '../../../host/client.ts';
import type { UserSort } from '../filter/userPlace.ts';
import { keyOf, type Picked, type UserKey } from './picked.ts';

export type List = { readonly filter: FilterInput; readonly sort: UserSort };
type Progress = { readonly signal: AbortSignal; readonly onRead: (users: number) => void };

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

/** Keys of the picked users; for "all", those that match now. */
export async function readKeys(picked: Picked, list: List, progress: Progress): Promise<readonly UserKey[]> {
  if (picked.mode === 'some') return [...picked.users.values()];
  const keys: UserKey[] = [];
  for await (const rows of pages(await whenReady(), list, progress.signal)) {
    for (const { connection, id } of rows) {
      if (!picked.except.has(keyOf({ connection, id }))) keys.push({ connection, id });
    }
    progress.onRead(keys.length);
  }
  return keys;
}

/** The picked users in the order of the list; whom the list does not show comes last. */
export async function readRows(picked: Picked, list: List, progress: Progress): Promise<readonly RiskyUser[]> {
  const api = await whenReady();
  const rows: RiskyUser[] = [];
  const left = new Map(picked.mode === 'some' ? picked.users : []);
  // A handful is asked for by name; more are found faster by going through the list.
  const few = picked.mode === 'some' && left.size <= 20;
  if (!few) {
    for await (const page of pages(api, list, progress.signal)) {
      for (const row of page) {
        const key = keyOf(row);
        if (picked.mode === 'all' ? picked.except.has(key) : !left.delete(key)) continue;
        rows.push(row);
      }
      progress.onRead(rows.length);
      if (picked.mode === 'some' && left.size === 0) break;
    }
  }
  for (const { connection, id } of left.values()) {
    progress.signal.throwIfAborted();
    rows.push((await api.users.get({ connection, id }, { signal: progress.signal })).user);
    progress.onRead(rows.length);
  }
  return rows;
}

/** Ids by connection: a plan is for one tenant. */
export function byConnection(keys: readonly UserKey[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { connection, id } of keys) {
    const own = ids.get(connection);
    if (own === undefined) ids.set(connection, [id]);
    else own.push(id);
  }
  return ids;
}
