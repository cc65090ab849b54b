/** The first sync, watched from where it was started. It goes on by itself when the analyst looks elsewhere. */
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { coreWords } from '../../../host/failure.ts';
import { count, duration } from '../../../ui/format.ts';
import { SyncProgress } from '../SyncProgress.tsx';
import { useSync } from '../useSync.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function FirstSync(props: {
  readonly connection: string;
  readonly onDone: (view: 'overview' | 'users') => void;
  readonly onLeave: () => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const sync = useSync(props.connection);
  const { state } = sync;
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: started once, when this is first shown
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    sync.start({ full: true });
  }, []);
  const running = state?.running ?? null;
  const last = running === null && !sync.starting ? (state?.last ?? null) : null;
  return (
    <div className={styles.box}>
      {running === null && last === null && sync.failure === null && <Text>{t('first.starting')}</Text>}
      {running !== null && (
        <>
          <SyncProgress progress={running} />
          <Text>{t('first.goesOn')}</Text>
        </>
      )}
      <div role="status">
        {last?.complete && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t('first.done', { count: last.users, users: count(last.users) })}</MessageBarTitle>
              {t('first.took', { time: duration(last.durationMs / 1_000), count: last.requests })}
            </MessageBarBody>
          </MessageBar>
        )}
        {last !== null && !last.complete && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>
                {t('first.incomplete', { count: last.users, users: count(last.users) })}
              </MessageBarTitle>
              {last.message === null ? t('fact.kept') : coreWords(last.errorCode, last.message)}
            </MessageBarBody>
          </MessageBar>
        )}
        {sync.failure !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              {sync.failure.message} {sync.failure.cure}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={styles.row}>
        {(last !== null || sync.failure !== null) && !last?.complete && (
          <Button appearance="primary" onClick={() => sync.start()}>
            {t('first.goOn')}
          </Button>
        )}
        <Button appearance={last?.complete ? 'primary' : 'secondary'} onClick={() => props.onDone('overview')}>
          {t('first.overview')}
        </Button>
        <Button onClick={() => props.onDone('users')}>{t('first.users')}</Button>
        {running !== null && (
          <Button onClick={sync.stop} disabledFocusable={sync.stopping}>
            {t(sync.stopping ? 'act.stopping' : 'act.stop')}
          </Button>
        )}
        <Button appearance="subtle" onClick={props.onLeave}>
          {t('first.connections')}
        </Button>
      </div>
    </div>
  );
}
