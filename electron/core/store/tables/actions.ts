/** Writes to `action`. Rule and connection are kept by id, so that a rename shows and a removal can be told. */
import type { Database } from 'better-sqlite3';
import { fold } from '../../../../shared/model/riskyUser.ts';
import { refuseTakenName } from './names.ts';

export type ActionRow = {
  readonly name: string;
  readonly rule: number;
  readonly connection: number;
  readonly kind: string;
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly groupDeleted: boolean;
  readonly createName: string | null;
  readonly createKind: string | null;
  readonly cap: number | null;
  readonly enabled: boolean;
  /** Whether a complete sync plans it without a person. */
  readonly automatic: boolean;
};

function columns(row: ActionRow) {
  return {
    ...row,
    nameFold: fold(row.name),
    groupDeleted: row.groupDeleted ? 1 : 0,
    enabled: row.enabled ? 1 : 0,
    automatic: row.automatic ? 1 : 0,
  };
}

export const actionWrites = {
  addAction(db: Database, args: { readonly row: ActionRow; readonly now: number }): { readonly id: number } {
    refuseTakenName(db, 'action', args.row.name, null);
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO action (name, name_fold, rule, connection, kind, group_id, group_name, group_deleted, create_name,
           create_kind, cap, enabled, automatic, created)
         VALUES (@name, @nameFold, @rule, @connection, @kind, @groupId, @groupName, @groupDeleted, @createName,
           @createKind, @cap, @enabled, @automatic, @now)`,
      )
      .run({ ...columns(args.row), now: args.now });
    return { id: Number(lastInsertRowid) };
  },

  updateAction(db: Database, args: { readonly id: number; readonly row: ActionRow }): void {
    refuseTakenName(db, 'action', args.row.name, args.id);
    db.prepare(
      `UPDATE action SET name = @name, name_fold = @nameFold, rule = @rule, connection = @connection, kind = @kind,
         group_id = @groupId, group_name = @groupName, group_deleted = @groupDeleted, create_name = @createName,
         create_kind = @createKind, cap = @cap, enabled = @enabled, automatic = @automatic WHERE id = @id`,
    ).run({ ...columns(args.row), id: args.id });
  },

  removeAction(db: Database, args: { readonly id: number }): void {
    db.prepare('DELETE FROM action WHERE id = ?').run(args.id);
    db.prepare('DELETE FROM schedule_check WHERE action = ?').run(args.id);
  },

  /** What a look at Graph told about a group: its present name, or that it is gone (then the last name stays). */
  noteGroup(
    db: Database,
    args: {
      readonly connection: number;
      readonly groupId: string;
      readonly name: string | null;
      readonly deleted: boolean;
    },
  ): void {
    db.prepare(
      `UPDATE action SET group_name = COALESCE(@name, group_name), group_deleted = @deleted
       WHERE connection = @connection AND group_id = @groupId`,
    ).run({ ...args, deleted: args.deleted ? 1 : 0 });
  },

  /** The group that a run created for this action: from now on it is an existing one, kept by id. */
  keepCreatedGroup(
    db: Database,
    args: { readonly action: string; readonly groupId: string; readonly name: string | null },
  ): void {
    db.prepare(
      `UPDATE action SET group_id = @groupId, group_name = @name, group_deleted = 0, create_name = NULL, create_kind = NULL
       WHERE name_fold = @action`,
    ).run({ ...args, action: fold(args.action) });
  },
};
