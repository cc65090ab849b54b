/**
 * The first sync of a connection into a cache that is empty or small: rows are appended without a single secondary index,
 * and sorted once at the end. Into a large cache it is not worth it: everybody's indexes would have to be made anew.
 * Whether it is under way is in the database, so a killed one goes on in the same manner.
 */
import type { Database } from 'better-sqlite3';
import { codeOf } from '../errors.ts';
import { recomputeAllAggregates } from './aggregates.ts';
import { many, one, run } from './statements.ts';
import { getState, setState } from './storeState.ts';
import { rebuildCube } from './userCube.ts';
import { createObjectIndex, createUserIndexes, dropUserIndexes, hasUserIndexes } from './userIndexes.ts';
import { emptySearch, removeFromSearch } from './userSearch.ts';

/** Users of other connections up to which their indexes are dropped and made again. */
const smallCache = 20_000;

/** True when the cache knows nobody of the connection, live or gone, and few of others. */
export function suitsFirstSync(db: Database, connection: number): boolean {
  const known = one(db, 'SELECT 1 FROM risky_user WHERE connection = ? LIMIT 1', connection) !== undefined;
  const others = one<{ n: number }>(db, 'SELECT count(*) AS n FROM (SELECT 1 FROM risky_user LIMIT ?)', smallCache + 1);
  return !known && (others?.n ?? 0) <= smallCache;
}

export function beginFirstSync(db: Database, syncId: number): void {
  dropUserIndexes(db);
  const last = one<{ id: number | null }>(db, 'SELECT max(id) AS id FROM user_text')?.id ?? 0;
  if (last === 0) emptySearch(db);
  setState(db, 'bulk', syncId);
  // Behind already, after the first sync of another connection: then it still knows only so many.
  if (getState(db, 'search_upto') === null) setState(db, 'search_upto', last);
}

/** The sync that fills the cache for the first time right now, or null. */
export function firstSyncUnderWay(db: Database): number | null {
  return getState(db, 'bulk');
}

/**
 * Makes the indexes, the aggregates and the cube; the search index follows by `indexSearch`. Returns the rows that were taken out again because
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
  const moved = recomputeAllAggregates(db);
  if (moved || duplicates > 0) rebuildCube(db);
  setState(db, 'bulk', null);
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
  const leftOut = 'gone IS NOT NULL AND seen_sync = ?';
  const syncId = getState(db, 'bulk');
  run(db, `DELETE FROM user_text WHERE id IN (SELECT id FROM risky_user WHERE ${leftOut})`, syncId);
  run(db, `DELETE FROM risky_user WHERE ${leftOut}`, syncId);
}

function removeFirstSyncRow(db: Database, id: number, upn: string | null, name: string | null): void {
  removeFromSearch(db, id, upn, name);
  run(db, 'DELETE FROM user_text WHERE id = ?', id);
  run(db, 'DELETE FROM risky_user WHERE id = ?', id);
}
