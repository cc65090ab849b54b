/** What an answer of the token endpoint says: claims of its tokens, lifetime, renewal. Pure; verifies nothing: Graph does that. */
import type { TokenReply } from './tokenEndpoint.ts';

/** The payload of a JWT; null for an opaque token. */
function claimsOf(token: string): object | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' ? claims : null;
  } catch {
    return null;
  }
}

/** The `roles` claim of an application's token, or nothing. */
export function readRoles(token: string): readonly string[] {
  const roles = named(claimsOf(token), 'roles');
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

/** What a token may do: `scp` where a person signed in, else `roles`. */
export function readPermissions(token: string): { readonly roles: readonly string[]; readonly delegated: boolean } {
  const scopes = named(claimsOf(token), 'scp');
  if (typeof scopes !== 'string') return { roles: readRoles(token), delegated: false };
  return { roles: scopes.split(' ').filter(Boolean), delegated: true };
}

/** Who signed in, from the ID token (`preferred_username`, older tenants `upn`); null where it names nobody. */
export function readAccount(reply: TokenReply | null): string | null {
  const idToken = textOf(reply, 'id_token');
  const claims = idToken === null ? null : claimsOf(idToken);
  const name = named(claims, 'preferred_username') ?? named(claims, 'upn');
  return typeof name === 'string' && name !== '' ? name.slice(0, 320) : null;
}

export function readRefreshToken(reply: TokenReply | null): string | null {
  return textOf(reply, 'refresh_token');
}

/** Milliseconds; an hour where the server does not say. */
export function readLifetime(reply: TokenReply | null): number {
  const said = Number(named(reply?.body, 'expires_in') ?? Number.NaN);
  return Number.isFinite(said) && said > 0 ? said * 1000 : 3_600_000;
}

function textOf(reply: TokenReply | null, name: string): string | null {
  const value = named(reply?.body, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function named(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
