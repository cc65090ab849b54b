/**
 * Whether the log is as it was written. Checked when the log opens and on demand; a break is said in red, with what it
 * means and what to do. What the check cannot see is said too.
 */
import {
  Button,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ErrorCircleFilled, QuestionCircleRegular, ShieldCheckmarkRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../host/ask.ts';
import { ago, count } from '../../ui/format.ts';

const useStyles = makeStyles({
  surface: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, maxWidth: '420px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  intact: { color: tokens.colorStatusSuccessForeground1 },
  broken: {
    color: tokens.colorStatusDangerForeground1,
    backgroundColor: tokens.colorStatusDangerBackground1,
    ':hover': { color: tokens.colorStatusDangerForeground1 },
  },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** `onGoTo` shows the entry of that number. */
export function ChainBadge(props: { readonly onGoTo: (seq: number) => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const [open, setOpen] = useState(false);
  const check = useAsk(['host', 'journal-chain'], (api) => api.journal.verify());
  const found = check.data;
  if (check.isFetching && found === undefined) {
    return <Spinner size="extra-tiny" label={t('chain.checking')} />;
  }
  const bad = found !== undefined && !found.intact;
  const word =
    found === undefined
      ? t('chain.unknown')
      : found.intact
        ? t('chain.intact', { count: found.entries, n: count(found.entries) })
        : t('chain.broken', { n: count(found.firstBad ?? 0) });
  const icon =
    found === undefined ? (
      <QuestionCircleRegular />
    ) : bad ? (
      <ErrorCircleFilled />
    ) : (
      <ShieldCheckmarkRegular className={styles.intact} />
    );
  return (
    <Popover withArrow trapFocus open={open} onOpenChange={(_, change) => setOpen(change.open)}>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={icon} {...(bad ? { className: styles.broken } : {})}>
          {word}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t('chain.title')}>
        <Text weight="semibold">{t('chain.title')}</Text>
        {check.error !== null && <Text>{`${check.error.message} ${check.error.cure ?? ''}`}</Text>}
        {bad && (
          <>
            <Text>{found.problem}</Text>
            <Text>{t('chain.brokenText', { n: count(found.firstBad ?? 0) })}</Text>
          </>
        )}
        {found?.intact && (
          <>
            <Text>{t('chain.intactText')}</Text>
            {found.cleaned > 0 && <Text>{t('chain.cleaned', { count: found.cleaned, n: count(found.cleaned) })}</Text>}
            <Text size={200} className={styles.quiet}>
              {t('chain.limit')}
            </Text>
          </>
        )}
        <div className={styles.row}>
          <Button disabledFocusable={check.isFetching} onClick={() => void check.refetch()}>
            {t('chain.again')}
          </Button>
          {bad && found.firstBad !== null && (
            <Button
              onClick={() => {
                setOpen(false);
                props.onGoTo(found.firstBad ?? 1);
              }}
            >
              {t('chain.goTo')}
            </Button>
          )}
          <Text size={200} className={styles.quiet} role="status">
            {check.isFetching
              ? t('chain.checking')
              : t('chain.checked', { when: ago(new Date(check.dataUpdatedAt).toISOString()) })}
          </Text>
        </div>
      </PopoverSurface>
    </Popover>
  );
}
