/**
 * Signs a person in: authorization code with PKCE (S256) in the system browser, answered on a loopback address (RFC 8252).
 * The code serves once and only together with a verifier that never leaves this process; an answer with another state
 * ends the sign-in. Leaves out keeping the tokens.
 */
import { randomBytes } from 'node:crypto';
import { RiskdeskError } from '../../shared/model/errors.ts';
import type { InteractiveSignIn, SignedIn, SignInPrompt, SignInTarget } from '../core/ports.ts';
import { readAccount, readRefreshToken } from './signInClaims.ts';
import { createExchange, realAddress, type SignInPorts, signInEndpoints } from './signInClient.ts';
import { personRefusal } from './signInPersonErrors.ts';
import { openRedirect, type Redirect } from './signInRedirect.ts';
import { scopesOf } from './signInRenewal.ts';

/** How long a person may take in the browser. */
const longestMs = 5 * 60_000;

/** @param ports.prompt opens the address in the browser; `waitMs` how long the person may take. */
export function makeInteractiveSignIn(
  ports: SignInPorts & { readonly prompt: SignInPrompt; readonly waitMs?: number },
): InteractiveSignIn {
  const { clock, log, prompt, waitMs = longestMs } = ports;

  return async (target, { permissions, hint, signal, waiting }) => {
    signal.throwIfAborted();
    const { host } = signInEndpoints(target);
    const state = randomBytes(32).toString('base64url');
    const redirect = await openRedirect((query) =>
      query.get('state') !== state ? 'stranger' : query.has('code') ? 'answered' : 'refused',
    ).catch((error: unknown) => {
      throw noPort(error);
    });
    try {
      const asked = await ask(ports, target, { scopes: scopesOf(target, permissions), hint, state, uri: redirect.uri });
      const until = clock.now() + waitMs;
      waiting({ address: asked.address, opened: await prompt(asked.address).catch(() => false), until });
      const query = await answerOf(redirect, signal, waitMs);
      if (query.get('state') !== state) throw stranger();
      const code = query.get('code');
      if (code === null) throw personRefusal({ status: 0, body: Object.fromEntries(query) }, target, host).error;
      const signedIn = await asked.redeem(code);
      log('info', 'signIn.person', { host, permissions });
      return signedIn;
    } finally {
      redirect.close();
    }
  };
}

type Asked = { readonly address: string; redeem(code: string): Promise<SignedIn> };

async function ask(
  ports: SignInPorts,
  target: SignInTarget,
  asked: { readonly scopes: string[]; readonly hint: string | null; readonly state: string; readonly uri: string },
): Promise<Asked> {
  const { host } = signInEndpoints(target);
  const { scopes, state, uri } = asked;
  const exchange = createExchange(ports, target, {}, (answer) => personRefusal(answer, target, host).error);
  const { CryptoProvider, PublicClientApplication } = await import('@azure/msal-node');
  const app = new PublicClientApplication(exchange.config);
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const made = await app.getAuthCodeUrl({
    scopes,
    redirectUri: uri,
    state,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    prompt: 'select_account',
    ...(asked.hint === null ? {} : { loginHint: asked.hint }),
  });
  return {
    address: realAddress(made, target),
    async redeem(code) {
      try {
        await app.acquireTokenByCode(
          { scopes, redirectUri: uri, code, codeVerifier: verifier, state },
          { code, state },
        );
      } catch (error) {
        throw exchange.failure(error);
      }
      const refreshToken = readRefreshToken(exchange.reply());
      if (refreshToken !== null) return { account: readAccount(exchange.reply()), refreshToken };
      throw new RiskdeskError('auth-failed', `${host} signed in without a way to renew the token.`, {
        field: 'signIn',
        cure: 'Have the permission offline_access allowed for the application, then sign in again.',
      });
    },
  };
}

/** The first of: the answer, the person's cancel, the end of patience. */
async function answerOf(redirect: Redirect, signal: AbortSignal, waitMs: number): Promise<URLSearchParams> {
  const late = AbortSignal.timeout(waitMs);
  try {
    return await redirect.answer(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted) throw new RiskdeskError('cancelled', 'The sign-in was cancelled.');
    if (!late.aborted) throw error;
    const minutes = Math.max(1, Math.round(waitMs / 60_000));
    throw new RiskdeskError('cancelled', `Nobody signed in within ${minutes} minute${minutes === 1 ? '' : 's'}.`, {
      field: 'signIn',
      cure: 'Start the sign-in again, and finish it in the browser.',
    });
  }
}

function stranger(): RiskdeskError {
  return new RiskdeskError('auth-failed', 'The answer in the browser did not belong to this sign-in.', {
    field: 'signIn',
    cure: 'Nothing was accepted. Start the sign-in again.',
  });
}

function noPort(error: unknown): RiskdeskError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new RiskdeskError('auth-failed', `No port of this machine could be opened for the answer (${code}).`, {
    field: 'signIn',
    cure: 'Allow Riskdesk to listen on 127.0.0.1.',
  });
}
