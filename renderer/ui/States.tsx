/** The states that every view has besides its content: loading, empty, failed. One look and one wording for all. */
import { Body1, Button, makeStyles, Skeleton, SkeletonItem, Subtitle1, tokens } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../host/failure.ts';
import { writeClipboard } from './clipboard.ts';

const useStyles = makeStyles({
  center: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingVerticalXXXL,
    textAlign: 'center',
    maxWidth: '36rem',
    margin: '0 auto',
  },
  // A block, so that the words stand under the centred title; Fluent gives its texts an alignment of their own.
  plain: { display: 'block', width: '100%', margin: 0, textAlign: 'center', overflowWrap: 'anywhere' },
  icon: { fontSize: '40px', lineHeight: 1, color: tokens.colorNeutralForeground3 },
  row: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap', justifyContent: 'center' },
  details: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    textAlign: 'left',
    whiteSpace: 'pre-wrap',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    maxWidth: '100%',
    overflowWrap: 'anywhere',
  },
  skeleton: { display: 'grid', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL },
});

/** Teaches one next step. */
export function EmptyState(props: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.center}>
      {props.icon !== undefined && (
        <span className={styles.icon} aria-hidden>
          {props.icon}
        </span>
      )}
      <Subtitle1 as="h2" className={styles.plain}>
        {props.title}
      </Subtitle1>
      <Body1 as="p" className={styles.plain}>
        {props.text}
      </Body1>
      {props.action}
    </div>
  );
}

/** What happened, what to do, and the technical part one click away. */
export function ErrorState(props: { readonly failure: Failure; readonly again?: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<'yes' | 'refused' | null>(null);
  const { failure } = props;
  const details = JSON.stringify({ code: failure.code, field: failure.field, ...failure.facts }, null, 2);
  return (
    <div className={styles.center} role="alert">
      <Subtitle1 as="h2" className={styles.plain}>
        {t(failure.code === 'offline' ? 'error.offline' : 'error.title')}
      </Subtitle1>
      <Body1 as="p" className={styles.plain}>
        {failure.message}
      </Body1>
      {failure.cure !== null && (
        <Body1 as="p" className={styles.plain}>
          {failure.cure}
        </Body1>
      )}
      <div className={styles.row}>
        {props.again !== undefined && (
          <Button appearance="primary" onClick={props.again}>
            {t('error.again')}
          </Button>
        )}
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('error.details')}
        </Button>
      </div>
      {open && (
        <>
          <pre className={styles.details}>{details}</pre>
          <Button
            size="small"
            onClick={() => {
              writeClipboard(`${failure.message}\n${details}`).then(
                () => setCopied('yes'),
                () => setCopied('refused'),
              );
            }}
          >
            {t(copied === 'refused' ? 'copy.refused' : copied === null ? 'error.copy' : 'error.copied')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Nothing for 300 ms, then lines where the content will stand. */
export function Loading(props: { readonly lines?: number; readonly label: string }): ReactElement | null {
  const styles = useStyles();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div aria-busy="true" />;
  return (
    <Skeleton className={styles.skeleton} aria-label={props.label} aria-busy="true">
      {Array.from({ length: props.lines ?? 6 }, (_, line) => `line-${line}`).map((key) => (
        <SkeletonItem key={key} size={24} />
      ))}
    </Skeleton>
  );
}
