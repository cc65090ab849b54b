/** The token endpoint for people: a code with its verifier, or a refresh token, against tokens of the person. */
import { json, type TwinAnswer } from '../http/message.ts';
import { LoginRefusal } from './errors.ts';
import type { Consent, People } from './people.ts';
import type { Registration } from './registration.ts';
import { delegatedScopes } from './scopes.ts';
import { TOKEN_LIFETIME, type Tokens } from './tokens.ts';

export function personGrant(
  grant: 'authorization_code' | 'refresh_token',
  form: { readonly need: (name: string) => string; readonly get: (name: string) => string | null },
  around: { readonly app: Registration; readonly tokens: Tokens; readonly people: People; readonly origin: string },
): TwinAnswer {
  const { app, tokens, people, origin } = around;
  checkPublic(form.get('client_secret') ?? form.get('client_assertion'), people.settings().desktop);
  const consent =
    grant === 'authorization_code'
      ? people.redeemCode(form.need('code'), {
          verifier: form.need('code_verifier'),
          redirectUri: form.need('redirect_uri'),
        })
      : people.redeemRefresh(form.need('refresh_token'));
  const asked = form.get('scope');
  const wanted = asked === null ? consent : { ...consent, ...delegatedScopes(asked, origin, app) };
  const refused = wanted.scopes.find((scope) => !people.settings().consented.includes(scope));
  if (refused !== undefined) {
    throw new LoginRefusal(
      400,
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${app.client}'.`,
    );
  }
  return json(200, body(wanted, around), {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store, no-cache',
  });

  function body({ account, scopes, audience }: Consent, { people: desk }: typeof around): unknown {
    const facts = { audience, tenant: app.tenantId, client: app.client, account, scopes };
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return {
      token_type: 'Bearer',
      scope: scopes.join(' '),
      expires_in: TOKEN_LIFETIME,
      ext_expires_in: TOKEN_LIFETIME,
      access_token: tokens.issueForPerson(facts),
      refresh_token: desk.issueRefresh({ account, scopes, audience }),
      id_token: tokens.idToken(facts),
      client_info: encoded({ uid: app.client, utid: app.tenantId }),
    };
  }
}

/** Entra wants no secret of an application on a desk, and one of every other. */
function checkPublic(credential: string | null, desktop: boolean): void {
  if (desktop && credential !== null) {
    throw new LoginRefusal(
      401,
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    );
  }
  if (!desktop && credential === null) {
    throw new LoginRefusal(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
}
