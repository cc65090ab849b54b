/** A sign-in under way: where to go, how long it waits, how to cancel; or why it came to nothing. */
import {
  Button,
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duration } from '../../ui/format.ts';
import { CopyButton } from './Copy.tsx';
import type { SignIn } from './useSignIn.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: 0,
    outlineStyle: 'none',
  },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  address: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    maxWidth: '100%',
    minWidth: 0,
  },
  head: { justifyContent: 'flex-start' },
});

function useSecondsLeft(until: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((Date.parse(until) - now) / 1_000));
}

export function SignInStatus(props: { readonly signIn: SignIn }): ReactElement | null {
  const { t } = useTranslation('connections');
  const { now, cancel } = props.signIn;
  switch (now.state) {
    case 'idle':
    case 'done':
      return null;
    case 'starting':
      return <Spinner size="tiny" label={t('signIn.starting')} style={{ justifyContent: 'flex-start' }} />;
    case 'failed':
      return (
        <MessageBar intent={now.failure.code === 'cancelled' ? 'warning' : 'error'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('signIn.failed')}</MessageBarTitle>
            {now.failure.message} {now.failure.cure}
          </MessageBarBody>
        </MessageBar>
      );
    case 'waiting':
      return <Waiting address={now.address} opened={now.opened} until={now.until} onCancel={cancel} />;
  }
}

function Waiting(props: {
  readonly address: string;
  readonly opened: boolean;
  readonly until: string;
  readonly onCancel: () => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const left = useSecondsLeft(props.until);
  const box = useRef<HTMLElement>(null);
  // Into view, and next in the order of the keys: it is what the person has to do now.
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} tabIndex={-1} className={styles.box} aria-label={t('signIn.waiting')}>
      <Spinner size="tiny" label={t('signIn.waiting')} className={styles.head} />
      <Text role="status">{t(props.opened ? 'signIn.opened' : 'signIn.notOpened')}</Text>
      <Text className={styles.address} title={props.address}>
        {props.address}
      </Text>
      <div className={styles.row}>
        <CopyButton text={props.address} label={t('signIn.copy')} words={t('signIn.copy')} />
        <Link href={props.address} target="_blank" rel="noreferrer noopener">
          {t('signIn.here')} <OpenRegular aria-hidden />
        </Link>
      </div>
      <div className={styles.row}>
        <Text size={200}>{t('signIn.left', { time: duration(left) })}</Text>
        <Button size="small" onClick={props.onCancel}>
          {t('signIn.cancel')}
        </Button>
      </div>
    </section>
  );
}
