/** What the core says of the query at hand: what is wrong with it, its sentence, and whom it means. */

import type { QueryCheck, RuleTest } from '../../../../shared/contract/rules.ts';
import type { Histogram } from '../../../../shared/contract/scores.ts';
import { useAsk } from '../../../host/ask.ts';
import type { Failure } from '../../../host/failure.ts';
import { useLanguage } from '../../../i18n/i18n.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { combined } from '../model/query.ts';

export type Matches = {
  readonly check: QueryCheck | undefined;
  /** The query that the numbers below are of, as the window links to it; null while there is none to count. */
  readonly counted: unknown;
  /** The exceptions could not be counted in: with them the query is larger than a rule may be. */
  readonly withoutExceptions: boolean;
  readonly test: RuleTest | undefined;
  readonly histogram: Histogram | undefined;
  /** The numbers shown are still those of the query before. */
  readonly stale: boolean;
  readonly failure: Failure | null;
  readonly again: () => void;
};

/** `text` is the query's JSON; `exceptions` are the queries of the excepted rules. */
export function useMatches(text: string, exceptions: readonly unknown[], days: number | null): Matches {
  const settled = useSettled(text);
  const query: unknown = JSON.parse(settled);
  const language = useLanguage((state) => state.language);
  const check = useAsk(['rules', 'check', settled, language], (api) => api.rules.check({ query, language }));
  const fresh = !check.isPlaceholderData && settled === text;
  const sound = check.data !== undefined && !check.isPlaceholderData && check.data.problems.length === 0;
  const whole = combined(query, exceptions, days);
  const counted = whole ?? combined(query, [], days) ?? query;
  const key = JSON.stringify(counted);
  const test = useAsk(['users', 'matching', key], (api) => api.rules.test({ query: counted }), { enabled: sound });
  const histogram = useAsk(
    ['scores', 'matching', key],
    (api) => api.scores.histogram({ filter: { query: counted }, by: 'aggregateScore' }),
    {
      enabled: sound,
    },
  );
  return {
    check: check.data,
    counted: sound ? counted : null,
    withoutExceptions: whole === null && exceptions.length > 0,
    test: test.data,
    histogram: histogram.data,
    stale: !fresh || test.isPlaceholderData,
    failure: check.error ?? (sound ? test.error : null),
    again: () => {
      void check.refetch();
      if (sound) void test.refetch();
    },
  };
}
