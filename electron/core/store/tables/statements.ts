/** Keeps the statements of the write operations prepared, per connection: a page runs the same ones hundreds of times. */
import type { Database, Statement } from 'better-sqlite3';

const byDatabase = new WeakMap<Database, Map<string, Statement>>();

/** The prepared statement of `sql` on `db`. For SQL that is constant text; made anew by SQLite when the schema changes. */
export function prepared(db: Database, sql: string): Statement {
  let statements = byDatabase.get(db);
  if (statements === undefined) {
    statements = new Map();
    byDatabase.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement;
}

/** The one row of a SELECT, whose shape the caller knows from its own SQL. */
export function one<Row>(db: Database, sql: string, ...params: readonly (string | number | null)[]): Row | undefined {
  return prepared(db, sql).get(...params) as Row | undefined;
}

/** All rows of a SELECT, whose shape the caller knows from its own SQL. */
export function many<Row>(db: Database, sql: string, ...params: readonly (string | number | null)[]): readonly Row[] {
  return prepared(db, sql).all(...params) as Row[];
}

export function run(db: Database, sql: string, ...params: readonly (string | number | null)[]): number {
  return prepared(db, sql).run(...params).changes;
}
