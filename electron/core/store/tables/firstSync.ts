/**
 * The first sync into an empty cache: rows are appended without a single secondary index, and sorted once at the end.
 * Whether it is under way is in the database, so a killed one goes on in the same manner.
 */
import type { Database } from 'better-sqlite3';
import { codeOf } from '../errors.ts';
import { recomputeAllAggregates } from './aggregates.ts';
import { many, one, run } from './statements.ts';
import { getState, setState } from './storeState.ts';
import { rebuildCube } from './userCube.ts';
import { createObjectIndex, createUserIndexes, dropUserIndexes, hasUserIndexes } from './userIndexes.ts';
import { catchUpSearch, emptySearch, removeFromSearch } from './userSearch.ts';

/** True when the cache holds nobody, not even of another connection. */
export function cacheIsEmpty(db: Database): boolean {
  return one(db, 'SELECT 1 FROM risky_user LIMIT 1') === undefined;
}

export function beginFirstSync(db: Database, syncId: number): void {
  dropUserIndexes(db);
  emptySearch(db);
  setState(db, 'bulk', syncId);
  setState(db, 'search_upto', 0);
}

/** The sync that fills the cache for the first time right now, or null. */
export function firstSyncUnderWay(db: Database): number | null {
  return getState(db, 'bulk');
}

/**
 * Makes the indexes, the search index, the aggregates and the cube. Returns the rows that were taken out again because
 * a later page named the same user. Safe to call when nothing is under way.
 */
export function endFirstSync(db: Database): { readonly duplicates: number } {
  let duplicates = 0;
  if (!hasUserIndexes(db)) {
    duplicates = makeUnique(db);
    dropLeftOut(db);
    createUserIndexes(db);
  }
  if (getState(db, 'bulk') === null) return { duplicates };
  catchUpSearch(db, true);
  const moved = recomputeAllAggregates(db);
  if (moved + duplicates > 0) rebuildCube(db);
  setState(db, 'bulk', null);
  setState(db, 'search_upto', null);
  return { duplicates };
}

/** Makes the unique index, after taking out duplicates if it finds any; returns the live ones among them. */
function makeUnique(db: Database): number {
  try {
    createObjectIndex(db);
    return 0;
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
    const duplicates = dropDuplicates(db);
    createObjectIndex(db);
    return duplicates;
  }
}

/** Keeps the last row of each user: the later page is the newer news. */
function dropDuplicates(db: Database): number {
  const rows = many<{ id: number; upn: string | null; name: string | null; live: number }>(
    db,
    `SELECT d.id, d.upn_fold AS upn, d.name_fold AS name, u.gone IS NULL AS live FROM (
       SELECT id, upn_fold, name_fold, row_number() OVER (PARTITION BY lower(object_id), connection ORDER BY id DESC) AS nth
       FROM user_text) d JOIN risky_user u ON u.id = d.id WHERE d.nth > 1`,
  );
  let live = 0;
  for (const row of rows) {
    live += row.live;
    removeFirstSyncRow(db, row.id, row.upn, row.name);
  }
  return live;
}

/**
 * Users outside the score range are kept as gone until the end, so that a user whom a later page puts outside is not
 * left inside by an earlier one.
 */
function dropLeftOut(db: Database): void {
  run(db, 'DELETE FROM user_text WHERE id IN (SELECT id FROM risky_user WHERE gone IS NOT NULL)');
  run(db, 'DELETE FROM risky_user WHERE gone IS NOT NULL');
}

function removeFirstSyncRow(db: Database, id: number, upn: string | null, name: string | null): void {
  if (id <= (getState(db, 'search_upto') ?? 0)) removeFromSearch(db, id, upn, name);
  run(db, 'DELETE FROM user_text WHERE id = ?', id);
  run(db, 'DELETE FROM risky_user WHERE id = ?', id);
}
