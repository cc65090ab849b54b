/** A connection for tests and measurements that need one in the store and never sign in. */
import type { ConnectionRow } from '../../electron/core/store/tables/connections.ts';

export const plainConnection: ConnectionRow = {
  name: 'Contoso',
  tenant: 'contoso.example.com',
  client: '11111111-1111-1111-1111-111111111111',
  cloud: 'global',
  authorityUrl: null,
  graphUrl: null,
  credentialPlace: 'none',
  credentialRef: null,
  credentialExpires: null,
  signInPermissions: null,
  scoreMin: 0,
  scoreMax: 1000,
  keepUnscored: true,
  syncEvery: null,
  mapLow: 875,
  mapMedium: 625,
  mapHigh: 375,
  weight: 1,
};

type AddsConnections = {
  addConnection(args: { readonly row: ConnectionRow; readonly now: number }): Promise<{ readonly id: number }>;
};

/** Adds a connection and returns its id. */
export async function addConnection(
  writer: AddsConnections,
  name: string,
  now: number,
  change: Partial<ConnectionRow> = {},
): Promise<number> {
  const { id } = await writer.addConnection({ row: { ...plainConnection, ...change, name }, now });
  return id;
}
