/**
 * Signs an application in with msal-node (client secret or certificate) and hands out its tokens.
 *
 * msal-node wants a Microsoft authority over https and asks it for its metadata. Here it is given a stand-in authority that
 * never resolves (RFC 2606) together with the metadata, whose token endpoint is the real one: so it works with any host,
 * port and path, with plain http on this machine, and with servers that have no OpenID metadata; and it sends exactly one
 * kind of request, to the one URL that the connection names. Another URL is refused.
 *
 * A new msal client serves each request for a token: its cache and its own 60 s memory of failures stay out of the way, and
 * neither secret nor key is held between requests. Leaves out interactive sign-in and any cache on disk.
 */
import { badInput, RiskdeskError } from '../../shared/model/errors.ts';
import type {
  AccessToken,
  Clock,
  Credential,
  Log,
  MakeTokenSource,
  SignInTarget,
  TokenSource,
  Transport,
} from '../core/ports.ts';
import { readCertificate } from './certificate.ts';
import { tokenRefusal } from './signInErrors.ts';
import { postForm, type TokenReply } from './tokenEndpoint.ts';

export type SignInPorts = { readonly transport: Transport; readonly clock: Clock; readonly log: Log };

const standIn = 'https://sign-in.invalid/tenant';
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

async function requestToken(
  ports: SignInPorts,
  target: SignInTarget,
  credential: Credential,
): Promise<{ readonly token: AccessToken; readonly lifetime: number }> {
  const endpoint = tokenEndpointOf(target);
  const { host } = new URL(endpoint);
  const auth = authOf(credential, ports.clock.now());
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  let failure: RiskdeskError | null = null;
  let reply: TokenReply | null = null;
  let startedAt = ports.clock.now();

  async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<TokenReply> {
    // The library appends `?client-request-id=…`, which it also sends in the body; simple servers know the bare path only.
    if (url.split('?')[0] !== endpoint) {
      throw new RiskdeskError('internal', 'The sign-in library asked for another URL than the token endpoint.');
    }
    startedAt = ports.clock.now();
    const answer = await postForm(ports, endpoint, headers, body);
    if (answer.status < 200 || answer.status >= 300 || typeof answer.body !== 'object' || answer.body === null) {
      throw tokenRefusal(answer, target, credential, host);
    }
    return answer;
  }

  const app = new ConfidentialClientApplication({
    auth: {
      clientId: target.client,
      authority: standIn,
      knownAuthorities: [new URL(standIn).host],
      authorityMetadata: JSON.stringify({
        issuer: `${standIn}/v2.0`,
        authorization_endpoint: `${standIn}/oauth2/v2.0/authorize`,
        token_endpoint: endpoint,
        jwks_uri: `${standIn}/discovery/v2.0/keys`,
      }),
      ...auth,
    },
    system: {
      disableInternalRetries: true,
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false },
      networkClient: {
        sendGetRequestAsync: () => Promise.reject(new Error('The sign-in library asked for metadata.')),
        async sendPostRequestAsync<T>(url: string, options?: { headers?: Record<string, string>; body?: string }) {
          try {
            reply = await post(url, options?.headers ?? {}, options?.body ?? '');
          } catch (error) {
            failure = error instanceof RiskdeskError ? error : null;
            throw error;
          }
          return { headers: { ...reply.headers }, status: reply.status, body: reply.body as T };
        },
      },
    },
  });

  let accessToken: string;
  try {
    const result = await app.acquireTokenByClientCredential({
      scopes: [target.scope],
      skipCache: true,
      azureRegion: 'DisableMsalForceRegion',
    });
    accessToken = result?.accessToken ?? '';
  } catch (error) {
    throw failure ?? libraryError(error, host);
  }
  if (accessToken === '') throw libraryError(null, host);
  const lifetime = readLifetime(reply);
  const roles = readRoles(accessToken);
  ports.log('info', 'signIn.done', { host, roles, lifetime });
  return { token: { token: accessToken, expiresAt: startedAt + lifetime, roles }, lifetime };
}

/** @throws RiskdeskError bad-input for a tenant or application that cannot be one. */
function tokenEndpointOf(target: SignInTarget): string {
  const tenant = target.tenant.trim();
  if (!/^[0-9A-Za-z][0-9A-Za-z.-]{0,252}$/.test(tenant)) {
    throw badInput(
      'tenant',
      'The tenant is neither an ID nor a domain.',
      'Give the tenant ID (a GUID) or a verified domain like contoso.onmicrosoft.com.',
    );
  }
  if (/^(common|organizations|consumers)$/i.test(tenant)) {
    throw badInput(
      'tenant',
      `'${tenant}' is no tenant an application can sign in to.`,
      'Give the tenant ID or a verified domain.',
    );
  }
  if (target.client.trim() === '')
    throw badInput('client', 'The application is missing.', 'Give the application (client) ID.');
  return `${target.authorityUrl.replace(/\/+$/, '')}/${tenant}/oauth2/v2.0/token`;
}

function authOf(credential: Credential, now: number) {
  if (credential.kind === 'secret') {
    if (credential.secret === '') throw badInput('secret', 'The client secret is empty.', "Give the secret's value.");
    return { clientSecret: credential.secret };
  }
  const { thumbprintSha256, privateKey, x5c } = readCertificate(credential.pem, now);
  return { clientCertificate: { thumbprintSha256, privateKey, x5c } };
}

/** What msal-node itself objected to: its code is kept, its text is not. */
function libraryError(error: unknown, host: string): RiskdeskError {
  const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : 'no_token';
  return new RiskdeskError('auth-failed', `${host} answered with something that is not a token (${code}).`, {
    field: 'authorityUrl',
    cure: 'Check the authority URL and the tenant.',
    facts: { reason: code },
  });
}

/** Milliseconds; an hour where the server does not say. */
function readLifetime(reply: TokenReply | null): number {
  const body = reply?.body;
  const said = typeof body === 'object' && body !== null && 'expires_in' in body ? Number(body.expires_in) : Number.NaN;
  return Number.isFinite(said) && said > 0 ? said * 1000 : 3_600_000;
}

/** The `roles` claim of a JWT's payload; empty for an opaque token. Nothing is verified: Graph does that. */
export function readRoles(token: string): readonly string[] {
  const parts = token.split('.');
  if (parts.length !== 3) return [];
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('roles' in claims) || !Array.isArray(claims.roles))
      return [];
    return claims.roles.filter((role) => typeof role === 'string');
  } catch {
    return [];
  }
}
