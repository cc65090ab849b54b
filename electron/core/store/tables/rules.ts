/** Writes to `rule`. The query arrives checked and normalised; the store keeps its JSON text. */
import type { Database } from 'better-sqlite3';
import { fold } from '../../../../shared/model/riskyUser.ts';
import { refuseTakenName } from './names.ts';

export type RuleRow = {
  readonly name: string;
  readonly folder: string | null;
  /** JSON text. */
  readonly query: string;
  /** JSON array of rule ids whose matches are left out. */
  readonly exceptions: string;
  readonly mutedUntil: number | null;
};

function insert(db: Database, row: RuleRow, now: number): { readonly id: number } {
  refuseTakenName(db, 'rule', row.name, null);
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO rule (name, name_fold, folder, query, exceptions, muted_until, created, modified)
       VALUES (@name, @nameFold, @folder, @query, @exceptions, @mutedUntil, @now, @now)`,
    )
    .run({ ...row, nameFold: fold(row.name), now });
  return { id: Number(lastInsertRowid) };
}

export const ruleWrites = {
  addRule(db: Database, args: { readonly row: RuleRow; readonly now: number }): { readonly id: number } {
    return insert(db, args.row, args.now);
  },

  /**
   * All or nothing, since it is one transaction. `exceptionNames` are resolved once every rule of the file is there,
   * so that rules may except each other whatever their order; an unknown name throws through `resolve`.
   */
  importRules(
    db: Database,
    args: {
      readonly rows: readonly (RuleRow & { readonly exceptionNames: readonly string[] })[];
      readonly now: number;
    },
  ): void {
    const ids = args.rows.map((row) => insert(db, row, args.now).id);
    const idOf = db.prepare<[string], { id: number }>('SELECT id FROM rule WHERE name_fold = ?');
    const setExceptions = db.prepare('UPDATE rule SET exceptions = ? WHERE id = ?');
    args.rows.forEach((row, index) => {
      const exceptions = row.exceptionNames.flatMap((name) => idOf.get(fold(name))?.id ?? []);
      setExceptions.run(JSON.stringify(exceptions), ids[index]);
    });
  },

  updateRule(db: Database, args: { readonly id: number; readonly row: RuleRow; readonly now: number }): void {
    refuseTakenName(db, 'rule', args.row.name, args.id);
    db.prepare(
      `UPDATE rule SET name = @name, name_fold = @nameFold, folder = @folder, query = @query, exceptions = @exceptions,
         muted_until = @mutedUntil, modified = @now WHERE id = @id`,
    ).run({ ...args.row, nameFold: fold(args.row.name), id: args.id, now: args.now });
  },

  removeRule(db: Database, args: { readonly id: number }): void {
    db.prepare('DELETE FROM rule WHERE id = ?').run(args.id);
  },
};
