/**
 * Which users are picked in the grid: some by key, or all that match but a few. Keys only, never rows. Picks by key
 * survive another search, so that people can be gathered one after the other; "all" belongs to its list and ends with it.
 */
import { create } from 'zustand';

export type UserKey = { readonly connection: string; readonly id: string };

export type Picked =
  | { readonly mode: 'some'; readonly users: ReadonlyMap<string, UserKey> }
  | { readonly mode: 'all'; readonly list: string; readonly total: number; readonly except: ReadonlySet<string> };

const none: Picked = { mode: 'some', users: new Map() };

export const usePicked = create<{ readonly picked: Picked }>(() => ({ picked: none }));

const set = (picked: Picked) => usePicked.setState({ picked });

export const keyOf = ({ connection, id }: UserKey): string => `${connection}\n${id}`;

export function isPicked(picked: Picked, user: UserKey): boolean {
  const key = keyOf(user);
  return picked.mode === 'all' ? !picked.except.has(key) : picked.users.has(key);
}

export function countPicked(picked: Picked): number {
  return picked.mode === 'all' ? Math.max(0, picked.total - picked.except.size) : picked.users.size;
}

export function toggle(user: UserKey): void {
  const { picked } = usePicked.getState();
  const key = keyOf(user);
  if (picked.mode === 'all') {
    const except = new Set(picked.except);
    if (!except.delete(key)) except.add(key);
    set({ ...picked, except });
    return;
  }
  const users = new Map(picked.users);
  if (!users.delete(key)) users.set(key, { connection: user.connection, id: user.id });
  set({ mode: 'some', users });
}

export function pickMore(more: readonly UserKey[]): void {
  const { picked } = usePicked.getState();
  if (picked.mode === 'all') {
    const except = new Set(picked.except);
    for (const user of more) except.delete(keyOf(user));
    set({ ...picked, except });
    return;
  }
  const users = new Map(picked.users);
  for (const { connection, id } of more) users.set(keyOf({ connection, id }), { connection, id });
  set({ mode: 'some', users });
}

export function pickAll(list: string, total: number): void {
  set({ mode: 'all', list, total, except: new Set() });
}

export function pickNone(): void {
  set(none);
}

/** The list shown is now this one, with so many users. */
export function listIs(list: string, total: number): void {
  const { picked } = usePicked.getState();
  if (picked.mode === 'some') return;
  if (picked.list !== list) set(none);
  else if (picked.total !== total) set({ ...picked, total });
}
