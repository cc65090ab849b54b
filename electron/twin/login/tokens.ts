/**
 * Access tokens: made like Entra's for an application (claims `roles`, `tid`, `appid`, `exp`) or a person (`scp`, `upn`), signed with a key of the
 * twin's own, and read back on every Graph call. Permissions are those of the moment of issue, as in Entra: a change
 * of roles shows in the next token.
 */
import { createHmac } from 'node:crypto';
import { Refusal } from '../http/refusal.ts';

/** Seconds that a token serves. Entra: 3,599 to 5,400. */
export const TOKEN_LIFETIME = 3_599;

export type Claims = {
  /** Application permissions, or the delegated ones of a person. */
  readonly roles: readonly string[];
  readonly delegated: boolean;
  readonly expiresAt: number;
};

export type PersonFacts = {
  readonly audience: string;
  readonly tenant: string;
  readonly client: string;
  readonly account: string;
  readonly scopes: readonly string[];
};

export type Tokens = {
  issue(facts: { readonly audience: string; readonly tenant: string; readonly client: string }): string;
  issueForPerson(facts: PersonFacts): string;
  /** Says who signed in. */
  idToken(facts: PersonFacts): string;
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

  function sign(claims: Readonly<Record<string, unknown>>): string {
    issued += 1;
    const head = part({ typ: 'JWT', alg: 'HS256', kid: 'twin' });
    const body = part({ ...claims, uti: `twin-${issued}`, ver: '1.0' });
    const signature = createHmac('sha256', `twin-${seed}`).update(`${head}.${body}`).digest('base64url');
    return `${head}.${body}.${signature}`;
  }

  function times(): { readonly iat: number; readonly nbf: number; readonly exp: number } {
    const iat = Math.floor(now() / 1000);
    return { iat, nbf: iat, exp: iat + TOKEN_LIFETIME };
  }

  function remember(token: string, claims: Claims): string {
    const [oldest] = known.keys();
    if (known.size >= 1_000 && oldest !== undefined) known.delete(oldest);
    known.set(token, claims);
    return token;
  }

  return {
    issue({ audience, tenant, client }) {
      const valid = times();
      const iss = `https://sts.windows.net/${tenant}/`;
      const who = { appid: client, appidacr: '1', idtyp: 'app', oid: client, sub: client, tid: tenant };
      const token = sign({ aud: audience, iss, ...valid, ...who, roles });
      return remember(token, { roles: [...roles], delegated: false, expiresAt: valid.exp * 1000 });
    },
    issueForPerson({ audience, tenant, client, account, scopes }) {
      const valid = times();
      const iss = `https://sts.windows.net/${tenant}/`;
      const who = { appid: client, appidacr: '0', idtyp: 'user', oid: tenant, sub: account, upn: account, tid: tenant };
      const token = sign({ aud: audience, iss, ...valid, ...who, scp: scopes.join(' ') });
      return remember(token, { roles: [...scopes], delegated: true, expiresAt: valid.exp * 1000 });
    },
    idToken({ tenant, client, account }) {
      const iss = `https://login.microsoftonline.com/${tenant}/v2.0`;
      const who = { preferred_username: account, name: account, oid: tenant, sub: account, tid: tenant };
      return sign({ aud: client, iss, ...times(), ...who });
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
