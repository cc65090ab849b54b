/**
 * Plans that the schedule made and that wait for a person, first thing on the page: whom they touch, why they were made, how
 * long they still count. Approving goes by the review like any other plan; rejecting is here.
 */
import { Subtitle2, Text } from '@fluentui/react-components';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomaticPlan } from '../../../../shared/model/schedule.ts';
import { useAsk } from '../../../host/ask.ts';
import { useSchedule } from '../../../host/schedule.ts';
import { ago, count, exactTime } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { PendingCard } from './PendingCard.tsx';
import { PendingHolds } from './PendingHolds.tsx';
import { RejectDialog } from './PendingReject.tsx';

/** `connection`: the one that the window looks at; null for all. */
export function Pending(props: { readonly connection: string | null }): ReactElement | null {
  const page = usePage();
  const { t } = useTranslation('actions');
  const schedule = useSchedule();
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const [rejecting, setRejecting] = useState<AutomaticPlan | null>(null);
  const box = useRef<HTMLElement>(null);
  const state = schedule.data;
  if (state === undefined) {
    return <Problem failure={schedule.error} again={() => void schedule.refetch()} />;
  }
  const ours = ({ connection }: { readonly connection: string }) =>
    props.connection === null || connection === props.connection;
  const pending = state.pending.filter(ours);
  const queue = state.queue.filter(ours);
  const gone = state.recent.filter(ours).find(({ state: now }) => now === 'expired' || now === 'failed');
  const checks = state.checks.filter(ours);
  const scheduled = state.connections.some(({ every }) => every !== null);
  // Nobody has made anything automatic: there is nothing to say here, but that it is paused.
  if (pending.length + queue.length + checks.length === 0 && !scheduled) return null;
  const checked = checks
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return (
    <section ref={box} tabIndex={-1} aria-labelledby="pending-title" style={{ display: 'grid', gap: '12px' }}>
      <div className={page.head}>
        <Subtitle2 as="h3" id="pending-title" className={page.title}>
          {t('pending.title', { n: count(pending.length) })}
        </Subtitle2>
        <span className={page.unseen} role="status">
          {pending.length === 0 ? '' : t('pending.heard', { count: pending.length, n: count(pending.length) })}
        </span>
        <PendingHolds state={state} />
      </div>
      <Problem failure={schedule.error} again={() => void schedule.refetch()} />
      {pending.map((plan) => (
        <PendingCard
          key={plan.planId}
          plan={plan}
          query={rules.data?.find(({ name }) => name === plan.rule)?.query ?? null}
          onReject={() => setRejecting(plan)}
        />
      ))}
      {queue.map((plan) => (
        <PendingCard
          key={plan.planId}
          plan={plan}
          query={rules.data?.find(({ name }) => name === plan.rule)?.query ?? null}
          onReject={() => setRejecting(plan)}
        />
      ))}
      {pending.length + queue.length === 0 && (
        <Text className={page.quiet}>
          {t('pending.none')}{' '}
          {checked !== undefined && (
            <span title={exactTime(checked)}>{t('pending.checked', { when: ago(checked) })}</span>
          )}
        </Text>
      )}
      {gone !== undefined && (
        <Text className={page.quiet} title={exactTime(gone.decidedAt ?? gone.expiresAt)}>
          {t(`pending.last.${gone.state === 'failed' ? 'failed' : 'expired'}`, {
            action: gone.action,
            when: ago(gone.decidedAt ?? gone.expiresAt),
          })}
        </Text>
      )}
      {rejecting !== null && (
        <RejectDialog
          plan={rejecting}
          onClose={() => {
            setRejecting(null);
            // The card that had the focus may be gone.
            requestAnimationFrame(() => box.current?.focus());
          }}
        />
      )}
    </section>
  );
}
