/** How a twin is set up. Everything is optional; what is left out is a plain, fast, licensed tenant of 2,000 users. */
import type { Fault } from './faults.ts';
import type { SignInSettings } from './login/people.ts';

export type TwinOptions = {
  /** Risky users. Default 2,000. */
  readonly users?: number | undefined;
  /** Everything but the wall clock follows from it. Default 1. */
  readonly seed?: number | undefined;
  /** What time it is at the start, epoch ms. Default: now. The data counts back from it. */
  readonly now?: number | undefined;
  /** True: time moves by `control.advance` alone. Default false: it also runs as real time does. */
  readonly frozen?: boolean | undefined;
  /** The tenant's id, or a domain of it. */
  readonly tenant?: string | undefined;
  /** The application's (client) id. */
  readonly client?: string | undefined;
  readonly secret?: string | undefined;
  /** PEM certificate that client assertions must be signed by. Without one, any well-formed assertion is accepted. */
  readonly certificate?: string | undefined;
  /** Application permissions that new tokens carry. */
  readonly roles?: readonly string[] | undefined;
  /** How people sign in: who, what was consented to, what the browser answers. */
  readonly signIn?: Partial<SignInSettings> | undefined;
  /** Identity Protection's limit; its 429 has no Retry-After. Null: none. Default null. */
  readonly requestsPerSecond?: number | null | undefined;
  /** The directory's limit in resource units; its 429 has a Retry-After. Null: none. Default null. */
  readonly directoryUnitsPer10s?: number | null | undefined;
  /** The directory's limit on writes per 150 s (Microsoft documents 3,000). Null: none. Default null. */
  readonly directoryWritesPer150s?: number | null | undefined;
  /** How long a risk action takes to show, ms of the twin's clock. Default 3 minutes. */
  readonly riskDelayMs?: number | undefined;
  /** How long a new group answers 404, ms of the twin's clock. Default 0. */
  readonly replicationMs?: number | undefined;
  /** How long a nextLink serves, ms of the twin's clock. Null: for ever. Default null. */
  readonly linkLifetimeMs?: number | null | undefined;
  readonly faults?: readonly Fault[] | undefined;
  /** Microsoft Entra ID P2. Default true. */
  readonly licensed?: boolean | undefined;
  /** Header names in upper case, over HTTP and inside `$batch`. Default false. */
  readonly upperCaseHeaders?: boolean | undefined;
  /** Requests that `control.requestLog` keeps. Default 1,000. */
  readonly logLength?: number | undefined;
};

/** What a twin has that was told nothing. None of it is a real credential. */
export const twinDefaults = {
  tenant: '5a1f9c3e-7b42-4d86-9e0f-2c6d8b1a4f70',
  domain: 'contoso.onmicrosoft.com',
  organization: 'Contoso (sample tenant)',
  client: 'c0ffee00-1d2e-4f3a-8b4c-5d6e7f8091a2',
  secret: 'twin~Secret.Value-for_tests',
  /** The id of the secret, which people paste instead of its value. */
  secretId: '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809',
  /** A secret that was valid once: AADSTS7000222. */
  expiredSecret: 'twin~Expired.Secret-for_tests',
  users: 2_000,
  riskDelayMs: 3 * 60_000,
  roles: [
    'Group.Create',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'IdentityRiskEvent.Read.All',
    'IdentityRiskyUser.ReadWrite.All',
    'Organization.Read.All',
    'User-PasswordProfile.ReadWrite.All',
    'User.EnableDisableAccount.All',
    'User.Read.All',
    'User.RevokeSessions.All',
  ],
  /** The application permissions of the Netskope Cloud Exchange plugin's documentation. */
  originalRoles: [
    'Group.Create',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'IdentityRiskyUser.ReadWrite.All',
    'User.Read.All',
  ],
} as const;
