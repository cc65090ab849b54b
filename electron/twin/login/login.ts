/**
 * The sign-in host: token endpoint, the page that people are sent to, OpenID metadata and instance discovery. An
 * application signs in with a secret or a certificate, a person with a code and its PKCE verifier.
 */
import { isGuid } from '../data/ids.ts';
import { json, type TwinAnswer, type TwinRequest } from '../http/message.ts';
import { ASSERTION_TYPE, checkAssertion } from './assertion.ts';
import { authorize, htmlPage } from './authorize.ts';
import {
  applicationNotFound,
  expiredSecret,
  LoginRefusal,
  missingParameter,
  tenantNotFound,
  wrongSecret,
} from './errors.ts';
import type { People } from './people.ts';
import { personGrant } from './personGrant.ts';
import type { Registration } from './registration.ts';
import { audienceOf } from './scopes.ts';
import { TOKEN_LIFETIME, type Tokens } from './tokens.ts';

/** What a login URL asks for; `base` is the authority: all of the URL before the tenant. */
export type LoginTarget = {
  readonly kind: 'token' | 'authorize' | 'metadata' | 'discovery';
  readonly base: string;
  readonly tenant: string;
};

const tail =
  /^(.*)\/([^/]+)\/(oauth2\/v2\.0\/token|oauth2\/v2\.0\/authorize|v2\.0\/\.well-known\/openid-configuration|discovery\/instance)\/?$/i;

/** Recognises a login URL by its tail, whatever comes before it. `origin`: scheme and host. */
export function loginTarget(origin: string, path: string): LoginTarget | null {
  const [, prefix, tenant, what] = tail.exec(path) ?? [];
  if (prefix === undefined || tenant === undefined || what === undefined) return null;
  const kind = /token$/i.test(what)
    ? 'token'
    : /authorize$/i.test(what)
      ? 'authorize'
      : /discovery/i.test(what)
        ? 'discovery'
        : 'metadata';
  return { kind, base: `${origin}${prefix}`, tenant: decodeURIComponent(tenant) };
}

/** Answers a login request, or throws a LoginRefusal. */
export function login(
  target: LoginTarget,
  request: TwinRequest,
  { app, tokens, people }: { readonly app: Registration; readonly tokens: Tokens; readonly people: People },
): TwinAnswer {
  switch (target.kind) {
    case 'discovery':
      return json(200, {
        tenant_discovery_endpoint: `${target.base}/${app.tenantId}/v2.0/.well-known/openid-configuration`,
        'api-version': '1.1',
        metadata: [],
      });
    case 'metadata':
      requireTenant(target.tenant, app);
      return json(200, metadata(target.base, target.tenant, app), {
        'content-type': 'application/json; charset=utf-8',
      });
    case 'authorize':
      try {
        requireTenant(target.tenant, app);
        return authorize(request, app, people);
      } catch (error) {
        if (!(error instanceof LoginRefusal)) throw error;
        return htmlPage(
          error.status,
          'Sorry, but we are having trouble signing you in.',
          `<p>AADSTS${error.aadsts}</p>`,
        );
      }
    case 'token':
      if (request.method !== 'POST') {
        throw new LoginRefusal(
          400,
          'invalid_request',
          900561,
          `The endpoint only accepts POST requests. Received a ${request.method} request.`,
        );
      }
      requireTenant(target.tenant, app);
      return token(request, app, tokens, people);
  }
}

function requireTenant(tenant: string, app: Registration): void {
  if (!app.tenantNames.includes(tenant.toLowerCase())) throw tenantNotFound(tenant);
}

function requireClient(client: string, app: Registration): void {
  if (client.toLowerCase() !== app.client.toLowerCase()) throw applicationNotFound(client, app.tenantId);
}

function metadata(base: string, tenant: string, app: Registration): unknown {
  return {
    token_endpoint: `${base}/${tenant}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    jwks_uri: `${base}/${tenant}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/${app.tenantId}/v2.0`,
    authorization_endpoint: `${base}/${tenant}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/${tenant}/oauth2/v2.0/logout`,
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  };
}

function token(request: TwinRequest, app: Registration, tokens: Tokens, people: People): TwinAnswer {
  const form = new URLSearchParams(request.body);
  const need = (name: string): string => {
    const value = form.get(name);
    if (value === null || value === '') throw missingParameter(name);
    return value;
  };
  const grant = need('grant_type');
  if (grant === 'authorization_code' || grant === 'refresh_token') {
    requireClient(need('client_id'), app);
    return personGrant(grant, { need, get: (name) => form.get(name) }, { app, tokens, people, origin: request.origin });
  }
  if (grant !== 'client_credentials') {
    throw new LoginRefusal(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    );
  }
  const client = need('client_id');
  requireClient(client, app);
  const audience = audienceOf(need('scope'), request.origin, app);
  authenticate(form, client, app);
  return json(
    200,
    {
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME,
      ext_expires_in: TOKEN_LIFETIME,
      access_token: tokens.issue({ audience, tenant: app.tenantId, client: app.client }),
    },
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' },
  );
}

function authenticate(form: URLSearchParams, client: string, app: Registration): void {
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw missingParameter('client_assertion_type');
    checkAssertion(assertion, client, app.tenantNames, app.certificate);
    return;
  }
  const secret = form.get('client_secret');
  if (secret === null || secret === '') {
    throw new LoginRefusal(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (app.expiredSecrets.has(secret)) throw expiredSecret(client);
  if (secret !== app.secret) throw wrongSecret(client, isGuid(secret));
}
