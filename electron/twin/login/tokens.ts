/**
 * Access tokens: made like Entra's for an application (claims `roles`, `tid`, `appid`, `exp`), signed with a key of the
 * twin's own, and read back on every Graph call. Permissions are those of the moment of issue, as in Entra: a change
 * of roles shows in the next token.
 */
import { createHmac } from 'node:crypto';
import { Refusal } from '../http/refusal.ts';

/** Seconds that a token serves. Entra: 3,599 to 5,400. */
export const TOKEN_LIFETIME = 3_599;

export type Claims = { readonly roles: readonly string[]; readonly expiresAt: number };

export type Tokens = {
  issue(facts: { readonly audience: string; readonly tenant: string; readonly client: string }): string;
  /** Reads an Authorization header. Throws 401 InvalidAuthenticationToken. */
  check(authorization: string | undefined): Claims;
  setRoles(roles: readonly string[]): void;
  /** Makes every token that was issued so far worthless. */
  revokeAll(): void;
};

function unauthorized(message: string): Refusal {
  return new Refusal(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  });
}

export function makeTokens(seed: number, initialRoles: readonly string[], now: () => number): Tokens {
  let roles = [...initialRoles];
  let issued = 0;
  const known = new Map<string, Claims>();
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    issue({ audience, tenant, client }) {
      const iat = Math.floor(now() / 1000);
      issued += 1;
      const head = part({ typ: 'JWT', alg: 'HS256', kid: 'twin' });
      const body = part({
        aud: audience,
        iss: `https://sts.windows.net/${tenant}/`,
        iat,
        nbf: iat,
        exp: iat + TOKEN_LIFETIME,
        appid: client,
        appidacr: '1',
        idtyp: 'app',
        oid: client,
        roles,
        sub: client,
        tid: tenant,
        uti: `twin-${issued}`,
        ver: '1.0',
      });
      const sign = createHmac('sha256', `twin-${seed}`).update(`${head}.${body}`).digest('base64url');
      const token = `${head}.${body}.${sign}`;
      const [oldest] = known.keys();
      if (known.size >= 1_000 && oldest !== undefined) known.delete(oldest);
      known.set(token, { roles: [...roles], expiresAt: (iat + TOKEN_LIFETIME) * 1000 });
      return token;
    },
    check(authorization) {
      if (authorization === undefined || authorization.trim() === '') throw unauthorized('Access token is empty.');
      const [, token = ''] = /^Bearer\s+(\S+)$/i.exec(authorization.trim()) ?? [];
      if (token.split('.').length !== 3) {
        throw unauthorized('IDX14100: JWT is not well formed, there are no dots (.) or a part is missing.');
      }
      const claims = known.get(token);
      if (claims === undefined) throw unauthorized('Signing key is invalid, or the signature of the token is.');
      if (claims.expiresAt <= now()) throw unauthorized('Lifetime validation failed, the token is expired.');
      return claims;
    },
    setRoles: (changed) => {
      roles = [...changed];
    },
    revokeAll: () => known.clear(),
  };
}
