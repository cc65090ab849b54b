/** What the shared model has words for, in the language of the window. */
import {
  detailLabel as detailIn,
  groupingLabel as groupingIn,
  levelLabel as levelIn,
  stateLabel as stateIn,
} from '../../shared/model/labels.ts';
import type { Grouping } from '../../shared/model/riskyUser.ts';
import { describeQuery as describeIn } from '../../shared/rules/describe.ts';
import { fieldWords } from '../../shared/rules/fields.ts';
import type { FieldName, RuleQuery } from '../../shared/rules/schema.ts';
import { i18n, useLanguage } from '../i18n/i18n.ts';

const now = () => useLanguage.getState().language;

export const groupingLabel = (grouping: Grouping): string => groupingIn(grouping, now());
export const levelLabel = (riskLevel: string): string => levelIn(riskLevel, now());
export const stateLabel = (riskState: string): string => stateIn(riskState, now());
export const detailLabel = (riskDetail: string): string => detailIn(riskDetail, now());
/** The name of a field of the rule language. */
export const fieldLabel = (field: FieldName): string => fieldWords(field, now()).label;
/** A checked query as a sentence without a full stop. */
export const describeQuery = (query: RuleQuery): string => describeIn(query, now());
/** The end of a sentence that a schema of the contract says about a value: "must be a GUID". One nobody knows stays as it came. */
export const schemaWords = (ends: string): string => i18n.t(`must.${ends}`, { defaultValue: ends });
/** The sort of a group, or the badge of one that cannot be written, as the core names it. */
export const groupSort = (name: string): string => i18n.t(`group.sort.${name}`, { defaultValue: name });
/** Why a group with a badge cannot be written. */
export const groupWhy = (badge: string | null, reason: string): string =>
  badge === null ? reason : i18n.t(`group.why.${badge}`, { defaultValue: reason });
