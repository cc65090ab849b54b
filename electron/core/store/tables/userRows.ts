/** Single rows of `risky_user` and `user_text`: reading one for comparison, inserting, rewriting. No decisions. */
import type { Database } from 'better-sqlite3';
import { prepared } from './statements.ts';
import { markNewUsers } from './userBlocks.ts';
import type { CubeCell } from './userCube.ts';

/** A user as this page has them: everything of a row but what the cache itself adds. */
export type UserValues = {
  readonly objectId: string;
  readonly level: number;
  readonly state: number;
  readonly detail: number;
  readonly updated: number | null;
  readonly deleted: number;
  readonly processing: number;
  readonly guest: number;
  readonly score: number | null;
  readonly upn: string | null;
  readonly name: string | null;
};

/** A user as the cache has them. */
export type StoredUser = CubeCell & {
  readonly id: number;
  readonly gone: number | null;
  readonly updated: number | null;
  readonly upn: string | null;
  readonly name: string | null;
  readonly upnFold: string | null;
  readonly nameFold: string | null;
};

const findSql = `
  SELECT u.id, u.gone, u.connection, u.level, u.state, u.detail, u.updated, u.deleted, u.processing, u.guest, u.score,
    u.aggregate, u.seen_sync AS seenSync, t.upn, t.name, t.upn_fold AS upnFold, t.name_fold AS nameFold, k.value AS key
  FROM json_each(?) k CROSS JOIN user_text t ON lower(t.object_id) = k.value AND t.connection = ?
    CROSS JOIN risky_user u ON u.id = t.id`;

/**
 * The stored users among `keys` (object ids in lower case), by key. One statement for the whole page: a call per user
 * costs fifteen times as much in better-sqlite3 13.
 */
export function findUsers(db: Database, connection: number, keys: readonly string[]): ReadonlyMap<string, StoredUser> {
  const rows = prepared(db, findSql).all(JSON.stringify(keys), connection) as (StoredUser & { readonly key: string })[];
  return new Map(rows.map((row) => [row.key, row]));
}

export type NewUser = UserValues & {
  readonly connection: number;
  readonly aggregate: number | null;
  readonly now: number;
  readonly seenSync: number;
  readonly gone: number | null;
  readonly upnFold: string | null;
  readonly nameFold: string | null;
};

const userColumns =
  'id, gone, connection, level, state, detail, updated, deleted, processing, guest, score, aggregate, first_seen, last_changed, seen_sync';
const textColumns = 'id, connection, object_id, upn, name, upn_fold, name_fold';
/** Rows of one INSERT: a call costs better-sqlite3 13 more than SQLite needs for the row. */
const together = 25;

function insertSql(table: string, columns: string, rows: number): string {
  const row = `(${columns.replace(/\w+/g, '?')})`;
  return `INSERT INTO ${table} (${columns}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`;
}

const insertOne = {
  user: insertSql('risky_user', userColumns, 1),
  text: insertSql('user_text', textColumns, 1),
};
const insertMany = {
  user: insertSql('risky_user', userColumns, together),
  text: insertSql('user_text', textColumns, together),
};

type Bound = (string | number | null)[];

function bindUser(to: Bound, id: number, user: NewUser): void {
  const { gone, connection, level, state, detail, updated, deleted, processing, guest, score, aggregate, now } = user;
  to.push(id, gone, connection, level, state, detail, updated, deleted, processing, guest, score, aggregate, now, now);
  to.push(user.seenSync);
}

function bindText(to: Bound, id: number, user: NewUser): void {
  to.push(id, user.connection, user.objectId, user.upn, user.name, user.upnFold, user.nameFold);
}

/** Inserts users under consecutive ids from `firstId`. */
export function insertRows(db: Database, firstId: number, users: readonly NewUser[]): void {
  if (users.length > 0) markNewUsers(db, firstId, firstId + users.length - 1);
  let id = firstId;
  for (let at = 0; at < users.length; ) {
    const count = users.length - at >= together ? together : 1;
    const sql = count === 1 ? insertOne : insertMany;
    const userValues: Bound = [];
    const textValues: Bound = [];
    for (const user of users.slice(at, at + count)) {
      bindUser(userValues, id, user);
      bindText(textValues, id, user);
      id += 1;
    }
    prepared(db, sql.user).run(userValues);
    prepared(db, sql.text).run(textValues);
    at += count;
  }
}

/** The id that the next new user gets. */
export function nextUserId(db: Database): number {
  return Number(prepared(db, 'SELECT ifnull(max(id), 0) + 1 FROM risky_user').pluck().get());
}

/** Rewrites what Graph says. `changedAt`: when level, state or detail differ from before; null when they do not. */
export function rewriteRow(db: Database, id: number, user: UserValues, syncId: number, changedAt: number | null): void {
  prepared(
    db,
    `UPDATE risky_user SET gone = NULL, level = ?, state = ?, detail = ?, updated = ?, deleted = ?, processing = ?, guest = ?,
       score = ?, seen_sync = ?, last_changed = ifnull(?, last_changed) WHERE id = ?`,
  ).run(
    user.level,
    user.state,
    user.detail,
    user.updated,
    user.deleted,
    user.processing,
    user.guest,
    user.score,
    syncId,
    changedAt,
    id,
  );
}

export function rewriteText(
  db: Database,
  id: number,
  user: UserValues,
  upnFold: string | null,
  nameFold: string | null,
): void {
  prepared(db, 'UPDATE user_text SET object_id = ?, upn = ?, name = ?, upn_fold = ?, name_fold = ? WHERE id = ?').run(
    user.objectId,
    user.upn,
    user.name,
    upnFold,
    nameFold,
    id,
  );
}

/** Marks users as seen by the sync. Neighbouring ids, which is how pages come back, go in one statement. */
export function touchRows(db: Database, ids: readonly number[], syncId: number): void {
  const touch = prepared(db, 'UPDATE risky_user SET seen_sync = ? WHERE id BETWEEN ? AND ?');
  const sorted = ids.toSorted((a, b) => a - b);
  let from: number | undefined;
  let to = 0;
  for (const id of sorted) {
    if (from !== undefined && id === to + 1) {
      to = id;
      continue;
    }
    if (from !== undefined) touch.run(syncId, from, to);
    from = id;
    to = id;
  }
  if (from !== undefined) touch.run(syncId, from, to);
}

export function recordChange(db: Database, before: StoredUser, after: UserValues, syncId: number, now: number): void {
  prepared(
    db,
    `INSERT INTO user_change (user, sync, seen, updated, level_before, level_after, state_before, state_after,
       detail_before, detail_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    before.id,
    syncId,
    now,
    after.updated,
    before.level,
    after.level,
    before.state,
    after.state,
    before.detail,
    after.detail,
  );
}
