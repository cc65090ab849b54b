/** What the store remembers about itself between operations (table `store_state`). */
import type { Database } from 'better-sqlite3';
import { one, run } from './statements.ts';

/**
 * 'bulk': the first sync under way, while indexes are missing. 'search_upto': the last id that user_search knows, while it
 * is behind. 'block_stamp': the last stamp given to a block of columns. 'cleaned': when old history was last cleaned, epoch ms.
 */
type StateKey = 'bulk' | 'search_upto' | 'block_stamp' | 'cleaned';

export function getState(db: Database, key: StateKey): number | null {
  return one<{ value: number }>(db, 'SELECT value FROM store_state WHERE key = ?', key)?.value ?? null;
}

export function setState(db: Database, key: StateKey, value: number | null): void {
  if (value === null) run(db, 'DELETE FROM store_state WHERE key = ?', key);
  else
    run(
      db,
      'INSERT INTO store_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
}

export const stateWrites = {
  /**
   * Whether the cleaning of old history is due: `every` ms after the last, or when that lies ahead because a clock was set
   * back. It then counts as done, so that of two processes one does it.
   */
  claimCleaning(db: Database, args: { readonly now: number; readonly every: number }): { readonly due: boolean } {
    const { now, every } = args;
    const last = getState(db, 'cleaned');
    if (last !== null && last <= now && now - last < every) return { due: false };
    setState(db, 'cleaned', now);
    return { due: true };
  },
};
