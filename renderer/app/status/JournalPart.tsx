/** Whether the action log is as it was written. Checked a while after the start and then now and then. */
import { Link } from '@fluentui/react-components';
import { ErrorCircleFilled, ShieldCheckmarkRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../host/ask.ts';
import { hrefOf } from '../../host/navigation.ts';
import { ago, count } from '../../ui/format.ts';
import { usePart } from './parts.ts';

/** The first numbers of the window come before this. */
const afterMs = 3_000;
const everyMs = 15 * 60_000;

export function JournalPart(): ReactElement | null {
  const styles = usePart();
  const { t } = useTranslation('app');
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs);
    return () => clearTimeout(timer);
  }, []);
  const check = useAsk(['host', 'journal-chain'], (api) => api.journal.verify(), {
    enabled: due,
    refetchInterval: everyMs,
  });
  if (check.data === undefined) return null;
  const { intact, entries, firstBad } = check.data;
  const when = ago(new Date(check.dataUpdatedAt).toISOString());
  return (
    <Link
      className={styles.link}
      href={hrefOf('journal')}
      appearance="subtle"
      title={t(intact ? 'journal.intactHelp' : 'journal.alteredHelp', { n: count(entries), when })}
    >
      {intact ? (
        <ShieldCheckmarkRegular className={styles.good} aria-hidden />
      ) : (
        <ErrorCircleFilled className={styles.bad} aria-hidden />
      )}
      {intact ? t('journal.intact') : t('journal.altered', { n: count(firstBad ?? 0) })}
    </Link>
  );
}
