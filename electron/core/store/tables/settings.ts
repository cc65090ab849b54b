/** Writes to `setting`: one row per top-level key, JSON text that the settings schema has checked. */
import type { Database } from 'better-sqlite3';

export const settingWrites = {
  saveSetting(db: Database, args: { readonly key: string; readonly value: string }): void {
    db.prepare(
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ).run(args.key, args.value);
  },
};
