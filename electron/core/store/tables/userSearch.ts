/**
 * Keeps `user_search` in step with the folded names in `user_text`. FTS5's external content needs the old text to take
 * an entry out, so every change of a name goes through here, before the row itself is changed.
 */
import type { Database } from 'better-sqlite3';
import { one, prepared, run } from './statements.ts';
import { getState, setState } from './storeState.ts';

/** What `user_search_text` puts behind each text. */
const padding = '\u0001\u0001';

function padded(text: string | null): string | null {
  return text === null ? null : text + padding;
}

/** Users that one call of `catchUpSearch` indexes: some tenths of a second, so that other writes are not kept waiting. */
const chunk = 50_000;

/**
 * After a first sync the index is behind: it knows the users up to this id. Those beyond are left to `catchUpSearch`,
 * which reads them as they are then. Null: it knows everybody.
 */
function knownUpTo(db: Database): number | null {
  return getState(db, 'search_upto');
}

function isBeyond(db: Database, id: number): boolean {
  const upto = knownUpTo(db);
  return upto !== null && id > upto;
}

export function addToSearch(db: Database, id: number, upnFold: string | null, nameFold: string | null): void {
  if (isBeyond(db, id)) return;
  prepared(db, 'INSERT INTO user_search (rowid, upn_fold, name_fold) VALUES (?, ?, ?)').run(
    id,
    padded(upnFold),
    padded(nameFold),
  );
}

/** Adds the users from `firstId` on, who are all new. */
export function addNewToSearch(db: Database, firstId: number): void {
  if (isBeyond(db, firstId)) return;
  run(
    db,
    'INSERT INTO user_search (rowid, upn_fold, name_fold) SELECT id, upn_fold, name_fold FROM user_search_text WHERE id >= ?',
    firstId,
  );
}

export function removeFromSearch(db: Database, id: number, upnFold: string | null, nameFold: string | null): void {
  if (isBeyond(db, id)) return;
  prepared(db, "INSERT INTO user_search (user_search, rowid, upn_fold, name_fold) VALUES ('delete', ?, ?, ?)").run(
    id,
    padded(upnFold),
    padded(nameFold),
  );
}

/** Indexes some of the users that the index does not know yet; true when there are more. */
export function catchUpSearch(db: Database): boolean {
  const upto = knownUpTo(db);
  if (upto === null || getState(db, 'bulk') !== null) return false;
  const last = one<{ id: number | null }>(db, 'SELECT max(id) AS id FROM user_text')?.id ?? 0;
  const next = Math.min(upto + chunk, last);
  run(
    db,
    `INSERT INTO user_search (rowid, upn_fold, name_fold) SELECT v.id, v.upn_fold, v.name_fold
     FROM user_search_text v JOIN risky_user u ON u.id = v.id WHERE v.id > ? AND v.id <= ? AND u.gone IS NULL`,
    upto,
    next,
  );
  setState(db, 'search_upto', next >= last ? null : next);
  return next < last;
}

/** The index knows everybody who is there now; who comes while a first sync runs is beyond it again. */
function knowEverybody(db: Database): void {
  if (knownUpTo(db) === null) return;
  const last = one<{ id: number | null }>(db, 'SELECT max(id) AS id FROM user_text')?.id ?? 0;
  setState(db, 'search_upto', getState(db, 'bulk') === null ? null : last);
}

/** Makes the search index anew from what `user_text` holds. */
export function rebuildSearch(db: Database): void {
  run(db, "INSERT INTO user_search (user_search) VALUES ('rebuild')");
  knowEverybody(db);
}

export function emptySearch(db: Database): void {
  run(db, "INSERT INTO user_search (user_search) VALUES ('delete-all')");
  knowEverybody(db);
}
