/** A real SQLite cache in memory, with the released schema and a trigram index, filled with given users. */
import Database from 'better-sqlite3';
import type { RuleSubject } from '../../../electron/core/rules/predicate.ts';
import { compileSql, type SqlContext } from '../../../electron/core/rules/sql.ts';
import { migrations } from '../../../electron/core/store/migrations/index.ts';
import { firstUnknownTerm, fold, type TermKind } from '../../../shared/model/riskyUser.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';

export type Cache = { readonly db: Database.Database; close(): void };

export function openCache(users: readonly RuleSubject[], connections: readonly string[]): Cache {
  const db = new Database(':memory:');
  for (const migration of migrations) {
    db.exec(migration.sql);
    migration.after?.(db);
  }
  db.transaction(() => {
    const term = termWriter(db);
    const connection = db.prepare(
      `INSERT INTO connection (id, name, name_fold, tenant, client, cloud, credential_place, score_min, score_max,
       keep_unscored, map_low, map_medium, map_high, weight, created) VALUES (?, ?, ?, 't', 'c', 'global', 'none', 0, 1000,
       1, 875, 625, 375, 1, 0)`,
    );
    for (const [at, name] of connections.entries()) connection.run(at + 1, name, fold(name));
    const row = db.prepare(
      `INSERT INTO risky_user (id, connection, level, state, detail, updated, deleted, guest, score, aggregate, first_seen,
       last_changed, processing, seen_sync) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1)`,
    );
    const text = db.prepare(
      'INSERT INTO user_text (id, connection, object_id, upn, name, upn_fold, name_fold) VALUES (?, 1, ?, ?, ?, ?, ?)',
    );
    users.forEach((user, at) => {
      const { userPrincipalName: upn, displayName: name, riskLastUpdatedDateTime: updated } = user;
      row.run(
        at + 1,
        connections.indexOf(user.connection) + 1,
        term('level', user.riskLevel),
        term('state', user.riskState),
        term('detail', user.riskDetail),
        updated === null ? null : Date.parse(updated),
        Number(user.isDeleted),
        Number(user.isGuest),
        user.score,
        user.aggregateScore,
        Date.parse(user.firstSeen),
        Date.parse(user.lastChanged),
      );
      text.run(at + 1, `id-${at}`, upn, name, upn === null ? null : fold(upn), name === null ? null : fold(name));
    });
    db.exec("INSERT INTO user_search(user_search) VALUES ('rebuild')");
  })();
  return { db, close: () => db.close() };
}

/** Members that the migrations do not know get the next free code, as in the store. */
function termWriter(db: Database.Database): (kind: TermKind, text: string) => number {
  const find = db.prepare('SELECT code FROM term WHERE kind = ? AND text = ?').pluck();
  const write = db.prepare('INSERT INTO term (kind, code, text) VALUES (?, ?, ?)');
  let next = firstUnknownTerm;
  return (kind, text) => {
    const code = find.get(kind, text);
    if (typeof code === 'number') return code;
    write.run(kind, next, text);
    return next++;
  };
}

/** Positions of the users that the rule picks. Fails when the expression yields anything but 0 and 1. */
export function pick(cache: Cache, query: RuleQuery, context: SqlContext): readonly number[] {
  const { sql, params, usesText } = compileSql(query, context);
  const join = usesText ? 'JOIN user_text t ON t.id = u.id' : '';
  const rows = cache.db.prepare(`SELECT u.id, ${sql} AS hit FROM risky_user u ${join} ORDER BY u.id`).all(...params);
  const values = rows.map((row) => row as { readonly id: number; readonly hit: unknown });
  const odd = values.find(({ hit }) => hit !== 0 && hit !== 1);
  if (odd !== undefined) throw new Error(`row ${odd.id} is ${String(odd.hit)} under ${sql}`);
  const where = cache.db
    .prepare(`SELECT u.id FROM risky_user u ${join} WHERE ${sql} ORDER BY u.id`)
    .pluck()
    .all(...params);
  const hits = values.filter(({ hit }) => hit === 1).map(({ id }) => id);
  if (JSON.stringify(where) !== JSON.stringify(hits)) throw new Error(`WHERE and SELECT differ under ${sql}`);
  return hits.map((id) => id - 1);
}
