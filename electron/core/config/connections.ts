/**
 * The register of connections: checks what a person gives, keeps the secret in the keychain and everything else in
 * the store, and hands the credential to the sign-in alone. Leaves out syncing and testing.
 */
import { resolve } from 'node:path';
import type { ConnectionChange, CredentialInput, NewConnection } from '../../../shared/contract/connections.ts';
import type { Cloud, Connection, CredentialPlace } from '../../../shared/model/connection.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { defaultMapping, maxScore, minScore } from '../../../shared/model/score.ts';
import { endpointsOf } from '../graph/clouds.ts';
import type { Clock, Credential, CredentialStore, OutsideSecrets } from '../ports.ts';
import type { ConnectionRow } from '../store/tables/connections.ts';
import type { Reader, Writer } from '../store/types.ts';
import { notFound } from './notFound.ts';

export type Connections = {
  list(): Promise<readonly Connection[]>;
  /** @throws RiskdeskError not-found, with the names that exist. */
  get(name: string): Promise<Connection>;
  /** The connection that a row refers to; null once it was removed. */
  byId(id: number): Promise<Connection | null>;
  add(input: NewConnection): Promise<Connection>;
  update(name: string, change: ConnectionChange): Promise<Connection>;
  /** Deletes the cached users and the secret; resolves with the number of users. */
  remove(name: string): Promise<number>;
  /** The secret of a connection, for the sign-in only. */
  credentialOf(id: number): Promise<Credential>;
};

export type ConnectionPorts = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly credentials: CredentialStore;
  readonly outside: OutsideSecrets;
  readonly clock: Clock;
};

type DbRow = {
  readonly id: number;
  readonly name: string;
  readonly tenant: string;
  readonly client: string;
  readonly cloud: Cloud;
  readonly authority_url: string | null;
  readonly graph_url: string | null;
  readonly credential_place: CredentialPlace;
  readonly credential_ref: string | null;
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

function fromRow(row: DbRow): Connection {
  return {
    id: row.id,
    name: row.name,
    tenant: row.tenant,
    client: row.client,
    cloud: row.cloud,
    authorityUrl: row.authority_url,
    graphUrl: row.graph_url,
    credential: { place: row.credential_place, reference: row.credential_ref },
    scoreRange: { min: row.score_min, max: row.score_max, unscored: row.keep_unscored === 1 },
    syncEvery: row.sync_every,
    mapping: { low: row.map_low, medium: row.map_medium, high: row.map_high },
    weight: row.weight,
    createdAt: new Date(row.created).toISOString(),
  };
}

function toRow(connection: Omit<Connection, 'id' | 'createdAt'>): ConnectionRow {
  return {
    name: connection.name,
    tenant: connection.tenant,
    client: connection.client,
    cloud: connection.cloud,
    authorityUrl: connection.authorityUrl,
    graphUrl: connection.graphUrl,
    credentialPlace: connection.credential.place,
    credentialRef: connection.credential.reference,
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

/** Stored only where it differs from the preset; checked either way. */
function checkedUrls(settings: Pick<Connection, 'cloud' | 'authorityUrl' | 'graphUrl' | 'tenant'>) {
  const endpoints = endpointsOf(settings);
  return {
    authorityUrl: settings.authorityUrl ? endpoints.authorityUrl : null,
    graphUrl: settings.graphUrl ? endpoints.graphUrl : null,
  };
}

const keyOf = (id: number): string => `connection:${id}`;

export function createConnections(ports: ConnectionPorts): Connections {
  const { reader, writer, credentials, outside, clock } = ports;
  const select = 'SELECT * FROM connection WHERE removed IS NULL';

  async function list(): Promise<readonly Connection[]> {
    return (await reader.all<DbRow>(`${select} ORDER BY name_fold`)).map(fromRow);
  }

  async function get(name: string): Promise<Connection> {
    const row = await reader.get<DbRow>(`${select} AND name_fold = ?`, [fold(name.trim())]);
    if (row !== undefined) return fromRow(row);
    throw notFound(
      'connection',
      name,
      (await list()).map((connection) => connection.name),
    );
  }

  async function byId(id: number): Promise<Connection | null> {
    const row = await reader.get<DbRow>(`${select} AND id = ?`, [id]);
    return row === undefined ? null : fromRow(row);
  }

  /** Checks the credential where it is, before anything is stored, and says where it will be kept. */
  async function place(input: CredentialInput): Promise<Connection['credential'] & { readonly secret: string | null }> {
    switch (input.kind) {
      case 'secret': {
        const keychain = await credentials.available();
        if (keychain.ok) return { place: 'keychain', reference: null, secret: input.secret };
        throw new RiskdeskError('keychain-unavailable', `No keychain can hold the secret: ${keychain.why}`, {
          field: 'credential',
          cure: 'Keep the secret in an environment variable and name it (--secret-env VAR), or use a certificate.',
        });
      }
      case 'secret-env': {
        const secret = outside.env(input.variable);
        if (secret === undefined || secret === '') {
          throw badInput(
            'credential.variable',
            `The environment variable ${input.variable} is not set.`,
            `Set ${input.variable} to the client secret's value, then try again.`,
          );
        }
        const keychain = await credentials.available();
        return { place: 'env', reference: input.variable, secret: keychain.ok ? secret : null };
      }
      case 'certificate':
        await outside.certificate(input.file);
        return { place: 'certificate', reference: resolve(input.file), secret: null };
    }
  }

  async function keep(id: number, secret: string | null): Promise<void> {
    if (secret !== null) await credentials.set(keyOf(id), secret);
  }

  async function add(input: NewConnection): Promise<Connection> {
    const cloud = input.cloud ?? 'global';
    const urls = checkedUrls({
      cloud,
      tenant: input.tenant,
      authorityUrl: input.authorityUrl ?? null,
      graphUrl: input.graphUrl ?? null,
    });
    const taken = (await list()).find((one) => fold(one.name) === fold(input.name));
    if (taken !== undefined) {
      throw new RiskdeskError('already-exists', `There is already a connection "${taken.name}".`, {
        field: 'name',
        cure: 'Choose another name, or remove or rename the connection that has it.',
      });
    }
    const { secret, ...credential } = await place(input.credential);
    const { id } = await writer.addConnection({
      now: clock.now(),
      row: toRow({
        name: input.name,
        tenant: input.tenant,
        client: input.client,
        cloud,
        ...urls,
        credential,
        scoreRange: input.scoreRange ?? { min: minScore, max: maxScore, unscored: true },
        syncEvery: input.syncEvery ?? null,
        mapping: input.mapping ?? defaultMapping,
        weight: input.weight ?? 1,
      }),
    });
    try {
      await keep(id, secret);
    } catch (error) {
      await writer.markConnectionRemoved({ id, now: clock.now() });
      throw error;
    }
    return get(input.name);
  }

  async function update(name: string, change: ConnectionChange): Promise<Connection> {
    const present = await get(name);
    const { credential: newCredential, ...plain } = change;
    const wanted = { ...present, ...plain };
    const urls = checkedUrls(wanted);
    const placed = newCredential === undefined ? null : await place(newCredential);
    const credential = placed === null ? present.credential : { place: placed.place, reference: placed.reference };
    if (placed !== null) {
      if (placed.secret === null) await credentials.delete(keyOf(present.id)).catch(() => undefined);
      await keep(present.id, placed.secret);
    }
    const next = { ...wanted, ...urls, credential };
    const remapped = JSON.stringify(next.mapping) !== JSON.stringify(present.mapping);
    await writer.updateConnection({
      id: present.id,
      row: toRow(next),
      needsFull:
        next.tenant !== present.tenant ||
        next.cloud !== present.cloud ||
        next.graphUrl !== present.graphUrl ||
        JSON.stringify(next.scoreRange) !== JSON.stringify(present.scoreRange) ||
        // Another mapping may let in people whom the score range left out before.
        (remapped && (next.scoreRange.min > minScore || next.scoreRange.max < maxScore)),
    });
    const rescored = remapped || next.weight !== present.weight;
    if (rescored) await writer.rescore({ connection: present.id, now: clock.now() });
    return get(next.name);
  }

  async function remove(name: string): Promise<number> {
    const connection = await get(name);
    const { users } = await writer.purgeConnection({ connection: connection.id });
    await writer.markConnectionRemoved({ id: connection.id, now: clock.now() });
    await credentials.delete(keyOf(connection.id)).catch(() => undefined);
    return users;
  }

  async function credentialOf(id: number): Promise<Credential> {
    const connection = await byId(id);
    if (connection === null) throw new RiskdeskError('not-found', 'The connection was removed.');
    const { place: where, reference } = connection.credential;
    if (where === 'certificate') return { kind: 'certificate', pem: await outside.certificate(reference ?? '') };
    const fromEnv = where === 'env' ? outside.env(reference ?? '') : undefined;
    const secret = fromEnv || (await credentials.get(keyOf(id)).catch(() => null));
    if (secret) return { kind: 'secret', secret };
    throw new RiskdeskError(
      'auth-failed',
      where === 'env'
        ? `The environment variable ${reference}, which holds the client secret of "${connection.name}", is not set.`
        : `The client secret of "${connection.name}" is no longer in the keychain.`,
      {
        field: 'secret',
        cure:
          where === 'env' ? `Set ${reference} and try again.` : 'Enter the client secret again (connection update).',
      },
    );
  }

  return { list, get, byId, add, update, remove, credentialOf };
}
