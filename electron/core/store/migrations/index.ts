/** The migrations in order. Frozen once released: a change of the schema is a new file with the next number. */
import type { Database } from 'better-sqlite3';
import * as initial from './0001-initial.ts';
import * as actions from './0002-actions.ts';
import * as search from './0003-search.ts';
import * as schedule from './0004-schedule.ts';
import * as signIn from './0005-sign-in.ts';
import * as columns from './0006-columns.ts';

/** `after` runs in the same transaction as `sql`, for what SQL alone cannot say. */
export type Migration = { readonly version: number; readonly sql: string; readonly after?: (db: Database) => void };

export const migrations: readonly Migration[] = [initial, actions, search, schedule, signIn, columns];
