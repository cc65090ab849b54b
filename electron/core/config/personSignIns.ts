/**
 * Signing a person in to a connection, from the address in the browser to the tokens in the keychain. Starts only when a
 * person asked; nothing of the core calls it by itself. Leaves out the protocol (`InteractiveSignIn`, a port).
 */
import type { SignInProgress } from '../../../shared/contract/connections.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import type { InteractiveSignIn } from '../ports.ts';
import type { Connections } from './connections.ts';
import type { SignIns } from './signIns.ts';
import { targetOf } from './signInTarget.ts';

export type PersonSignIns = {
  /** Ends after `done`. An aborted signal cancels; a second sign-in of the same connection takes the place of the first. */
  signIn(name: string, signal?: AbortSignal): AsyncGenerator<SignInProgress, void, void>;
  /** Forgets the person's tokens on this machine. Entra's own session in the browser stays. */
  signOut(name: string): Promise<Connection>;
};

export function createPersonSignIns(ports: {
  readonly connections: Connections;
  readonly signIns: SignIns;
  /** Null where the host cannot. */
  readonly interactive: InteractiveSignIn | null;
  /** Drops the tokens that are in memory. */
  readonly forgetTokens: (connectionId: number) => void;
}): PersonSignIns {
  const { connections, signIns, interactive, forgetTokens } = ports;
  const underWay = new Map<number, AbortController>();

  async function personal(name: string): Promise<Connection & { readonly signIn: NonNullable<Connection['signIn']> }> {
    const connection = await connections.get(name);
    const { signIn } = connection;
    if (signIn !== null) return { ...connection, signIn };
    throw badInput(
      'name',
      `"${connection.name}" signs in as an application, so there is nobody to sign in.`,
      'Change the connection to the sign-in of a person first.',
    );
  }

  return {
    async *signIn(name, signal) {
      const { id, signIn, ...connection } = await personal(name);
      if (interactive === null) {
        throw new RiskdeskError('auth-failed', 'Nobody can sign in here: this program was started without a browser.', {
          field: 'signIn',
          cure: 'Sign in from the window, or with the command: riskdesk connection sign-in.',
        });
      }
      const cancel = new AbortController();
      underWay.get(id)?.abort();
      underWay.set(id, cancel);
      const { promise: waiting, resolve } = Promise.withResolvers<SignInProgress>();
      try {
        const done = interactive(targetOf({ id, signIn, ...connection }), {
          permissions: signIn.permissions,
          hint: signIn.account,
          signal: signal === undefined ? cancel.signal : AbortSignal.any([signal, cancel.signal]),
          waiting: ({ address, opened, until }) =>
            resolve({ state: 'waiting', address, opened, until: new Date(until).toISOString() }),
        });
        const first = await Promise.race([waiting, done.then(() => null)]);
        if (first !== null) yield first;
        const signedIn = await done;
        const present = await connections.byId(id);
        if (present === null) throw new RiskdeskError('not-found', `The connection "${name}" was removed meanwhile.`);
        const kept = await signIns.keep(present, signedIn);
        forgetTokens(id);
        yield { state: 'done', account: signedIn.account, kept };
      } finally {
        cancel.abort();
        if (underWay.get(id) === cancel) underWay.delete(id);
      }
    },

    async signOut(name) {
      const connection = await personal(name);
      await signIns.forget(connection, null);
      forgetTokens(connection.id);
      return connections.get(connection.name);
    },
  };
}
