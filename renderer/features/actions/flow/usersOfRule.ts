/** The address of the users that a plan of a rule is made from: the rule, its connection, and the days asked for. */
import { hrefOf } from '../../../host/navigation.ts';

export function usersOfRule(of: {
  readonly rule: string;
  readonly connection: string;
  readonly days: number | null;
}): string {
  const { rule, connection, days } = of;
  const within = { combinator: 'and', rules: [{ field: 'lastUpdatedWithinDays', operator: '<=', value: days }] };
  return hrefOf('users', { rule, connection, ...(days === null ? {} : { filter: JSON.stringify(within) }) });
}
