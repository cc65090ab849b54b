/** A connection between its row of the store and what the contract shows. Holds no secret in either form. */
import type {
  Cloud,
  Connection,
  CredentialPlace,
  DelegatedPermission,
  PersonSignIn,
} from '../../../shared/model/connection.ts';
import type { ConnectionRow } from '../store/tables/connections.ts';

export type DbRow = {
  readonly id: number;
  readonly name: string;
  readonly tenant: string;
  readonly client: string;
  readonly cloud: Cloud;
  readonly authority_url: string | null;
  readonly graph_url: string | null;
  readonly credential_place: CredentialPlace;
  readonly credential_ref: string | null;
  readonly credential_expires: number | null;
  readonly sign_in_account: string | null;
  readonly sign_in_permissions: string | null;
  readonly sign_in_kept: 'keychain' | 'session' | null;
  readonly sign_in_needed: string | null;
  readonly score_min: number;
  readonly score_max: number;
  readonly keep_unscored: number;
  readonly sync_every: number | null;
  readonly map_low: number;
  readonly map_medium: number;
  readonly map_high: number;
  readonly weight: number;
  readonly created: number;
};

/** @param held whether this process has the person's tokens in memory. */
export function fromRow(row: DbRow, held: boolean): Connection {
  return {
    id: row.id,
    name: row.name,
    tenant: row.tenant,
    client: row.client,
    cloud: row.cloud,
    authorityUrl: row.authority_url,
    graphUrl: row.graph_url,
    credential: {
      place: row.credential_place,
      reference: row.credential_ref,
      expiresAt: row.credential_expires === null ? null : new Date(row.credential_expires).toISOString(),
    },
    signIn: row.credential_place === 'interactive' ? signInOf(row, held) : null,
    scoreRange: { min: row.score_min, max: row.score_max, unscored: row.keep_unscored === 1 },
    syncEvery: row.sync_every,
    mapping: { low: row.map_low, medium: row.map_medium, high: row.map_high },
    weight: row.weight,
    createdAt: new Date(row.created).toISOString(),
  };
}

function signInOf(row: DbRow, held: boolean): PersonSignIn {
  const permissions = (row.sign_in_permissions ?? '').split(' ').filter(Boolean) as DelegatedPermission[];
  const needed =
    row.sign_in_needed ??
    (row.sign_in_kept === null
      ? 'Nobody has signed in yet.'
      : row.sign_in_kept === 'session' && !held
        ? 'Without a keychain the sign-in lasted until Riskdesk was closed.'
        : null);
  return { account: row.sign_in_account, permissions, needed, kept: needed === null ? row.sign_in_kept : null };
}

export function toRow(connection: Omit<Connection, 'id' | 'createdAt'>): ConnectionRow {
  const { expiresAt } = connection.credential;
  return {
    name: connection.name,
    tenant: connection.tenant,
    client: connection.client,
    cloud: connection.cloud,
    authorityUrl: connection.authorityUrl,
    graphUrl: connection.graphUrl,
    credentialPlace: connection.credential.place,
    credentialRef: connection.credential.reference,
    credentialExpires: expiresAt === null ? null : Date.parse(expiresAt),
    signInPermissions: connection.signIn?.permissions.join(' ') ?? null,
    scoreMin: connection.scoreRange.min,
    scoreMax: connection.scoreRange.max,
    keepUnscored: connection.scoreRange.unscored,
    syncEvery: connection.syncEvery,
    mapLow: connection.mapping.low,
    mapMedium: connection.mapping.medium,
    mapHigh: connection.mapping.high,
    weight: connection.weight,
  };
}
