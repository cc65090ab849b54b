/** The status bar's part about what happens by itself: the next sync, and the plans that wait for a person. */
import { Link } from '@fluentui/react-components';
import { ClipboardTaskRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../host/navigation.ts';
import { useSchedule } from '../../host/schedule.ts';
import { useScope } from '../../host/scope.ts';
import { ago, clockTime, count, exactTime } from '../../ui/format.ts';
import { usePart } from './parts.ts';

const day = 86_400_000;

export function NextSync(): ReactElement | null {
  const { t } = useTranslation('app');
  const scope = useScope((state) => state.connection);
  const { data } = useSchedule();
  if (data === undefined) return null;
  if (data.connections.every(({ every }) => every === null)) return null;
  const paused = data.holds.find(({ why }) => why === 'paused' || why === 'nobody');
  if (paused !== undefined) return <span>{t(paused.why === 'paused' ? 'status.paused' : 'status.nobody')}</span>;
  const [next] = data.connections
    .filter(({ connection }) => scope === null || connection === scope)
    .flatMap(({ nextAt }) => nextAt ?? [])
    .sort();
  if (next === undefined) return null;
  const left = Date.parse(next) - Date.now();
  return (
    <span title={exactTime(next)}>
      {left <= 0 ? t('status.due') : t('status.next', { when: left < day ? clockTime(next) : ago(next) })}
    </span>
  );
}

export function WaitingPlans(): ReactElement {
  const styles = usePart();
  const { t } = useTranslation('app');
  const { data } = useSchedule();
  const waiting = data?.pending.length ?? 0;
  const words = waiting === 0 ? '' : t('status.waits', { count: waiting, n: count(waiting) });
  // Always there, so that a screen reader hears the text change.
  return (
    <span role="status">
      {waiting > 0 && (
        <Link className={styles.link} href={hrefOf('actions')} appearance="subtle">
          <ClipboardTaskRegular className={styles.doubtful} aria-hidden />
          {words}
        </Link>
      )}
    </span>
  );
}
