/**
 * People who sign in to the twin: what an administrator has consented to, whether the browser says yes, and the codes and
 * refresh tokens that are out (OAuth 2.0 authorization code with PKCE; Microsoft identity platform: auth code flow).
 */
import { createHash } from 'node:crypto';
import { LoginRefusal } from './errors.ts';

export type SignInSettings = {
  /** `redirect`: answers at once. `page`: a page with two links waits for a person. */
  readonly page: 'redirect' | 'page';
  /** What the browser answers with. */
  readonly outcome: 'approve' | 'decline' | 'wrong-state';
  /** User principal name of whoever signs in. */
  readonly account: string;
  /** Delegated permissions that were consented to. */
  readonly consented: readonly string[];
  /** Built-in roles of the person, by name. */
  readonly directoryRoles: readonly string[];
  /** Whether the application has http://localhost as a redirect of "Mobile and desktop applications". */
  readonly desktop: boolean;
  /** How long a refresh token serves unused, ms of the twin's clock. Entra: 90 days. */
  readonly refreshLifetimeMs: number;
  /** True: a refresh token serves once, as for pages in a browser. Entra lets a desktop's live on. */
  readonly rotateStrictly: boolean;
  /** AADSTS number that renewals are refused with until the person signs in again; null: none. */
  readonly demand: number | null;
};

export const signInDefaults: SignInSettings = {
  page: 'redirect',
  outcome: 'approve',
  account: 'ada@contoso.onmicrosoft.com',
  consented: [
    'IdentityRiskyUser.ReadWrite.All',
    'IdentityRiskyUser.Read.All',
    'IdentityRiskEvent.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'User.Read',
    'User.Read.All',
    'User.RevokeSessions.All',
    'User.EnableDisableAccount.All',
    'User-PasswordProfile.ReadWrite.All',
  ],
  directoryRoles: ['Security Administrator', 'User Administrator', 'Groups Administrator'],
  desktop: true,
  refreshLifetimeMs: 90 * 86_400_000,
  rotateStrictly: false,
  demand: null,
};

/** What was asked for in the browser and holds for the tokens that follow. */
export type Consent = { readonly account: string; readonly scopes: readonly string[]; readonly audience: string };

type Code = Consent & { readonly challenge: string; readonly redirectUri: string; readonly until: number };

export type People = {
  settings(): SignInSettings;
  change(change: Partial<SignInSettings>): void;
  /** A code for the redirect; serves once, for ten minutes. */
  issueCode(consent: Consent, proof: { readonly challenge: string; readonly redirectUri: string }): string;
  /** @throws LoginRefusal for a code, a verifier or an address that does not fit. */
  redeemCode(code: string, proof: { readonly verifier: string; readonly redirectUri: string }): Consent;
  issueRefresh(consent: Consent): string;
  /** @throws LoginRefusal invalid_grant: expired, revoked, used, or the person is wanted. */
  redeemRefresh(token: string): Consent;
  revokeAll(): void;
};

const codeMs = 10 * 60_000;
/** About as long as Entra's. */
const refreshLength = 1_400;

const words: Readonly<Record<number, string>> = {
  50076:
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
  50079:
    'Due to a configuration change made by your administrator, you must enroll in multi-factor authentication to access the resource.',
  50173: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
  65001: 'The user or administrator has not consented to use the application.',
  70043: 'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
  700082: 'The refresh token has expired due to inactivity.',
};

const asksPerson = new Set([50076, 50079]);

function noGrant(aadsts: number, text = words[aadsts] ?? 'The grant is not valid.'): LoginRefusal {
  return new LoginRefusal(400, asksPerson.has(aadsts) ? 'interaction_required' : 'invalid_grant', aadsts, text);
}

export function makePeople(seed: number, initial: Partial<SignInSettings>, now: () => number): People {
  let settings: SignInSettings = { ...signInDefaults, ...initial };
  let issued = 0;
  const codes = new Map<string, Code>();
  const refreshes = new Map<string, Consent & { readonly until: number }>();
  const opaque = (kind: string, length: number): string => {
    issued += 1;
    let text = '';
    while (text.length < length) {
      text += createHash('sha256').update(`${seed}.${kind}.${issued}.${text.length}`).digest('base64url');
    }
    return `${kind}.${text.slice(0, length)}`;
  };
  return {
    settings: () => settings,
    change: (change) => {
      settings = { ...settings, ...change };
    },
    issueCode(consent, { challenge, redirectUri }) {
      const code = opaque('0.Code', 120);
      codes.set(code, { ...consent, challenge, redirectUri, until: now() + codeMs });
      return code;
    },
    redeemCode(code, { verifier, redirectUri }) {
      const known = codes.get(code);
      if (known === undefined)
        throw noGrant(54005, 'OAuth2 Authorization code was already redeemed, please retry with a new valid code.');
      codes.delete(code);
      if (known.until <= now()) throw noGrant(70008, 'The provided authorization code has expired.');
      if (known.redirectUri !== redirectUri) {
        throw noGrant(
          500112,
          'The reply address does not match the reply address provided when requesting Authorization code.',
        );
      }
      if (createHash('sha256').update(verifier).digest('base64url') !== known.challenge) {
        throw noGrant(
          501481,
          'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
        );
      }
      settings = { ...settings, demand: null };
      return known;
    },
    issueRefresh(consent) {
      const token = opaque('1.Refresh', refreshLength);
      refreshes.set(token, { ...consent, until: now() + settings.refreshLifetimeMs });
      return token;
    },
    redeemRefresh(token) {
      const known = refreshes.get(token);
      if (known === undefined) throw noGrant(50173);
      if (known.until <= now()) throw noGrant(700082);
      if (settings.demand !== null) throw noGrant(settings.demand);
      if (settings.rotateStrictly) refreshes.delete(token);
      return known;
    },
    revokeAll: () => refreshes.clear(),
  };
}
