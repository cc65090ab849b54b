/**
 * The aggregate score: the weighted mean over everybody live who has the same folded UPN (`aggregateOf` decides). A null
 * UPN is nobody else's; the gone do not count; users that are deleted in Entra do.
 */
import type { Database } from 'better-sqlite3';
import { aggregateOf } from '../../../../shared/model/score.ts';
import { many, prepared, run } from './statements.ts';
import type { CubeCell, CubeChange } from './userCube.ts';

type PersonRow = CubeCell & { readonly id: number; readonly weight: number };

const personSql = `
  SELECT u.id, u.connection, u.level, u.state, u.detail, u.deleted, u.processing, u.guest, u.score, u.aggregate,
    u.seen_sync AS seenSync, c.weight
  FROM user_text t CROSS JOIN risky_user u ON u.id = t.id CROSS JOIN connection c ON c.id = u.connection
  WHERE t.upn_fold = ? AND u.gone IS NULL ORDER BY u.id`;

/** Corrects the aggregate of every live user with one of these folded UPNs, and the cube with it. */
export function updateAggregates(db: Database, cube: CubeChange, folds: ReadonlySet<string>): void {
  for (const upn of folds) {
    const rows = many<PersonRow>(db, personSql, upn);
    const aggregate = aggregateOf(rows);
    for (const row of rows) {
      if (row.aggregate === aggregate) continue;
      run(db, 'UPDATE risky_user SET aggregate = ? WHERE id = ?', aggregate, row.id);
      cube.add(row, -1);
      cube.add({ ...row, aggregate }, 1);
    }
  }
}

const ownScore = 'CASE WHEN connection IN (SELECT id FROM connection WHERE weight > 0) THEN score END';

/** Corrects the aggregate of every live user and returns how many moved. If any did, the cube must be rebuilt. */
export function recomputeAllAggregates(db: Database): number {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS shared_person (id INTEGER PRIMARY KEY); DELETE FROM temp.shared_person');
  db.exec(`
    INSERT INTO temp.shared_person SELECT id FROM user_text WHERE upn_fold IS NOT NULL AND upn_fold IN (
      SELECT upn_fold FROM user_text WHERE upn_fold IS NOT NULL GROUP BY upn_fold HAVING count(*) > 1)`);
  const { changes } = db
    .prepare(`
    UPDATE risky_user SET aggregate = ${ownScore} WHERE gone IS NULL
      AND aggregate IS NOT ${ownScore} AND id NOT IN (SELECT id FROM temp.shared_person)`)
    .run();
  const update = prepared(db, 'UPDATE risky_user SET aggregate = ? WHERE id = ?');
  const wrong = sharedAggregates(db);
  for (const [id, aggregate] of wrong) update.run(aggregate, id);
  db.exec('DELETE FROM temp.shared_person');
  return changes + wrong.length;
}

type SharedRow = { id: number; upn: string; score: number | null; aggregate: number | null; weight: number };

/** Users that share their UPN and whose stored aggregate is not the right one. */
function sharedAggregates(db: Database): readonly (readonly [number, number | null])[] {
  const wrong: [number, number | null][] = [];
  let person: SharedRow[] = [];
  const settle = () => {
    const aggregate = aggregateOf(person);
    for (const row of person) if (row.aggregate !== aggregate) wrong.push([row.id, aggregate]);
    person = [];
  };
  const rows = db.prepare<[], SharedRow>(`
    SELECT u.id, t.upn_fold AS upn, u.score, u.aggregate, c.weight
    FROM temp.shared_person s JOIN user_text t ON t.id = s.id JOIN risky_user u ON u.id = s.id
      JOIN connection c ON c.id = u.connection
    WHERE u.gone IS NULL ORDER BY t.upn_fold, u.id`);
  for (const row of rows.iterate()) {
    if (person[0] !== undefined && person[0].upn !== row.upn) settle();
    person.push(row);
  }
  settle();
  return wrong;
}
