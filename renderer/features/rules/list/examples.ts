/** Three rules that most desks end up with, ready to be opened and changed. */
import type { RuleQuery } from '../../../../shared/rules/schema.ts';

export type Example = { readonly key: string; readonly query: RuleQuery };

export const examples: readonly Example[] = [
  {
    key: 'urgent',
    query: {
      combinator: 'and',
      rules: [
        { field: 'riskLevel', operator: '=', value: 'high' },
        { field: 'riskState', operator: 'in', value: ['atRisk', 'confirmedCompromised'] },
        { field: 'lastUpdatedWithinDays', operator: '<=', value: 7 },
      ],
    },
  },
  {
    key: 'grouping',
    query: {
      combinator: 'and',
      rules: [
        { field: 'grouping', operator: 'in', value: ['Critical', 'High'] },
        { field: 'isDeleted', operator: '=', value: false },
      ],
    },
  },
  {
    key: 'stale',
    query: {
      combinator: 'and',
      rules: [
        { field: 'riskState', operator: '=', value: 'atRisk' },
        { field: 'lastUpdatedWithinDays', operator: '>', value: 30 },
        {
          combinator: 'or',
          not: true,
          rules: [{ field: 'isGuest', operator: '=', value: true }],
        },
      ],
    },
  },
];
