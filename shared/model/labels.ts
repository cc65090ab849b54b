/**
 * Labels for risk level, risk state and risk detail, in English unless asked otherwise. A value without a label, such as
 * one that Microsoft adds tomorrow, shows as it came.
 */
import { englishLabels } from './labels/english.ts';
import { germanLabels } from './labels/german.ts';
import type { Labels } from './labels/labels.ts';
import type { Language } from './language.ts';
import type { Grouping } from './riskyUser.ts';

const labels: Readonly<Record<Language, Labels>> = { en: englishLabels, de: germanLabels };

export function groupingLabel(grouping: Grouping, language: Language = 'en'): string {
  return labels[language].grouping[grouping];
}

export function levelLabel(riskLevel: string, language: Language = 'en'): string {
  return labels[language].level[riskLevel] ?? riskLevel;
}

export function stateLabel(riskState: string, language: Language = 'en'): string {
  return labels[language].state[riskState] ?? riskState;
}

export function detailLabel(riskDetail: string, language: Language = 'en'): string {
  return labels[language].detail[riskDetail] ?? riskDetail;
}
