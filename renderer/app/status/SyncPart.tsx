/** How old the data is and whether it is whole, always; and beside it how far a sync is that runs now. */
import { Link, ProgressBar } from '@fluentui/react-components';
import { CheckmarkCircleRegular, CloudOffRegular, HistoryRegular, WarningRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../host/navigation.ts';
import { ago, count, duration, exactTime } from '../../ui/format.ts';
import type { SyncSummary } from '../syncSummary.ts';
import { usePart } from './parts.ts';
import { NextSync } from './SchedulePart.tsx';

/** "Synced 2 minutes ago, complete": one sentence for eyes and for a screen reader. */
export function useDataWords(): (summary: SyncSummary) => string {
  const { t } = useTranslation('app');
  return ({ asOf, begun, offline, complete }) =>
    asOf === null
      ? t(offline ? 'status.neverOffline' : begun ? 'status.partial' : 'status.never')
      : [
          t('status.synced', { when: ago(asOf) }),
          t(offline ? 'status.offline' : complete ? 'status.complete' : 'status.incomplete'),
        ].join(', ');
}

export function SyncPart({ summary }: { readonly summary: SyncSummary }): ReactElement {
  const styles = usePart();
  const { t } = useTranslation('app');
  const words = useDataWords();
  const { running, runningCount, asOf, offline, complete } = summary;
  const [Icon, tone] = offline
    ? [CloudOffRegular, styles.doubtful]
    : asOf === null
      ? [HistoryRegular, undefined]
      : complete
        ? [CheckmarkCircleRegular, styles.good]
        : [WarningRegular, styles.doubtful];
  return (
    <>
      <span className={styles.part}>
        <Link
          className={styles.link}
          href={hrefOf('connections')}
          appearance="subtle"
          {...(asOf === null ? {} : { title: t('status.asOf', { when: exactTime(asOf) }) })}
        >
          <Icon className={tone} aria-hidden />
          {words(summary)}
        </Link>
      </span>
      {running === null && <NextSync />}
      {running !== null && (
        <span className={styles.part}>
          <ProgressBar
            className={styles.progress}
            aria-label={t('status.progress')}
            {...(running.pagesExpected === null
              ? {}
              : { value: running.pages / Math.max(1, running.pages, running.pagesExpected) })}
          />
          <Link className={styles.link} href={hrefOf('connections')} appearance="subtle">
            {[
              t('status.syncing', { users: count(running.users) }),
              runningCount > 1 ? t('status.connections', { count: runningCount }) : null,
              running.etaSeconds ? t('status.eta', { time: duration(running.etaSeconds) }) : null,
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </Link>
        </span>
      )}
    </>
  );
}
