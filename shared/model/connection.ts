/** One tenant that risky users are pulled from. Holds where and how to sign in, never the secret itself. */
import type { ScoreMapping } from './score.ts';

export const clouds = ['global', 'usgov', 'dod'] as const;
export type Cloud = (typeof clouds)[number];

/**
 * Where the credential is kept: `keychain` (OS keychain), `env` (an environment variable by name), `certificate` (a PEM
 * file by path, read when needed), `session` (memory of the running app only), `none` (lost: must be given again),
 * `interactive` (nobody's secret: an analyst signs in in the browser).
 */
export const credentialPlaces = ['keychain', 'env', 'certificate', 'session', 'none', 'interactive'] as const;
export type CredentialPlace = (typeof credentialPlaces)[number];

/**
 * The delegated permissions of Microsoft Graph that a person's sign-in may ask for: the least for each feature (Microsoft
 * Graph permissions reference). Creating a group has no narrower delegated permission than Group.ReadWrite.All.
 */
export const delegatedPermissions = [
  'IdentityRiskyUser.Read.All',
  'IdentityRiskyUser.ReadWrite.All',
  'IdentityRiskEvent.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
  'User.Read',
  'User.Read.All',
  'User.RevokeSessions.All',
  'User.EnableDisableAccount.All',
  'User-PasswordProfile.ReadWrite.All',
] as const;
export type DelegatedPermission = (typeof delegatedPermissions)[number];

/** The sign-in of a person. Its tokens are in the keychain, or in memory where there is none. */
export type PersonSignIn = {
  /** User principal name of who signed in last; null before the first time. */
  readonly account: string | null;
  /** What is asked for at sign-in. */
  readonly permissions: readonly DelegatedPermission[];
  /** Why the person has to sign in (again), in words; null while signed in. */
  readonly needed: string | null;
  /** Whether it outlives the running app. */
  readonly kept: 'keychain' | 'session' | null;
};

export type ScoreRange = {
  /** Inclusive, 0-1000. */
  readonly min: number;
  readonly max: number;
  /** Whether users without a score are kept; a switch of its own, because no score is not a number. */
  readonly unscored: boolean;
};

export type Connection = {
  readonly id: number;
  readonly name: string;
  readonly tenant: string;
  readonly client: string;
  readonly cloud: Cloud;
  /** Set where it differs from the cloud's preset. */
  readonly authorityUrl: string | null;
  readonly graphUrl: string | null;
  readonly credential: {
    readonly place: CredentialPlace;
    readonly reference: string | null;
    /** When the secret or the certificate stops working; null where nobody said, and for a person. */
    readonly expiresAt: string | null;
  };
  /** Null where an application signs in. */
  readonly signIn: PersonSignIn | null;
  readonly scoreRange: ScoreRange;
  /** Minutes between automatic syncs; null: only when asked. */
  readonly syncEvery: number | null;
  readonly mapping: ScoreMapping;
  /** Weight in the aggregate score, 0-100; 0 leaves the connection out of it. */
  readonly weight: number;
  readonly createdAt: string;
};
