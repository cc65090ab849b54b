/**
 * A risky user as the cache knows them. Level, state and detail are Graph's own strings, kept raw so that a member
 * that Microsoft adds tomorrow survives; the lists below are those of the v1.0 schema, in the order in which they sort.
 */

export const riskLevels = ['none', 'hidden', 'low', 'medium', 'high', 'unknownFutureValue'] as const;
export const riskStates = [
  'none',
  'confirmedSafe',
  'remediated',
  'dismissed',
  'atRisk',
  'confirmedCompromised',
  'unknownFutureValue',
] as const;
export const riskDetails = [
  'none',
  'adminGeneratedTemporaryPassword',
  'userPerformedSecuredPasswordChange',
  'userPerformedSecuredPasswordReset',
  'adminConfirmedSigninSafe',
  'aiConfirmedSigninSafe',
  'userPassedMFADrivenByRiskBasedPolicy',
  'adminDismissedAllRiskForUser',
  'adminConfirmedSigninCompromised',
  'hidden',
  'adminConfirmedUserCompromised',
  'unknownFutureValue',
  'm365DAdminDismissedDetection',
  'adminConfirmedServicePrincipalCompromised',
  'adminDismissedAllRiskForServicePrincipal',
  'userChangedPasswordOnPremises',
  'adminDismissedRiskForSignIn',
  'adminConfirmedAccountSafe',
  'microsoftRevokedSessions',
] as const;

/** The three enumerated properties; each has its own vocabulary in the store. */
export type TermKind = 'level' | 'state' | 'detail';

/**
 * The small integers under which the store keeps the known members: the position in the lists above, so that sorting
 * by the integer sorts by meaning. Members unknown to this version are numbered from here on, as they turn up.
 */
export const firstUnknownTerm = 100;

export const knownTerms: Readonly<Record<TermKind, readonly string[]>> = {
  level: riskLevels,
  state: riskStates,
  detail: riskDetails,
};

export type RiskyUser = {
  /** Entra object id. The only key: UPNs are null, repeat, change case and are renamed. */
  readonly id: string;
  /** Name of the connection (tenant) that the row came from. */
  readonly connection: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly riskDetail: string;
  /** ISO 8601, UTC, milliseconds. Entra's clock. */
  readonly riskLastUpdatedDateTime: string | null;
  readonly isDeleted: boolean;
  readonly isProcessing: boolean;
  /** The UPN holds `#EXT#`. */
  readonly isGuest: boolean;
  /** 0-1000, higher is safer; null means no score, which is never 0. */
  readonly score: number | null;
  /** Weighted mean of this person's scores over the connections that have one, rounded to a whole number. */
  readonly aggregateScore: number | null;
  /** Grouping of the aggregate score. */
  readonly grouping: Grouping | null;
  /** ISO 8601, this machine's clock: first sync that saw the row, last one, last change of level, state or detail. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly lastChanged: string;
};

export const groupings = ['Critical', 'High', 'Medium', 'Low'] as const;
export type Grouping = (typeof groupings)[number];

/** A guest's UPN in a resource tenant holds this mark (Microsoft Entra B2B). */
export function isGuestUpn(userPrincipalName: string | null): boolean {
  return userPrincipalName !== null && /#ext#/i.test(userPrincipalName);
}

/**
 * How text is compared everywhere: search, rules, matching people over connections. Folds case and composes accents,
 * in JavaScript only, so that SQL and predicate compare the very same stored characters.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}
