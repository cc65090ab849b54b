/**
 * The rule language as data: the JSON that react-querybuilder exports, cut down to what decides. Rules are stored,
 * imported and exported in this shape. Whether one makes sense is decided in `check.ts`, never here.
 */
import { z } from 'zod';

export const fieldNames = [
  'aggregateScore',
  'grouping',
  'score',
  'riskLevel',
  'riskState',
  'riskDetail',
  'userPrincipalName',
  'displayName',
  'riskLastUpdatedDateTime',
  'lastUpdatedWithinDays',
  'lastChanged',
  'firstSeen',
  'isDeleted',
  'isGuest',
  'connection',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** react-querybuilder's names, in its own spelling. */
export const operators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'notBetween',
  'contains',
  'doesNotContain',
  'beginsWith',
  'doesNotBeginWith',
  'endsWith',
  'doesNotEndWith',
  'in',
  'notIn',
  'null',
  'notNull',
] as const;
export type Operator = (typeof operators)[number];

export const maxDepth = 8;
export const maxConditions = 200;
/** Values of one `in` or `notIn`. */
export const maxListed = 1_000;
/** Characters of one text value. */
export const maxText = 500;

const itemSchema = z.union([z.string(), z.number()]);

/**
 * `value` is a list for `in`, `notIn`, `between` and `notBetween`, null for `null` and `notNull`, a boolean for flags,
 * and otherwise one string or number. Dates are `YYYY-MM-DD` (the whole UTC day) or ISO 8601 UTC with milliseconds.
 */
export const ruleConditionSchema = z.strictObject({
  field: z.enum(fieldNames),
  operator: z.enum(operators),
  value: z.union([itemSchema, z.boolean(), z.null(), z.array(itemSchema).readonly()]),
});
export type RuleCondition = Readonly<z.infer<typeof ruleConditionSchema>>;
export type RuleValue = RuleCondition['value'];

export type RuleQuery = {
  readonly combinator: 'and' | 'or';
  /** True: the group holds where its rules do not. Absent means false. */
  readonly not?: boolean | undefined;
  readonly rules: readonly (RuleCondition | RuleQuery)[];
};

/** The shape of a checked rule, for the contract and for rows read back. */
export const ruleQuerySchema: z.ZodType<RuleQuery> = z.strictObject({
  combinator: z.enum(['and', 'or']),
  not: z.boolean().optional(),
  get rules() {
    return z.array(z.union([ruleConditionSchema, ruleQuerySchema])).readonly();
  },
});

export function isGroup(rule: RuleCondition | RuleQuery): rule is RuleQuery {
  return 'rules' in rule;
}
