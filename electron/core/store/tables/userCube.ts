/**
 * Keeps `user_cube`, the live users counted by every column of few values. Operations that touch single users collect
 * the differences and write them once; operations that touch everybody count again.
 */
import type { Database } from 'better-sqlite3';
import { prepared, run } from './statements.ts';

/** The columns of `risky_user` that the cube counts by. */
export type CubeCell = {
  readonly connection: number;
  readonly level: number;
  readonly state: number;
  readonly detail: number;
  readonly deleted: number;
  readonly processing: number;
  readonly guest: number;
  readonly score: number | null;
  readonly aggregate: number | null;
  readonly seenSync: number;
};

export type CubeChange = {
  /** One live user more (`by` 1) or less (-1) in the cell. */
  add(cell: CubeCell, by: number): void;
  /** Writes what was collected. Called once, at the end of the operation. */
  flush(): void;
};

/** Cells written by one statement: a call costs better-sqlite3 13 more than SQLite needs for the row. */
const together = 16;

function upsertSql(rows: number): string {
  return `
    INSERT INTO user_cube (connection, level, state, detail, deleted, processing, guest, score, aggregate, seen_sync, users)
    VALUES ${Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
    ON CONFLICT (connection, level, state, detail, deleted, processing, guest, ifnull(score, -1), ifnull(aggregate, -1), seen_sync)
    DO UPDATE SET users = users + excluded.users`;
}

const upsertOne = upsertSql(1);
const upsertMany = upsertSql(together);

export function changeCube(db: Database): CubeChange {
  const cells = new Map<string, { readonly cell: CubeCell; users: number }>();
  return {
    add(cell, by) {
      const key = `${cell.connection},${cell.level},${cell.state},${cell.detail},${cell.deleted}${cell.processing}${cell.guest},${cell.score},${cell.aggregate},${cell.seenSync}`;
      const known = cells.get(key);
      if (known === undefined) cells.set(key, { cell, users: by });
      else known.users += by;
    },
    flush() {
      const changed = [...cells.values()].filter(({ users }) => users !== 0);
      for (let at = 0; at < changed.length; ) {
        const count = changed.length - at >= together ? together : 1;
        const values: (number | null)[] = [];
        for (const { cell, users } of changed.slice(at, at + count)) {
          const { connection, level, state, detail, deleted, processing, guest, score, aggregate, seenSync } = cell;
          values.push(connection, level, state, detail, deleted, processing, guest, score, aggregate, seenSync, users);
        }
        prepared(db, count === 1 ? upsertOne : upsertMany).run(values);
        at += count;
      }
      cells.clear();
    },
  };
}

/** Counts everything again from the users themselves. */
export function rebuildCube(db: Database): void {
  run(db, 'DELETE FROM user_cube');
  const columns = 'connection, level, state, detail, deleted, processing, guest, score, aggregate, seen_sync';
  run(
    db,
    `INSERT INTO user_cube (${columns}, users) SELECT ${columns}, count(*) FROM risky_user WHERE gone IS NULL GROUP BY ${columns}`,
  );
}

/** Takes away the cells that nobody is left in. */
export function sweepCube(db: Database): void {
  run(db, 'DELETE FROM user_cube WHERE users <= 0');
}

/** Live users of one connection. */
export function liveUsers(db: Database, connection: number): number {
  const row = prepared(db, 'SELECT total(users) FROM user_cube WHERE connection = ?').pluck().get(connection);
  return Number(row);
}
