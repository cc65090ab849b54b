/** Takes users out of the live cache: they keep their row, names and history, and are in no count, search or sort. */
import type { Database } from 'better-sqlite3';
import { prepared } from './statements.ts';
import type { CubeCell, CubeChange } from './userCube.ts';
import { rebuildSearch, removeFromSearch } from './userSearch.ts';

export type LeavingUser = CubeCell & {
  readonly id: number;
  readonly upnFold: string | null;
  readonly nameFold: string | null;
};

/** Beyond this many at once, making the search index anew is faster than taking entries out. */
const many = 50_000;

/** Marks live users as gone since `now`. Folded UPNs whose aggregate is due are added to `folds`. */
export function markGone(
  db: Database,
  users: readonly LeavingUser[],
  now: number,
  cube: CubeChange,
  folds: Set<string>,
): void {
  const leave = prepared(db, 'UPDATE risky_user SET gone = ? WHERE id = ?');
  const unfold = prepared(db, 'UPDATE user_text SET upn_fold = NULL, name_fold = NULL WHERE id = ?');
  for (const user of users) {
    if (users.length <= many) removeFromSearch(db, user.id, user.upnFold, user.nameFold);
    leave.run(now, user.id);
    unfold.run(user.id);
    cube.add(user, -1);
    if (user.upnFold !== null) folds.add(user.upnFold);
  }
  if (users.length > many) rebuildSearch(db);
}

/** Live users of the connection that the sync did not see. */
export function unseenUsers(db: Database, connection: number, syncId: number): readonly LeavingUser[] {
  return prepared(
    db,
    `SELECT u.id, u.connection, u.level, u.state, u.detail, u.deleted, u.processing, u.guest, u.score, u.aggregate,
       u.seen_sync AS seenSync, t.upn_fold AS upnFold, t.name_fold AS nameFold
     FROM risky_user u NOT INDEXED CROSS JOIN user_text t ON t.id = u.id
     WHERE u.connection = ? AND u.gone IS NULL AND u.seen_sync <> ?`,
  ).all(connection, syncId) as LeavingUser[];
}
