/**
 * The register of connections: checks what a person gives, keeps the secret in the keychain and everything else in
 * the store, and hands the credential to the sign-in alone. Leaves out syncing and testing.
 */
import { resolve } from 'node:path';
import type { ConnectionChange, CredentialInput, NewConnection } from '../../../shared/contract/connections.ts';
import type { Connection, DelegatedPermission } from '../../../shared/model/connection.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { defaultMapping, maxScore, minScore } from '../../../shared/model/score.ts';
import { endpointsOf } from '../graph/clouds.ts';
import type { Clock, Credential, CredentialStore, OutsideSecrets } from '../ports.ts';
import type { Reader, Writer } from '../store/types.ts';
import { type DbRow, fromRow, toRow } from './connectionRow.ts';
import { notFound } from './notFound.ts';
import { checkSecretStays } from './secretStays.ts';
import type { SignIns } from './signIns.ts';

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
  readonly signIns: SignIns;
  readonly clock: Clock;
};

/** What is stored of a credential, and the secret itself where the keychain shall keep it. */
type Placed = Pick<Connection, 'credential'> & {
  readonly permissions: readonly DelegatedPermission[] | null;
  readonly secret: string | null;
};

/** Stored only where it differs from the preset; checked either way. */
function checkedUrls(settings: Pick<Connection, 'cloud' | 'authorityUrl' | 'graphUrl' | 'tenant'>) {
  const endpoints = endpointsOf(settings);
  return {
    authorityUrl: settings.authorityUrl ? endpoints.authorityUrl : null,
    graphUrl: settings.graphUrl ? endpoints.graphUrl : null,
  };
}

/** A connection of a person who has not signed in with these permissions yet. */
function unsigned(permissions: readonly DelegatedPermission[] | null): Connection['signIn'] {
  return permissions === null ? null : { account: null, permissions, needed: null, kept: null };
}

/** The end of a secret as a person keeps it; a certificate and a person have none to keep. */
function withExpiry(credential: Connection['credential'], day: string | null | undefined): Connection['credential'] {
  if (day === undefined) return credential;
  if (credential.place === 'certificate' || credential.place === 'interactive') {
    throw badInput(
      'secretExpires',
      'Only a client secret has a date to keep.',
      'Leave it out: a certificate tells its own end, and a sign-in has none.',
    );
  }
  return { ...credential, expiresAt: day === null ? null : new Date(day).toISOString() };
}

const keyOf = (id: number): string => `connection:${id}`;

export function createConnections(ports: ConnectionPorts): Connections {
  const { reader, writer, credentials, outside, signIns, clock } = ports;
  const shown = (row: DbRow): Connection => fromRow(row, signIns.held(row.id));
  const select = 'SELECT * FROM connection WHERE removed IS NULL';

  async function list(): Promise<readonly Connection[]> {
    return (await reader.all<DbRow>(`${select} ORDER BY name_fold`)).map(shown);
  }

  async function get(name: string): Promise<Connection> {
    const row = await reader.get<DbRow>(`${select} AND name_fold = ?`, [fold(name.trim())]);
    if (row !== undefined) return shown(row);
    throw notFound(
      'connection',
      name,
      (await list()).map((connection) => connection.name),
    );
  }

  async function byId(id: number): Promise<Connection | null> {
    const row = await reader.get<DbRow>(`${select} AND id = ?`, [id]);
    return row === undefined ? null : shown(row);
  }

  /** Checks the credential where it is, before anything is stored, and says where it will be kept. */
  async function place(input: CredentialInput, expires: string | null): Promise<Placed> {
    const expiresAt = expires === null ? null : new Date(expires).toISOString();
    switch (input.kind) {
      case 'secret': {
        const keychain = await credentials.available();
        if (keychain.ok) {
          const { secret } = input;
          return { credential: { place: 'keychain', reference: null, expiresAt }, permissions: null, secret };
        }
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
        const credential = { place: 'env', reference: input.variable, expiresAt } as const;
        return { credential, permissions: null, secret: keychain.ok ? secret : null };
      }
      case 'certificate': {
        const end = new Date((await outside.certificate(input.file)).expiresAt).toISOString();
        const credential = { place: 'certificate', reference: resolve(input.file), expiresAt: end } as const;
        return { credential, permissions: null, secret: null };
      }
      case 'interactive':
        return {
          credential: { place: 'interactive', reference: null, expiresAt: null },
          permissions: input.permissions ?? ['IdentityRiskyUser.Read.All'],
          secret: null,
        };
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
    const { secret, credential, permissions } = await place(input.credential, input.secretExpires ?? null);
    const { id } = await writer.addConnection({
      now: clock.now(),
      row: toRow({
        name: input.name,
        tenant: input.tenant,
        client: input.client,
        cloud,
        ...urls,
        credential,
        signIn: unsigned(permissions),
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
    const { credential: newCredential, secretExpires, ...plain } = change;
    const wanted = { ...present, ...plain };
    const urls = checkedUrls(wanted);
    if (newCredential === undefined) checkSecretStays(present, wanted);
    const placed = newCredential === undefined ? null : await place(newCredential, secretExpires ?? null);
    if (placed !== null) {
      if (placed.secret === null) await credentials.delete(keyOf(present.id)).catch(() => undefined);
      await keep(present.id, placed.secret);
    }
    const next = {
      ...wanted,
      ...urls,
      credential: placed?.credential ?? withExpiry(present.credential, secretExpires),
      signIn: placed === null ? present.signIn : unsigned(placed.permissions),
    };
    await settleSignIn(present, next);
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
    if (rescored) {
      await writer.rescore({ connection: present.id, now: clock.now() });
      while ((await writer.indexSearch({})).more);
    }
    return get(next.name);
  }

  /** A sign-in serves the tenant, the application, the servers and the permissions that it was made for. */
  async function settleSignIn(
    present: Connection,
    next: Pick<Connection, 'tenant' | 'client' | 'cloud' | 'authorityUrl' | 'graphUrl' | 'signIn'>,
  ) {
    const facts = ({ signIn, tenant, client, cloud, authorityUrl, graphUrl }: typeof next): string => {
      const permissions = signIn === null ? null : [...signIn.permissions].sort();
      return JSON.stringify([tenant, client, cloud, authorityUrl, graphUrl, permissions]);
    };
    if (present.signIn === null || facts(present) === facts(next)) return;
    if (next.signIn === null) await signIns.forget(present, null);
    else if (present.signIn.account !== null) {
      await signIns.forget(present, 'The connection was changed since the last sign-in.');
    }
  }

  async function remove(name: string): Promise<number> {
    const connection = await get(name);
    const { users } = await writer.purgeConnection({ connection: connection.id });
    await writer.markConnectionRemoved({ id: connection.id, now: clock.now() });
    while ((await writer.indexSearch({})).more);
    await credentials.delete(keyOf(connection.id)).catch(() => undefined);
    if (connection.signIn !== null) await signIns.forget(connection, null);
    return users;
  }

  async function credentialOf(id: number): Promise<Credential> {
    const connection = await byId(id);
    if (connection === null) throw new RiskdeskError('not-found', 'The connection was removed.');
    const { place: where, reference } = connection.credential;
    if (where === 'interactive') return await signIns.credentialOf(connection);
    if (where === 'certificate') {
      const { pem, expiresAt } = await outside.certificate(reference ?? '');
      const end = new Date(expiresAt).toISOString();
      if (end !== connection.credential.expiresAt) await writer.recordExpiry({ id, expires: expiresAt });
      return { kind: 'certificate', pem };
    }
    const fromEnv = where === 'env' ? outside.env(reference ?? '') : undefined;
    const kept = () => credentials.get(keyOf(id));
    // A keychain that does not answer says so itself: the secret may still be there, and nobody has to enter it again.
    const secret = fromEnv || (await (where === 'keychain' ? kept() : kept().catch(() => null)));
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
