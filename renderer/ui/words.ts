/** What the shared model has words for, in the language of the window. */
import { detailLabel as detailIn, levelLabel as levelIn, stateLabel as stateIn } from '../../shared/model/labels.ts';
import { describeQuery as describeIn } from '../../shared/rules/describe.ts';
import type { RuleQuery } from '../../shared/rules/schema.ts';
import { useLanguage } from '../i18n/i18n.ts';

const now = () => useLanguage.getState().language;

export const levelLabel = (riskLevel: string): string => levelIn(riskLevel, now());
export const stateLabel = (riskState: string): string => stateIn(riskState, now());
export const detailLabel = (riskDetail: string): string => detailIn(riskDetail, now());
/** A checked query as a sentence without a full stop. */
export const describeQuery = (query: RuleQuery): string => describeIn(query, now());
