/**
 * Makes the blocks of `user_block` that are missing or stale. Triggers mark a block whose rows change; whoever inserts
 * or deletes rows says so here. Operations never keep blocks in step: one change would cost a whole block.
 */
import type { Database } from 'better-sqlite3';
import { type BlockUser, blockUsers, encodeBlock } from '../columns/block.ts';
import { many, one, prepared, run } from './statements.ts';
import { getState, setState } from './storeState.ts';
import type { CubeCell } from './userCube.ts';

/** Blocks that one call makes: some tenths of a second, so that other writes are not kept waiting. */
const together = 8;

/** New users stand under the ids from `first` to `last`: the block that already knows some of these is stale. */
export function markNewUsers(db: Database, first: number, last: number): void {
  run(
    db,
    `INSERT OR IGNORE INTO user_block_stale (block) SELECT block FROM user_block WHERE block BETWEEN ? AND ?`,
    Math.floor(first / blockUsers),
    Math.floor(last / blockUsers),
  );
}

/** Users were deleted: every block is to be made anew. */
export function emptyBlocks(db: Database): void {
  db.exec('DELETE FROM user_block; DELETE FROM user_block_stale; DELETE FROM user_cell');
}

const dueSql = `
  WITH RECURSIVE wanted (block) AS (
    SELECT 0 WHERE EXISTS (SELECT 1 FROM risky_user)
    UNION ALL SELECT block + 1 FROM wanted WHERE block < (SELECT max(id) FROM risky_user) / ${blockUsers})
  SELECT block FROM wanted WHERE block NOT IN (SELECT block FROM user_block)
  UNION SELECT block FROM user_block_stale ORDER BY block LIMIT ?`;

/** Makes some of the blocks that are due; true when there are more. */
export function refreshBlocks(db: Database): boolean {
  if (getState(db, 'bulk') !== null) return false;
  const due = many<{ block: number }>(db, dueSql, together + 1).map(({ block }) => block);
  if (due.length === 0) return false;
  const cells = cellCodes(db);
  let stamp = getState(db, 'block_stamp') ?? 0;
  for (const block of due.slice(0, together)) {
    stamp += 1;
    writeBlock(db, block, stamp, cells);
  }
  setState(db, 'block_stamp', stamp);
  return due.length > together;
}

type Row = Omit<BlockUser, 'cell'> & Omit<CubeCell, 'seenSync'>;

const rowsSql = `
  SELECT u.id, u.connection, u.level, u.state, u.detail, u.deleted, u.processing, u.guest, u.score, u.aggregate, u.updated,
    u.first_seen AS firstSeen, u.last_changed AS lastChanged, t.upn_fold AS upnFold, t.name_fold AS nameFold
  FROM risky_user u CROSS JOIN user_text t ON t.id = u.id WHERE u.id BETWEEN ? AND ? AND u.gone IS NULL ORDER BY u.id`;

const lastSql = 'SELECT max(id) AS id FROM risky_user WHERE id BETWEEN ? AND ? AND gone IS NULL';

/** Rows read at a time, so that a block's rows are not all in memory at once. */
const chunk = 512;

function* usersOf(db: Database, first: number, cells: (row: Row) => number): Generator<BlockUser, void, undefined> {
  for (let from = first; from < first + blockUsers; from += chunk) {
    for (const row of many<Row>(db, rowsSql, from, from + chunk - 1)) yield Object.assign(row, { cell: cells(row) });
  }
}

function writeBlock(db: Database, block: number, stamp: number, cells: (row: Row) => number): void {
  const first = block * blockUsers;
  const users = usersOf(db, first, cells);
  const last = one<{ id: number | null }>(db, lastSql, first, first + blockUsers - 1)?.id ?? null;
  prepared(db, 'INSERT OR REPLACE INTO user_block (block, stamp, data) VALUES (?, ?, ?)').run(
    block,
    stamp,
    encodeBlock(users, last),
  );
  run(db, 'DELETE FROM user_block_stale WHERE block = ?', block);
  // Behind the last user there is nothing to keep.
  if (last === null && (one<{ id: number }>(db, 'SELECT max(id) AS id FROM risky_user')?.id ?? -1) < first) {
    run(db, 'DELETE FROM user_block WHERE block = ?', block);
  }
}

/** The number of each combination in `user_cell`; new ones are added. */
function cellCodes(db: Database): (row: Row) => number {
  const known = new Map<string, number>();
  const keyOf = (row: Omit<Row, keyof BlockUser>): string =>
    `${row.connection},${row.level},${row.state},${row.detail},${row.deleted}${row.processing}${row.guest},${row.score},${row.aggregate}`;
  for (const row of many<Row>(db, 'SELECT * FROM user_cell')) known.set(keyOf(row), row.id);
  return (row) => {
    const key = keyOf(row);
    const code = known.get(key);
    if (code !== undefined) return code;
    const { connection, level, state, detail, deleted, processing, guest, score, aggregate } = row;
    const { lastInsertRowid } = prepared(
      db,
      `INSERT INTO user_cell (connection, level, state, detail, deleted, processing, guest, score, aggregate)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(connection, level, state, detail, deleted, processing, guest, score, aggregate);
    known.set(key, Number(lastInsertRowid));
    return Number(lastInsertRowid);
  };
}
