/** Writes to `connection`. A removed connection keeps its row, so that old runs and actions can still name it. */
import type { Database } from 'better-sqlite3';
import { fold } from '../../../../shared/model/riskyUser.ts';
import { refuseTakenName } from './names.ts';

export type ConnectionRow = {
  readonly name: string;
  readonly tenant: string;
  readonly client: string;
  readonly cloud: string;
  readonly authorityUrl: string | null;
  readonly graphUrl: string | null;
  readonly credentialPlace: string;
  readonly credentialRef: string | null;
  /** Epoch ms. */
  readonly credentialExpires: number | null;
  /** Delegated permissions with spaces between; null where an application signs in. */
  readonly signInPermissions: string | null;
  readonly scoreMin: number;
  readonly scoreMax: number;
  readonly keepUnscored: boolean;
  readonly syncEvery: number | null;
  readonly mapLow: number;
  readonly mapMedium: number;
  readonly mapHigh: number;
  readonly weight: number;
};

function columns(row: ConnectionRow) {
  return {
    ...row,
    nameFold: fold(row.name),
    keepUnscored: row.keepUnscored ? 1 : 0,
  };
}

export const connectionWrites = {
  addConnection(db: Database, args: { readonly row: ConnectionRow; readonly now: number }): { readonly id: number } {
    refuseTakenName(db, 'connection', args.row.name, null);
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO connection (name, name_fold, tenant, client, cloud, authority_url, graph_url, credential_place,
           credential_ref, credential_expires, sign_in_permissions, score_min, score_max, keep_unscored, sync_every, map_low, map_medium, map_high, weight, created)
         VALUES (@name, @nameFold, @tenant, @client, @cloud, @authorityUrl, @graphUrl, @credentialPlace,
           @credentialRef, @credentialExpires, @signInPermissions, @scoreMin, @scoreMax, @keepUnscored, @syncEvery, @mapLow, @mapMedium, @mapHigh, @weight, @now)`,
      )
      .run({ ...columns(args.row), now: args.now });
    return { id: Number(lastInsertRowid) };
  },

  /** `needsFull`: the next sync reads everything, because the score range or the tenant changed. */
  updateConnection(
    db: Database,
    args: { readonly id: number; readonly row: ConnectionRow; readonly needsFull: boolean },
  ): void {
    refuseTakenName(db, 'connection', args.row.name, args.id);
    db.prepare(
      `UPDATE connection SET name = @name, name_fold = @nameFold, tenant = @tenant, client = @client, cloud = @cloud,
         authority_url = @authorityUrl, graph_url = @graphUrl, credential_place = @credentialPlace,
         credential_ref = @credentialRef, credential_expires = @credentialExpires,
         sign_in_permissions = @signInPermissions, score_min = @scoreMin, score_max = @scoreMax, keep_unscored = @keepUnscored,
         sync_every = @syncEvery, map_low = @mapLow, map_medium = @mapMedium, map_high = @mapHigh, weight = @weight,
         needs_full = MAX(needs_full, @needsFull)
       WHERE id = @id`,
    ).run({ ...columns(args.row), id: args.id, needsFull: args.needsFull ? 1 : 0 });
    if (!args.needsFull) return;
    // What an open sync has read so far is not what is wanted any more: it must not be gone on with.
    db.prepare(
      `UPDATE sync SET state = 'incomplete', next_link = NULL, error_code = 'started-again'
       WHERE connection = ? AND (state = 'running' OR next_link IS NOT NULL)`,
    ).run(args.id);
  },

  /** Who signed in, where the tokens are kept, and why the person has to sign in again; all null: nobody is signed in. */
  recordSignIn(
    db: Database,
    args: {
      readonly id: number;
      readonly account: string | null;
      readonly kept: 'keychain' | 'session' | null;
      readonly needed: string | null;
    },
  ): void {
    db.prepare(
      'UPDATE connection SET sign_in_account = @account, sign_in_kept = @kept, sign_in_needed = @needed WHERE id = @id',
    ).run(args);
  },

  /** The file of a certificate was replaced, so it ends on another day. */
  recordExpiry(db: Database, args: { readonly id: number; readonly expires: number | null }): void {
    db.prepare('UPDATE connection SET credential_expires = @expires WHERE id = @id').run(args);
  },

  markConnectionRemoved(db: Database, args: { readonly id: number; readonly now: number }): void {
    db.prepare(
      `UPDATE connection SET removed = ?, credential_place = 'none', credential_ref = NULL,
         sign_in_account = NULL, sign_in_kept = NULL WHERE id = ? AND removed IS NULL`,
    ).run(args.now, args.id);
  },
};
