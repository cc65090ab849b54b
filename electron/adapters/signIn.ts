/**
 * Hands out the tokens of a connection with msal-node: of an application (client secret or certificate), or of a person who
 * signed in (renewed with the refresh token, never by opening anything).
 *
 * A new msal client serves each request for a token: its cache and its own 60 s memory of failures stay out of the way, and
 * neither secret nor key is held between requests. Leaves out the sign-in in the browser (`signInInteractive.ts`).
 */
import { badInput } from '../../shared/model/errors.ts';
import type { AccessToken, Credential, MakeTokenSource, SignInTarget, TokenSource } from '../core/ports.ts';
import { readCertificate } from './certificate.ts';
import { readLifetime, readPermissions } from './signInClaims.ts';
import { createExchange, type Exchange, libraryError, type SignInPorts, signInEndpoints } from './signInClient.ts';
import { tokenRefusal } from './signInErrors.ts';
import { renewPerson } from './signInRenewal.ts';

/** A token is renewed this long before it expires, or after four fifths of its life where that is shorter. */
const renewBefore = 5 * 60_000;

/** @returns the port that makes one TokenSource per connection. Loads msal-node when the first token is asked for. */
export function makeTokenSource(ports: SignInPorts): MakeTokenSource {
  return (target, credential) => createTokenSource(ports, target, credential);
}

function createTokenSource(
  ports: SignInPorts,
  target: SignInTarget,
  credential: () => Promise<Credential>,
): TokenSource {
  const { clock } = ports;
  let held: { readonly token: AccessToken; readonly renewAt: number; readonly renewAtWall: number } | null = null;
  let asking: Promise<AccessToken> | null = null;

  async function ask(): Promise<AccessToken> {
    const started = clock.monotonic();
    const { token, lifetime } = await requestToken(ports, target, await credential());
    const use = lifetime - Math.min(renewBefore, lifetime / 5);
    const startedWall = token.expiresAt - lifetime;
    // Two clocks: the monotonic one stands still while some machines sleep, the other may be set back.
    held = { token, renewAt: started + use, renewAtWall: startedWall + use };
    return token;
  }

  return {
    async get(options = {}) {
      const { force = false, signal } = options;
      signal?.throwIfAborted();
      if (!force && held !== null && clock.monotonic() < held.renewAt && clock.now() < held.renewAtWall)
        return held.token;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return await orAborted(asking, signal);
    },
  };
}

/** The shared request goes on for the others when one caller leaves. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  let leave: () => void = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

type Got = { readonly token: AccessToken; readonly lifetime: number };

async function requestToken(ports: SignInPorts, target: SignInTarget, credential: Credential): Promise<Got> {
  const { host } = signInEndpoints(target);
  if (credential.kind === 'interactive') {
    return granted(ports, host, await renewPerson(ports, target, credential));
  }
  const exchange = createExchange(ports, target, authOf(credential, ports.clock.now()), (answer) =>
    tokenRefusal(answer, target, credential, host),
  );
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  try {
    const result = await new ConfidentialClientApplication(exchange.config).acquireTokenByClientCredential({
      scopes: [target.scope],
      skipCache: true,
      azureRegion: 'DisableMsalForceRegion',
    });
    return granted(ports, host, { exchange, accessToken: result?.accessToken ?? '' });
  } catch (error) {
    throw exchange.failure(error);
  }
}

function granted(
  ports: SignInPorts,
  host: string,
  { exchange, accessToken }: { readonly exchange: Exchange; readonly accessToken: string },
): Got {
  if (accessToken === '') throw libraryError(null, host);
  const lifetime = readLifetime(exchange.reply());
  const { roles, delegated } = readPermissions(accessToken);
  ports.log('info', 'signIn.done', { host, roles, delegated, lifetime });
  return { token: { token: accessToken, expiresAt: exchange.startedAt() + lifetime, roles, delegated }, lifetime };
}

function authOf(credential: Exclude<Credential, { kind: 'interactive' }>, now: number) {
  if (credential.kind === 'secret') {
    if (credential.secret === '') throw badInput('secret', 'The client secret is empty.', "Give the secret's value.");
    return { clientSecret: credential.secret };
  }
  const { thumbprintSha256, privateKey, x5c } = readCertificate(credential.pem, now);
  return { clientCertificate: { thumbprintSha256, privateKey, x5c } };
}
