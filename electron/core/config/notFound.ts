/** "There is no rule X" with the names that exist, so that a typo is seen at once. */
import { RiskdeskError } from '../../../shared/model/errors.ts';

export function notFound(
  what: 'connection' | 'rule' | 'action',
  name: string,
  names: readonly string[],
): RiskdeskError {
  const known =
    names.length === 0
      ? `There is none yet: add one first.`
      : `Use one of: ${names.slice(0, 10).join(', ')}${names.length > 10 ? `, and ${names.length - 10} more` : ''}.`;
  return new RiskdeskError('not-found', `There is no ${what} "${name}".`, { field: what, cure: known });
}
