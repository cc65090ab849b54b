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

/** Users that the first sync gathers before it indexes them in one go, beside the network. */
const chunk = 25_000;

export function addToSearch(db: Database, id: number, upnFold: string | null, nameFold: string | null): void {
  prepared(db, 'INSERT INTO user_search (rowid, upn_fold, name_fold) VALUES (?, ?, ?)').run(
    id,
    padded(upnFold),
    padded(nameFold),
  );
}

export function removeFromSearch(db: Database, id: number, upnFold: string | null, nameFold: string | null): void {
  prepared(db, "INSERT INTO user_search (user_search, rowid, upn_fold, name_fold) VALUES ('delete', ?, ?, ?)").run(
    id,
    upnFold,
    nameFold,
  );
}

/** While the first sync runs: indexes the users that came since, when they are worth it or when it must be `all`. */
export function catchUpSearch(db: Database, all: boolean): void {
  const upto = getState(db, 'search_upto') ?? 0;
  const last = one<{ id: number | null }>(db, 'SELECT max(id) AS id FROM user_text')?.id ?? 0;
  if (last <= upto || (!all && last - upto < chunk)) return;
  run(
    db,
    `INSERT INTO user_search (rowid, upn_fold, name_fold)
     SELECT id, upn_fold, name_fold FROM user_search_text WHERE id > ? AND (upn_fold IS NOT NULL OR name_fold IS NOT NULL)`,
    upto,
  );
  setState(db, 'search_upto', last);
}

/** Makes the search index anew from what `user_text` holds. */
export function rebuildSearch(db: Database): void {
  run(db, "INSERT INTO user_search (user_search) VALUES ('rebuild')");
}

export function emptySearch(db: Database): void {
  run(db, "INSERT INTO user_search (user_search) VALUES ('delete-all')");
}
