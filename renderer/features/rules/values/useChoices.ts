/** What a field's values may be: Microsoft's members with their labels, what the cache holds besides, the connections. */

import { type Grouping, groupings, riskDetails, riskLevels, riskStates } from '../../../../shared/model/riskyUser.ts';
import type { FieldType } from '../../../../shared/rules/fields.ts';
import { useAsk } from '../../../host/ask.ts';
import { detailLabel, groupingLabel, levelLabel, stateLabel } from '../../../ui/words.ts';

export type Choice = { readonly value: string; readonly label: string; readonly tone: Grouping | null };

/** Microsoft's stand-in for members to come: possible, and never what one looks for first. */
const future = 'unknownFutureValue';

export function useChoices(type: FieldType, present: readonly string[]): readonly Choice[] {
  const cached = useAsk(['scores', 'terms'], (api) => api.scores.histogram({}), {
    enabled: type === 'level' || type === 'state',
  });
  const connections = useAsk(['connections'], (api) => api.connections.list(), { enabled: type === 'connection' });
  if (type === 'grouping') return groupings.map((tone) => ({ value: tone, label: groupingLabel(tone), tone }));
  const list = (values: readonly string[], label: (value: string) => string): readonly Choice[] =>
    [...new Set([...values, ...present])]
      .sort((one, other) => Number(one === future) - Number(other === future))
      .map((value) => ({ value, label: label(value), tone: null }));
  switch (type) {
    case 'level':
      return list([...[...riskLevels].reverse(), ...Object.keys(cached.data?.levels ?? {})], levelLabel);
    case 'state':
      return list([...[...riskStates].reverse(), ...Object.keys(cached.data?.states ?? {})], stateLabel);
    case 'detail':
      return list(riskDetails, (value) => (value === 'none' ? `${detailLabel(value)} (none)` : detailLabel(value)));
    default:
      return list(
        (connections.data ?? []).map((connection) => connection.name),
        (name) => name,
      );
  }
}
