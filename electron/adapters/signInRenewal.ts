/**
 * Renews the token of a person who signed in, with the refresh token alone: nothing opens. Where Entra wants to see the
 * person again, the credential is told why and the caller gets `auth-failed`.
 */
import type { PersonCredential, SignInTarget } from '../core/ports.ts';
import { readRefreshToken } from './signInClaims.ts';
import { createExchange, type Exchange, type SignInPorts, signInEndpoints } from './signInClient.ts';
import { personRefusal } from './signInPersonErrors.ts';

/** `https://graph.microsoft.com/IdentityRiskyUser.Read.All`: a delegated permission of the target's resource. */
export function scopesOf(target: SignInTarget, permissions: readonly string[]): string[] {
  const resource = target.scope.replace(/\.default$/, '');
  return permissions.map((permission) => `${resource}${permission}`);
}

/** @throws RiskdeskError auth-failed, offline, certificate-untrusted or throttled. */
export async function renewPerson(
  ports: SignInPorts,
  target: SignInTarget,
  credential: PersonCredential,
): Promise<{ readonly exchange: Exchange; readonly accessToken: string }> {
  const { host } = signInEndpoints(target);
  let lost: string | null = null;
  const exchange = createExchange(ports, target, {}, (answer) => {
    const { error, again } = personRefusal(answer, target, host);
    lost = again;
    return error;
  });
  const { PublicClientApplication } = await import('@azure/msal-node');
  let accessToken: string;
  try {
    const result = await new PublicClientApplication(exchange.config).acquireTokenByRefreshToken({
      refreshToken: credential.refreshToken,
      scopes: scopesOf(target, credential.permissions),
    });
    accessToken = result?.accessToken ?? '';
  } catch (error) {
    if (lost !== null) await credential.lost(lost);
    throw exchange.failure(error);
  }
  const renewed = readRefreshToken(exchange.reply());
  if (renewed !== null && renewed !== credential.refreshToken) await credential.keep(renewed);
  return { exchange, accessToken };
}
