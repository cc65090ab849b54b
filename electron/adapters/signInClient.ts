/**
 * What every msal-node client of this app has in common: a stand-in authority, the real endpoints, one network client.
 *
 * msal-node wants a Microsoft authority over https and asks it for its metadata. Here it is given a stand-in authority that
 * never resolves (RFC 2606) together with the metadata, whose endpoints are the real ones: so it works with any host, port
 * and path, with plain http on this machine, and with servers that have no OpenID metadata; and it sends exactly one kind
 * of request, to the one URL that the connection names. Another URL is refused.
 */
import type { Configuration } from '@azure/msal-node';
import { badInput, RiskdeskError } from '../../shared/model/errors.ts';
import type { Clock, Log, SignInTarget, Transport } from '../core/ports.ts';
import { postForm, type TokenReply } from './tokenEndpoint.ts';

export type SignInPorts = { readonly transport: Transport; readonly clock: Clock; readonly log: Log };

const standIn = 'https://sign-in.invalid/tenant';
const standInAuthorize = `${standIn}/oauth2/v2.0/authorize`;

export type SignInEndpoints = { readonly token: string; readonly authorize: string; readonly host: string };

/** @throws RiskdeskError bad-input for a tenant or application that cannot be one. */
export function signInEndpoints(target: SignInTarget): SignInEndpoints {
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
  const base = `${target.authorityUrl.replace(/\/+$/, '')}/${tenant}/oauth2/v2.0`;
  return { token: `${base}/token`, authorize: `${base}/authorize`, host: new URL(base).host };
}

/** One use of msal-node: its settings, and what went over the wire. */
export type Exchange = {
  readonly config: Configuration;
  /** The last answer of the token endpoint; null before. */
  reply(): TokenReply | null;
  /** When the request left, epoch ms. */
  startedAt(): number;
  /** What to throw instead of the library's own error. */
  failure(error: unknown): RiskdeskError;
};

/**
 * @param auth what proves who asks; nothing for a public client.
 * @param refused makes the error of an answer that is no token.
 */
export function createExchange(
  ports: SignInPorts,
  target: SignInTarget,
  auth: Partial<Configuration['auth']>,
  refused: (answer: TokenReply) => RiskdeskError,
): Exchange {
  const { token: endpoint, host } = signInEndpoints(target);
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
      throw refused(answer);
    }
    return answer;
  }

  return {
    config: {
      auth: {
        clientId: target.client,
        authority: standIn,
        knownAuthorities: [new URL(standIn).host],
        authorityMetadata: JSON.stringify({
          issuer: `${standIn}/v2.0`,
          // The library compares its path with the authority's, so it has to be the stand-in's.
          authorization_endpoint: standInAuthorize,
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
    },
    reply: () => reply,
    startedAt: () => startedAt,
    failure: (error) => failure ?? libraryError(error, host),
  };
}

/** The address to open, from the one that the library made for the stand-in. */
export function realAddress(made: string, target: SignInTarget): string {
  if (!made.startsWith(`${standInAuthorize}?`)) {
    throw new RiskdeskError('internal', 'The sign-in library made another address than the authorize endpoint.');
  }
  return `${signInEndpoints(target).authorize}${made.slice(standInAuthorize.length)}`;
}

/** What msal-node itself objected to: its code is kept, its text is not. */
export function libraryError(error: unknown, host: string): RiskdeskError {
  const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : 'no_token';
  return new RiskdeskError('auth-failed', `${host} answered with something that is not a token (${code}).`, {
    field: 'authorityUrl',
    cure: 'Check the authority URL and the tenant.',
    facts: { reason: code },
  });
}
