/**
 * The aggregate score: the weighted mean over everybody live who has the same folded UPN (`aggregateOf` decides). A null
 * UPN is nobody else's; the gone do not count; users that are deleted in Entra do.
 */
import type { Database } from 'better-sqlite3';
import { aggregateOf } from '../../../../shared/model/score.ts';
import { many, run } from './statements.ts';
import { type CubeCell, type CubeChange, changeCube } from './userCube.ts';

type PersonRow = CubeCell & { readonly id: number; readonly weight: number; readonly upn: string };

const personsSql = `
  SELECT u.id, u.connection, u.level, u.state, u.detail, u.deleted, u.processing, u.guest, u.score, u.aggregate,
    u.seen_sync AS seenSync, c.weight, t.upn_fold AS upn
  FROM json_each(?) k CROSS JOIN user_text t ON t.upn_fold = k.value CROSS JOIN risky_user u ON u.id = t.id
    CROSS JOIN connection c ON c.id = u.connection
  WHERE u.gone IS NULL ORDER BY k.key, u.id`;

/** Persons looked up by one statement. */
const together = 1_000;

/** Corrects the aggregate of every live user with one of these folded UPNs, and the cube with it. */
export function updateAggregates(db: Database, cube: CubeChange, folds: ReadonlySet<string>): void {
  const upns = [...folds];
  for (let at = 0; at < upns.length; at += together) {
    const rows = many<PersonRow>(db, personsSql, JSON.stringify(upns.slice(at, at + together)));
    for (const person of byPerson(rows)) updatePerson(db, cube, person);
  }
}

function updatePerson(db: Database, cube: CubeChange, person: readonly PersonRow[]): void {
  const aggregate = aggregateOf(person);
  for (const row of person) {
    if (row.aggregate === aggregate) continue;
    run(db, 'UPDATE risky_user SET aggregate = ? WHERE id = ?', aggregate, row.id);
    cube.add(row, -1);
    cube.add({ ...row, aggregate }, 1);
  }
}

/** Cuts rows, which stand person by person, into persons. */
function* byPerson<Row extends { readonly upn: string }>(
  rows: Iterable<Row>,
): Generator<readonly Row[], void, undefined> {
  let person: Row[] = [];
  for (const row of rows) {
    if (person[0] !== undefined && person[0].upn !== row.upn) {
      yield person;
      person = [];
    }
    person.push(row);
  }
  if (person.length > 0) yield person;
}

const ownScore = 'CASE WHEN connection IN (SELECT id FROM connection WHERE weight > 0) THEN score END';

/**
 * Corrects the aggregate of every live user. People who share their UPN are moved in the cube; when anybody else moved,
 * everybody may have, and the answer is true: the cube must be rebuilt.
 */
export function recomputeAllAggregates(db: Database): boolean {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS shared_person (id INTEGER PRIMARY KEY); DELETE FROM temp.shared_person');
  db.exec(`
    INSERT INTO temp.shared_person SELECT id FROM user_text WHERE upn_fold IS NOT NULL AND upn_fold IN (
      SELECT upn_fold FROM user_text WHERE upn_fold IS NOT NULL GROUP BY upn_fold HAVING count(*) > 1)`);
  const { changes } = db
    .prepare(`
    UPDATE risky_user SET aggregate = ${ownScore} WHERE gone IS NULL
      AND aggregate IS NOT ${ownScore} AND id NOT IN (SELECT id FROM temp.shared_person)`)
    .run();
  const cube = changeCube(db);
  for (const person of [...byPerson(many<PersonRow>(db, sharedSql))]) updatePerson(db, cube, person);
  cube.flush();
  db.exec('DELETE FROM temp.shared_person');
  return changes > 0;
}

/** Users that share their UPN, person by person. */
const sharedSql = `
  SELECT u.id, u.connection, u.level, u.state, u.detail, u.deleted, u.processing, u.guest, u.score, u.aggregate,
    u.seen_sync AS seenSync, c.weight, t.upn_fold AS upn
  FROM temp.shared_person s JOIN user_text t ON t.id = s.id JOIN risky_user u ON u.id = s.id
    JOIN connection c ON c.id = u.connection
  WHERE u.gone IS NULL ORDER BY t.upn_fold, u.id`;
