/** Writes to the cached users that no sync makes: new scores, removal, notes, retention. Pages are in `userPage.ts`. */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { recomputeAllAggregates, updateAggregates } from './aggregates.ts';
import { endFirstSync, firstSyncUnderWay } from './firstSync.ts';
import { type LeavingUser, markGone } from './gone.ts';
import { one, prepared, run } from './statements.ts';
import { abandonSyncs } from './syncs.ts';
import { emptyBlocks, refreshBlocks } from './userBlocks.ts';
import { changeCube, liveUsers, rebuildCube } from './userCube.ts';
import { catchUpSearch, emptySearch, rebuildSearch } from './userSearch.ts';

const mapped = `
  (SELECT CASE risky_user.level
     WHEN (SELECT code FROM term WHERE kind = 'level' AND text = 'low') THEN c.map_low
     WHEN (SELECT code FROM term WHERE kind = 'level' AND text = 'medium') THEN c.map_medium
     WHEN (SELECT code FROM term WHERE kind = 'level' AND text = 'high') THEN c.map_high
   END FROM connection c WHERE c.id = risky_user.connection)`;

const outOfRange = `
  SELECT u.id, u.connection, u.level, u.state, u.detail, u.deleted, u.processing, u.guest, u.score, u.aggregate,
    u.seen_sync AS seenSync, t.upn_fold AS upnFold, t.name_fold AS nameFold
  FROM risky_user u JOIN user_text t ON t.id = u.id JOIN connection c ON c.id = u.connection
  WHERE u.gone IS NULL AND u.connection = ifnull(?, u.connection)
    AND CASE WHEN u.score IS NULL THEN c.keep_unscored = 0 ELSE u.score NOT BETWEEN c.score_min AND c.score_max END`;

export const userWrites = {
  /**
   * Brings the search index up to the users of a first sync, some at a time: call it until `more` is false. Until then
   * searches read the names themselves, which finds the same and takes longer. Then the columns likewise, after any change
   * of users.
   */
  indexSearch(db: Database, _args: Record<string, never>): { readonly more: boolean } {
    return { more: catchUpSearch(db) || refreshBlocks(db) };
  },

  /**
   * Scores the users of one connection (null: of all) again by the connection's mapping, weight and score range, without
   * Graph. Users that fall out of the range are marked as gone; those whom a wider range lets in come with the next
   * full sync. Thresholds need no call: groupings are read off the aggregate.
   */
  rescore(
    db: Database,
    args: { readonly connection: number | null; readonly now: number },
  ): { readonly users: number; readonly gone: number } {
    const users = run(
      db,
      `UPDATE risky_user SET score = ${mapped} WHERE gone IS NULL AND connection = ifnull(?, connection) AND score IS NOT ${mapped}`,
      args.connection,
    );
    const leaving = prepared(db, outOfRange).all(args.connection) as LeavingUser[];
    const cube = changeCube(db);
    const folds = new Set<string>();
    markGone(db, leaving, args.now, cube, folds);
    recomputeAllAggregates(db);
    rebuildCube(db);
    return { users, gone: leaving.length };
  },

  /** Computes every aggregate again, from the scores as they are. */
  recomputeAggregates(db: Database, _args: Record<string, never>): void {
    recomputeAllAggregates(db);
    rebuildCube(db);
  },

  /** Deletes the users of a connection with their history and notes; returns how many were live. */
  purgeConnection(db: Database, args: { readonly connection: number }): { readonly users: number } {
    abandonSyncs(db, args.connection);
    const users = liveUsers(db, args.connection);
    const cube = changeCube(db);
    const folds = new Set<string>();
    const rows = prepared(db, 'SELECT upn_fold FROM user_text WHERE connection = ? AND upn_fold IS NOT NULL')
      .pluck()
      .all(args.connection) as string[];
    const left = one(db, 'SELECT 1 FROM risky_user WHERE connection <> ? LIMIT 1', args.connection) !== undefined;
    if (left) for (const upn of rows) folds.add(upn);
    const ofConnection = 'user IN (SELECT id FROM risky_user WHERE connection = ?)';
    run(db, `DELETE FROM user_change WHERE ${ofConnection}`, args.connection);
    run(db, `DELETE FROM user_note WHERE ${ofConnection}`, args.connection);
    run(db, 'DELETE FROM sync_histogram WHERE sync IN (SELECT id FROM sync WHERE connection = ?)', args.connection);
    run(db, 'DELETE FROM sync WHERE connection = ?', args.connection);
    run(db, 'DELETE FROM risky_user WHERE connection = ?', args.connection);
    run(db, 'DELETE FROM user_text WHERE connection = ?', args.connection);
    run(db, 'DELETE FROM user_cube WHERE connection = ?', args.connection);
    emptyBlocks(db);
    if (left) rebuildSearch(db);
    else emptySearch(db);
    updateAggregates(db, cube, folds);
    cube.flush();
    return { users };
  },

  /** Empties the cache of every connection. Connections, rules, actions, settings, runs and the journal stay. */
  wipeCache(db: Database, _args: Record<string, never>): { readonly users: number } {
    const users = one<{ n: number }>(db, 'SELECT count(*) AS n FROM risky_user WHERE gone IS NULL')?.n ?? 0;
    for (const table of [
      'risky_user',
      'user_text',
      'user_change',
      'user_note',
      'user_cube',
      'sync_histogram',
      'sync',
    ]) {
      db.exec(`DELETE FROM ${table}`);
    }
    emptySearch(db);
    emptyBlocks(db);
    if (firstSyncUnderWay(db) !== null) endFirstSync(db);
    db.exec('UPDATE connection SET needs_full = 1');
    return { users };
  },

  /** Adds a note to a user. @throws RiskdeskError not-found */
  addNote(
    db: Database,
    args: {
      readonly connection: number;
      readonly objectId: string;
      readonly who: string;
      readonly text: string;
      readonly now: number;
    },
  ): { readonly id: number } {
    const user = one<{ id: number }>(
      db,
      'SELECT id FROM user_text WHERE lower(object_id) = ? AND connection = ?',
      args.objectId.toLowerCase(),
      args.connection,
    );
    if (user === undefined) {
      throw new RiskdeskError('not-found', `There is no user ${args.objectId} in the cache.`, { field: 'id' });
    }
    const { lastInsertRowid } = prepared(db, 'INSERT INTO user_note (user, at, who, text) VALUES (?, ?, ?, ?)').run(
      user.id,
      args.now,
      args.who,
      args.text,
    );
    return { id: Number(lastInsertRowid) };
  },

  /** @throws RiskdeskError not-found */
  deleteNote(db: Database, args: { readonly id: number }): void {
    if (run(db, 'DELETE FROM user_note WHERE id = ?', args.id) === 0) {
      throw new RiskdeskError('not-found', 'The note does not exist any more.', { field: 'id' });
    }
  },

  /** Deletes changes seen before `before` (epoch ms), and the histograms of syncs that ended before it. */
  cleanHistory(
    db: Database,
    args: { readonly before: number },
  ): { readonly changes: number; readonly histograms: number } {
    const changes = run(db, 'DELETE FROM user_change WHERE seen < ?', args.before);
    const histograms = run(
      db,
      'DELETE FROM sync_histogram WHERE sync IN (SELECT id FROM sync WHERE finished < ?)',
      args.before,
    );
    return { changes, histograms };
  },
};
