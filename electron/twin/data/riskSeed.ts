/**
 * What risk user N starts with. The shares are those of a large tenant seen by an analyst: 15 % high, 25 % medium, 30 %
 * low, the rest settled; 1 % deleted; changes weighted to the recent past and reaching back 400 days.
 */
import type { RiskEnums } from './enums.ts';
import { fraction, hash, pick } from './hash.ts';
import { toTicks } from './ticks.ts';

export type SeededRisk = {
  readonly level: number;
  readonly state: number;
  readonly detail: number;
  /** 100 ns ticks, see ticks.ts. */
  readonly updated: number;
  readonly deleted: boolean;
};

const DAY = 86_400_000;

const remediatedBy: readonly [string, ...string[]] = [
  'userPerformedSecuredPasswordChange',
  'userPerformedSecuredPasswordReset',
  'userPassedMFADrivenByRiskBasedPolicy',
  'adminGeneratedTemporaryPassword',
  'userChangedPasswordOnPremises',
  'microsoftRevokedSessions',
];
const dismissedBy: readonly [string, ...string[]] = [
  'adminDismissedAllRiskForUser',
  'adminDismissedAllRiskForUser',
  'm365DAdminDismissedDetection',
  'adminDismissedRiskForSignIn',
];
const safeBy: readonly [string, ...string[]] = [
  'adminConfirmedSigninSafe',
  'aiConfirmedSigninSafe',
  'adminConfirmedAccountSafe',
];

/** Names of level, state and detail for one user. */
function riskNames(seed: number, index: number): readonly [string, string, string] {
  const share = fraction(seed, index, 21);
  const within = hash(seed, index, 22);
  if (share < 0.15) {
    if (within % 100 < 8) return ['high', 'confirmedCompromised', 'adminConfirmedUserCompromised'];
    return ['high', 'atRisk', within % 100 < 12 ? 'adminConfirmedSigninCompromised' : 'none'];
  }
  if (share < 0.4) return ['medium', 'atRisk', 'none'];
  if (share < 0.7) return ['low', 'atRisk', 'none'];
  const settled = within % 100;
  const why = hash(seed, index, 23);
  if (settled < 45) return ['none', 'remediated', pick(remediatedBy, why)];
  if (settled < 80) return ['none', 'dismissed', pick(dismissedBy, why)];
  if (settled < 98) return ['none', 'confirmedSafe', pick(safeBy, why)];
  return ['hidden', 'atRisk', 'hidden'];
}

/** `start`: epoch ms that the ages count back from. */
export function seedRisk(seed: number, index: number, start: number, enums: RiskEnums): SeededRisk {
  const [level, state, detail] = riskNames(seed, index);
  const age = 400 * DAY * fraction(seed, index, 24) ** 2.5 + 60_000;
  return {
    level: enums.level.codeOf(level),
    state: enums.state.codeOf(state),
    detail: enums.detail.codeOf(detail),
    updated: toTicks(start - age, hash(seed, index, 25) % 10_000),
    deleted: hash(seed, index, 26) % 100 === 0,
  };
}
