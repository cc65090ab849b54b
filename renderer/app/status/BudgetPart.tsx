/** How fast Graph may be asked now: the tightest of the connections in scope, and for how long nothing is sent. */
import { HourglassRegular, TopSpeedRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestBudget } from '../../../shared/model/sync.ts';
import { useAsk } from '../../host/ask.ts';
import { useScope } from '../../host/scope.ts';
import { usePart } from './parts.ts';

/** Higher is tighter. */
const rank = { free: 0, paced: 1, waiting: 2 } as const;

function tightest(all: readonly RequestBudget[], scope: string | null): RequestBudget | null {
  const scoped = all.filter((one) => scope === null || one.connection === scope);
  return scoped.reduce<RequestBudget | null>((found, one) => {
    if (found === null || rank[one.mode] > rank[found.mode]) return one;
    if (rank[one.mode] < rank[found.mode]) return found;
    const slower =
      (one.requestsPerSecond ?? Number.POSITIVE_INFINITY) < (found.requestsPerSecond ?? Number.POSITIVE_INFINITY);
    return slower || (one.waitingSeconds ?? 0) > (found.waitingSeconds ?? 0) ? one : found;
  }, null);
}

export function BudgetPart(): ReactElement | null {
  const styles = usePart();
  const { t, i18n } = useTranslation('app');
  const scope = useScope((state) => state.connection);
  const budget = useAsk(['sync', 'budget'], (api) => api.sync.budget(), { refetchInterval: 2_000 });
  const now = tightest(budget.data ?? [], scope);
  if (now === null) return null;
  const { mode, requestsPerSecond, waitingSeconds, workload, connection } = now;
  const rate =
    requestsPerSecond === null
      ? ''
      : new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(requestsPerSecond);
  const Icon = mode === 'waiting' ? HourglassRegular : TopSpeedRegular;
  return (
    <span
      className={styles.part}
      data-budget={mode}
      title={t(`budget.${mode}Help`, { connection, part: t(`budget.${workload}`) })}
    >
      <Icon className={mode === 'waiting' ? styles.doubtful : undefined} aria-hidden />
      {t(`budget.${mode}`, { rate, seconds: waitingSeconds ?? 0 })}
    </span>
  );
}
