/** One tenant that risky users are pulled from. Holds where and how to sign in, never the secret itself. */
import type { ScoreMapping } from './score.ts';

export const clouds = ['global', 'usgov', 'dod'] as const;
export type Cloud = (typeof clouds)[number];

/**
 * Where the credential is kept: `keychain` (OS keychain), `env` (an environment variable by name), `certificate` (a PEM
 * file by path, read when needed), `session` (memory of the running app only), `none` (lost: must be given again).
 */
export const credentialPlaces = ['keychain', 'env', 'certificate', 'session', 'none'] as const;
export type CredentialPlace = (typeof credentialPlaces)[number];

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
  readonly credential: { readonly place: CredentialPlace; readonly reference: string | null };
  readonly scoreRange: ScoreRange;
  /** Minutes between automatic syncs; null: only when asked. */
  readonly syncEvery: number | null;
  readonly mapping: ScoreMapping;
  /** Weight in the aggregate score, 0-100; 0 leaves the connection out of it. */
  readonly weight: number;
  readonly createdAt: string;
};
