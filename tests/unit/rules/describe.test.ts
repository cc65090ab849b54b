/** The English sentence of a rule: exact words, and no two meanings. */
import { describe, expect, it } from 'vitest';
import { checkQuery } from '../../../shared/rules/check.ts';
import { describeQuery } from '../../../shared/rules/describe.ts';
import { vocabulary } from './arbitraries.ts';

function sentence(raw: unknown): string {
  const result = checkQuery(raw, vocabulary);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return describeQuery(result.query);
}

const high = { field: 'riskLevel', operator: '=', value: 'high' };
const guest = { field: 'isGuest', operator: '=', value: true };
const scored = { field: 'score', operator: '<=', value: 375 };
const group = (combinator: string, rules: readonly unknown[], not = false) => ({ combinator, not, rules });

describe('the sentence of a condition', () => {
  it.each([
    ['grouping', 'any in', 'Critical,High', 'Aggregate score grouping is any of Critical, High'],
    ['grouping', 'not in', 'Critical', 'Aggregate score grouping is none of Critical'],
    ['score', '!=', 375, 'Score is not 375'],
    ['score', 'between', [1, 2], 'Score is between 1 and 2'],
    ['aggregateScore', 'not between', [1, 2], 'Aggregate score is not between 1 and 2'],
    ['aggregateScore', '>=', 500, 'Aggregate score is at least 500'],
    ['score', 'null', null, 'Score is empty'],
    ['displayName', 'notNull', null, 'Display name is not empty'],
    ['displayName', 'contains', 'say "hi" and go', 'Display name contains "say \\"hi\\" and go"'],
    ['userPrincipalName', 'doesNotEndWith', '@contoso.com', 'User principal name does not end with "@contoso.com"'],
    ['riskState', '=', 'atRisk', 'Risk state is At risk'],
    ['riskDetail', '=', 'none', 'Risk detail is "-"'],
    ['riskLevel', '=', 'critical and worse', 'Risk level is "critical and worse"'],
    ['connection', '!=', 'contoso', 'Connection is not "Contoso"'],
    ['lastUpdatedWithinDays', '<=', 7, 'Last updated is within 7 days'],
    ['lastUpdatedWithinDays', '>', 1, 'Last updated is more than 1 day ago'],
    ['lastUpdatedWithinDays', '!=', 7, 'Last updated is not within 7 days'],
    ['riskLastUpdatedDateTime', '<', '2026-11-01', 'Last updated is before 2026-11-01'],
    ['lastChanged', '>=', '2026-11-01T10:00Z', 'Last changed here is not earlier than 2026-11-01 10:00 UTC'],
    ['firstSeen', '<=', '2026-11-01T10:00:05.5Z', 'First seen here is not later than 2026-11-01 10:00:05.500 UTC'],
    ['isDeleted', '=', true, 'User is deleted'],
    ['isDeleted', '!=', true, 'User is not deleted'],
    ['isGuest', '=', false, 'User is not a guest'],
  ])('%s %s %j', (field, operator, value, expected) => {
    expect(sentence({ field, operator, value })).toBe(expected);
  });

  it('counts long lists', () => {
    const many = Array.from({ length: 12 }, (_, at) => at);
    expect(sentence({ field: 'score', operator: 'in', value: many })).toBe(
      'Score is any of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more',
    );
  });
});

describe('the sentence of groups', () => {
  it.each([
    [group('and', [high, scored]), 'Risk level is High and score is at most 375'],
    [
      group('and', [high, group('or', [scored, guest])]),
      'Risk level is High and (score is at most 375 or user is a guest)',
    ],
    [
      group('or', [high, group('and', [scored, guest], true)]),
      'Risk level is High or not (score is at most 375 and user is a guest)',
    ],
    [group('or', [high, scored], true), 'Not (risk level is High or score is at most 375)'],
    [group('and', [high], true), 'Not (risk level is High)'],
    [group('and', [group('or', [high, scored])], true), 'Not (risk level is High or score is at most 375)'],
    // Groups of one add no parentheses, but must not swallow those of what they hold.
    [
      group('and', [high, group('and', [group('or', [scored, guest])])]),
      'Risk level is High and (score is at most 375 or user is a guest)',
    ],
    [group('and', [group('or', [group('and', [high])])]), 'Risk level is High'],
    [
      group('and', [high, group('or', [group('or', [guest], true)], true)]),
      'Risk level is High and not (not (user is a guest))',
    ],
  ])('case %#', (raw, expected) => {
    expect(sentence(raw)).toBe(expected);
  });
});
