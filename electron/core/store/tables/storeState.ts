/** What the store remembers about itself between operations (table `store_state`). */
import type { Database } from 'better-sqlite3';
import { one, run } from './statements.ts';

/** 'bulk': the first sync under way, while indexes are missing. 'search_upto': the last id that user_search knows, while it is behind. 'block_stamp': the last stamp given to a block of columns. */
type StateKey = 'bulk' | 'search_upto' | 'block_stamp';

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
