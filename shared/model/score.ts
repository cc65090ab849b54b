/**
 * Netskope's scale: 0 to 1000, higher is safer. Pure arithmetic; the store applies it in SQL from the same settings.
 */
import { type Grouping, groupings } from './riskyUser.ts';

export const minScore = 0;
export const maxScore = 1000;

/** Score of each risk level of one connection. A level that is absent has no score: none, hidden, and the unknown. */
export type ScoreMapping = { readonly low: number; readonly medium: number; readonly high: number };

/** Netskope's documented mapping (Azure AD plugin for User Risk Exchange). */
export const defaultMapping: ScoreMapping = { low: 875, medium: 625, high: 375 };

/** Highest score of each grouping but the last, which ends at 1000: ascending, without gaps by construction. */
export type GroupingThresholds = { readonly critical: number; readonly high: number; readonly medium: number };

/** Critical 0-250, High 251-500, Medium 501-750, Low 751-1000. */
export const defaultThresholds: GroupingThresholds = { critical: 250, high: 500, medium: 750 };

/** Score of a level: null for none, hidden, unknownFutureValue and whatever Microsoft invents. */
export function scoreOf(riskLevel: string, mapping: ScoreMapping): number | null {
  switch (riskLevel) {
    case 'low':
      return mapping.low;
    case 'medium':
      return mapping.medium;
    case 'high':
      return mapping.high;
    default:
      return null;
  }
}

/** Weighted mean, rounded half up to a whole number so that it falls into exactly one grouping; null without a score. */
export function aggregateOf(
  scores: readonly { readonly score: number | null; readonly weight: number }[],
): number | null {
  let sum = 0;
  let weights = 0;
  for (const { score, weight } of scores) {
    if (score === null || weight <= 0) continue;
    sum += score * weight;
    weights += weight;
  }
  return weights === 0 ? null : Math.floor(sum / weights + 0.5);
}

export function groupingOf(score: number | null, thresholds: GroupingThresholds): Grouping | null {
  if (score === null) return null;
  if (score <= thresholds.critical) return 'Critical';
  if (score <= thresholds.high) return 'High';
  if (score <= thresholds.medium) return 'Medium';
  return 'Low';
}

/** Inclusive bounds of a grouping: `{ from: 251, to: 500 }` for High by default. */
export function groupingRange(
  grouping: Grouping,
  thresholds: GroupingThresholds,
): { readonly from: number; readonly to: number } {
  switch (grouping) {
    case 'Critical':
      return { from: minScore, to: thresholds.critical };
    case 'High':
      return { from: thresholds.critical + 1, to: thresholds.high };
    case 'Medium':
      return { from: thresholds.high + 1, to: thresholds.medium };
    case 'Low':
      return { from: thresholds.medium + 1, to: maxScore };
  }
}

/** The grouping that the text names, whatever its case ("medium" is how Netskope's documentation writes it). */
export function readGrouping(text: string): Grouping | null {
  return groupings.find((grouping) => grouping.toLowerCase() === text.trim().toLowerCase()) ?? null;
}
