/** A sync under way: how far, how long still, what it waits for. Screen readers hear it politely, not every page. */
import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncProgress as Progress } from '../../../shared/model/sync.ts';
import { count, duration } from '../../ui/format.ts';

const useStyles = makeStyles({
  box: { display: 'grid', gap: tokens.spacingVerticalXS, minWidth: 0 },
  text: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
  heard: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clip: 'rect(0 0 0 0)' },
});

/** How often a screen reader hears the latest state. */
const heardMs = 10_000;

export function SyncProgress(props: { readonly progress: Progress }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { progress } = props;
  const parts = [
    t(`progress.${progress.kind}`, { count: progress.users, users: count(progress.users) }),
    progress.pagesExpected === null
      ? t('progress.pages', { count: progress.pages, pages: count(progress.pages) })
      : t('progress.pagesOf', {
          pages: count(progress.pages),
          all: count(Math.max(progress.pages, progress.pagesExpected)),
        }),
    ...(progress.etaSeconds === null ? [] : [t('progress.eta', { time: duration(progress.etaSeconds) })]),
    ...(progress.waitingSeconds ? [t('progress.waiting', { seconds: progress.waitingSeconds })] : []),
    ...(progress.throttled > 0 ? [t('progress.throttled', { count: progress.throttled })] : []),
    ...(progress.resumed ? [t('progress.resumed')] : []),
  ];
  const text = parts.join(' · ');
  const latest = useRef(text);
  latest.current = text;
  const [heard, setHeard] = useState('');
  useEffect(() => {
    const timer = setInterval(() => setHeard(latest.current), heardMs);
    return () => clearInterval(timer);
  }, []);
  const share =
    progress.pagesExpected === null ? undefined : progress.pages / Math.max(progress.pages, progress.pagesExpected, 1);
  return (
    <div className={styles.box}>
      <ProgressBar
        thickness="large"
        aria-label={t('progress.label')}
        {...(share === undefined ? {} : { value: share })}
      />
      <Text size={200} className={styles.text}>
        {text}
      </Text>
      <span className={styles.heard} aria-live="polite">
        {heard}
      </span>
    </div>
  );
}
