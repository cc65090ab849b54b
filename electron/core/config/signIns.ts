/**
 * The tokens of people who signed in: in the keychain, or in memory where there is none, and nowhere else. Leaves out how
 * one signs in (a port) and what a connection is (`connections.ts`).
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { CredentialStore, PersonCredential, SignedIn } from '../ports.ts';
import type { Writer } from '../store/types.ts';

export type SignIns = {
  /** Whether this process holds the tokens of a connection that no keychain keeps. */
  held(connectionId: number): boolean;
  /** Keeps what a sign-in brought. Resolves with where. */
  keep(connection: Connection, signedIn: SignedIn): Promise<'keychain' | 'session'>;
  /** @throws RiskdeskError auth-failed (field `signIn`) where the person has to sign in first; keychain-unavailable. */
  credentialOf(connection: Connection): Promise<PersonCredential>;
  /** `needed`: why, for whoever looks at the connection; null forgets who it was as well. */
  forget(connection: Connection, needed: string | null): Promise<void>;
};

const keyOf = (id: number): string => `sign-in:${id}`;

/** Nothing opens by itself: whoever meets this tells the person. */
export function signInNeeded(connection: Connection, why: string): RiskdeskError {
  return new RiskdeskError('auth-failed', `"${connection.name}" needs you to sign in again: ${why}`, {
    field: 'signIn',
    cure: `Choose "Sign in again" on the connection, or run: riskdesk connection sign-in "${connection.name}".`,
  });
}

export function createSignIns(ports: { readonly writer: Writer; readonly credentials: CredentialStore }): SignIns {
  const { writer, credentials } = ports;
  const memory = new Map<number, string>();

  async function store(id: number, refreshToken: string): Promise<'keychain' | 'session'> {
    try {
      if ((await credentials.available()).ok) {
        await credentials.set(keyOf(id), refreshToken);
        memory.delete(id);
        return 'keychain';
      }
    } catch {
      // A keychain that refuses is none: the sign-in lasts as long as this process.
    }
    memory.set(id, refreshToken);
    return 'session';
  }

  async function forget(connection: Connection, needed: string | null): Promise<void> {
    const { id } = connection;
    memory.delete(id);
    await credentials.delete(keyOf(id)).catch(() => undefined);
    const account = needed === null ? null : (connection.signIn?.account ?? null);
    await writer.recordSignIn({ id, account, kept: null, needed });
  }

  return {
    held: (id) => memory.has(id),
    forget,

    async keep(connection, { account, refreshToken }) {
      const kept = await store(connection.id, refreshToken);
      await writer.recordSignIn({ id: connection.id, account, kept, needed: null });
      return kept;
    },

    async credentialOf(connection) {
      const { id, signIn } = connection;
      if (signIn?.needed) throw signInNeeded(connection, signIn.needed);
      // A keychain that does not answer may do so later: then nobody has to sign in again, so its refusal is passed on.
      const refreshToken = memory.get(id) ?? (await credentials.get(keyOf(id)));
      if (!refreshToken || signIn === null) {
        const why = 'Its sign-in is no longer in the keychain.';
        if (signIn !== null) await writer.recordSignIn({ id, account: signIn.account, kept: null, needed: why });
        throw signInNeeded(connection, why);
      }
      return {
        kind: 'interactive',
        refreshToken,
        permissions: signIn.permissions,
        async keep(renewed) {
          const kept = await store(id, renewed);
          if (kept !== signIn.kept) await writer.recordSignIn({ id, account: signIn.account, kept, needed: null });
        },
        lost: (why) => forget(connection, why),
      };
    },
  };
}
