/** What stands where a view broke: that nothing is lost, what had been typed, and the details for whoever mends it. */
import { Button, makeStyles, Subtitle1, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { ErrorCircleRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../host/ask.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import type { Typed } from './typed.ts';

const useStyles = makeStyles({
  page: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    maxWidth: '44rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXL}`,
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  icon: { fontSize: '40px', color: tokens.colorStatusDangerForeground1 },
  title: { margin: 0 },
  row: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  typed: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    '& dt': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
    '& dd': { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  },
  details: {
    margin: 0,
    maxHeight: '40vh',
    overflow: 'auto',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

function detailsOf(error: unknown, where: string, version: string): string {
  const words = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return [`Riskdesk ${version}`, location.hash.split('?')[0] ?? '', words, where.trim()].filter(Boolean).join('\n');
}

export function CrashScreen(props: {
  readonly error: unknown;
  readonly where: string;
  readonly typed: readonly Typed[];
  readonly onAgain: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const host = useAsk(['host'], (api) => api.host.info());
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<'details' | 'typed' | null>(null);
  const details = detailsOf(props.error, props.where, host.data?.version ?? '');
  const copy = (what: 'details' | 'typed', text: string) => void writeClipboard(text).then(() => setCopied(what));
  return (
    <div className={styles.page} role="alert">
      <ErrorCircleRegular className={styles.icon} aria-hidden />
      <Subtitle1 as="h2" className={styles.title}>
        {t('crash.title')}
      </Subtitle1>
      <Text>{t('crash.text')}</Text>
      <div className={styles.row}>
        <Button appearance="primary" onClick={props.onAgain}>
          {t('crash.again')}
        </Button>
        <Button onClick={() => location.reload()}>{t('crash.reload')}</Button>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('error.details')}
        </Button>
        <Button onClick={() => copy('details', details)}>
          {t(copied === 'details' ? 'error.copied' : 'error.copy')}
        </Button>
      </div>
      {props.typed.length > 0 && (
        <>
          <Subtitle2 as="h3" className={styles.title}>
            {t('crash.typed')}
          </Subtitle2>
          <dl className={styles.typed}>
            {props.typed.map(({ label, text }) => [
              <dt key={`${label}-label`}>{label}</dt>,
              <dd key={label}>{text}</dd>,
            ])}
          </dl>
          <div className={styles.row}>
            <Button onClick={() => copy('typed', props.typed.map(({ label, text }) => `${label}: ${text}`).join('\n'))}>
              {t(copied === 'typed' ? 'error.copied' : 'crash.copyTyped')}
            </Button>
          </div>
        </>
      )}
      {open && <pre className={styles.details}>{details}</pre>}
    </div>
  );
}
