/** What a plan costs and what holds it back: requests and minutes, guardrails, the group, and everybody left alone. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type PlanHead, skipReasons } from '../../../../shared/model/plan.ts';
import { useAsk } from '../../../host/ask.ts';
import { count, duration } from '../../../ui/format.ts';
import { GroupMark } from '../parts/marks.tsx';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: tokens.spacingHorizontalXL,
    margin: 0,
    fontVariantNumeric: 'tabular-nums',
  },
  term: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  fact: { margin: 0, display: 'flex', flexDirection: 'column' },
});

export function PlanFacts(props: { readonly head: PlanHead }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { head } = props;
  const { counts } = head;
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const guardrails = settings.data?.guardrails;
  const fact = (name: string, children: ReactNode) => (
    <div>
      <dt className={styles.term}>{name}</dt>
      <dd className={styles.fact}>{children}</dd>
    </div>
  );
  const protectedOnes =
    guardrails === undefined ? 0 : guardrails.protectedUsers.length + guardrails.protectedGroups.length;
  const window = guardrails?.maintenanceWindow ?? null;
  return (
    <dl className={styles.grid}>
      {fact(
        t('review.cost'),
        head.requests === 0
          ? t('review.noRequests')
          : t('review.requests', {
              count: head.requests,
              n: count(head.requests),
              time: duration(head.estimatedSeconds),
            }),
      )}
      {head.group !== null &&
        fact(
          t('review.group'),
          head.group.mode === 'create' ? (
            t('review.groupCreate', { name: head.group.name, type: t(`picker.${head.group.kind}`) })
          ) : (
            <GroupMark group={head.group} />
          ),
        )}
      {fact(
        t('review.guardrails'),
        <>
          <Text weight={counts.act > head.cap ? 'semibold' : 'regular'}>
            {t(counts.act > head.cap ? 'review.capOver' : 'review.capUnder', { cap: count(head.cap) })}
          </Text>
          {guardrails !== undefined && (
            <>
              <span>
                {protectedOnes === 0
                  ? t('review.protectedNone')
                  : t('review.protected', { count: protectedOnes, n: count(protectedOnes) })}
              </span>
              {head.origin !== 'undo' && head.origin !== 'retry' && (
                <span>
                  {guardrails.flapHours === 0 ? t('review.flapOff') : t('review.flap', { hours: guardrails.flapHours })}
                </span>
              )}
              {window !== null && <span>{t('review.maintenance', { from: window.from, to: window.to })}</span>}
            </>
          )}
        </>,
      )}
      {fact(
        t('review.reasonsTitle'),
        counts.skipped + counts.already === 0 ? (
          t('review.reasonsNone')
        ) : (
          <>
            {counts.already > 0 && <span>{t('review.reasonsAlready', { n: count(counts.already) })}</span>}
            {skipReasons.map((reason) => {
              const users = counts.reasons[reason] ?? 0;
              return users === 0 ? null : <span key={reason}>{`${count(users)} · ${t(`reason.${reason}`)}`}</span>;
            })}
          </>
        ),
      )}
    </dl>
  );
}
