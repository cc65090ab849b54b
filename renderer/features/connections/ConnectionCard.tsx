/** One tenant in the list: how it is, how old its data is, and the sync at hand. */
import {
  Button,
  Card,
  Link,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  DeleteRegular,
  EditRegular,
  MoreHorizontalRegular,
  PauseRegular,
  PersonRegular,
  PersonSwapRegular,
  PlayRegular,
  ShieldCheckmarkRegular,
  StopRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { useTell } from '../../host/ask.ts';
import { coreWords } from '../../host/failure.ts';
import { hrefOf } from '../../host/navigation.ts';
import { ago, count, exactTime } from '../../ui/format.ts';
import { intervalBefore, rememberInterval } from './automatic.ts';
import { ExpiryNote } from './ExpiryNote.tsx';
import { Health, healthOf } from './Health.tsx';
import { NextSync } from './NextSync.tsx';
import { SignInNote } from './SignInNote.tsx';
import { SyncProgress } from './SyncProgress.tsx';
import { useSignIn, useSignInNews } from './useSignIn.ts';
import { useSync } from './useSync.ts';

export type Tab = 'sync' | 'access' | 'edit';

const useStyles = makeStyles({
  card: { maxWidth: '1200px', flexShrink: 0, gap: tokens.spacingVerticalM, minWidth: 0 },
  open: { outline: `2px solid ${tokens.colorBrandStroke1}` },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  names: { flexGrow: 1, minWidth: '200px', display: 'grid', gap: tokens.spacingVerticalXXS },
  name: { fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold, textAlign: 'start' },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  acts: { display: 'flex', gap: tokens.spacingHorizontalXS },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    alignItems: 'center',
  },
  danger: { color: tokens.colorStatusDangerForeground1 },
});

export function ConnectionCard(props: {
  readonly connection: Connection;
  readonly open: boolean;
  readonly onOpen: (tab: Tab) => void;
  readonly onRemove: () => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { connection } = props;
  const sync = useSync(connection.name);
  const { state } = sync;
  const word = healthOf(connection, state);
  const pace = useTell(
    (api, syncEvery: number | null) => api.connections.update({ name: connection.name, change: { syncEvery } }),
    ['connections', 'sync', 'schedule'],
  );
  const signIn = useSignIn();
  const signOut = useTell(
    (api) => api.connections.signOut({ name: connection.name }),
    ['connections', 'sync', 'journal', 'host'],
  );
  const account = connection.signIn?.account ?? null;
  const last = state?.last ?? null;
  useSignInNews(connection, last);
  const titleId = `connection-title-${connection.id}`;

  return (
    <Card
      className={mergeClasses(styles.card, props.open && styles.open)}
      role="group"
      aria-labelledby={titleId}
      data-connection={connection.name}
    >
      <div className={styles.head}>
        <div className={styles.names}>
          <Subtitle2 as="h3" id={titleId} style={{ margin: 0 }}>
            <Link
              as="button"
              appearance="subtle"
              className={styles.name}
              aria-expanded={props.open}
              onClick={() => props.onOpen('sync')}
            >
              {connection.name}
            </Link>
          </Subtitle2>
          <Text size={200} className={styles.quiet}>
            {connection.tenant} · {t(`cloud.${connection.cloud}`)} ·{' '}
            {account !== null
              ? t('place.account', { account })
              : t(`place.${connection.credential.place}`, { reference: connection.credential.reference ?? '' })}
          </Text>
        </div>
        <div className={styles.acts}>
          {state?.running ? (
            <Button icon={<StopRegular />} onClick={sync.stop} disabledFocusable={sync.stopping}>
              {t(sync.stopping ? 'act.stopping' : 'act.stop')}
            </Button>
          ) : (
            <Button icon={<ArrowSyncRegular />} onClick={() => sync.start()} disabledFocusable={sync.starting}>
              {t(sync.starting ? 'act.starting' : 'act.sync')}
            </Button>
          )}
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button
                appearance="subtle"
                icon={<MoreHorizontalRegular />}
                aria-label={t('act.more', { name: connection.name })}
              />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem icon={<ArrowSyncRegular />} onClick={() => sync.start({ full: true })}>
                  {t('act.full')}
                </MenuItem>
                {connection.syncEvery === null ? (
                  <MenuItem icon={<PlayRegular />} onClick={() => pace.mutate(intervalBefore(connection))}>
                    {t('act.resume', { count: intervalBefore(connection) })}
                  </MenuItem>
                ) : (
                  <MenuItem
                    icon={<PauseRegular />}
                    onClick={() => {
                      rememberInterval(connection);
                      pace.mutate(null);
                    }}
                  >
                    {t('act.pause')}
                  </MenuItem>
                )}
                <MenuDivider />
                <MenuItem icon={<ShieldCheckmarkRegular />} onClick={() => props.onOpen('access')}>
                  {t('act.test')}
                </MenuItem>
                <MenuItem icon={<EditRegular />} onClick={() => props.onOpen('edit')}>
                  {t('act.edit')}
                </MenuItem>
                {connection.signIn !== null && (
                  <MenuItem icon={<PersonSwapRegular />} onClick={() => void signIn.start(connection.name)}>
                    {t(account === null ? 'signIn.first' : 'act.signInOther')}
                  </MenuItem>
                )}
                {connection.signIn !== null && connection.signIn.kept !== null && (
                  <MenuItem icon={<PersonRegular />} onClick={() => signOut.mutate(undefined)}>
                    {t('act.signOut')}
                  </MenuItem>
                )}
                <MenuDivider />
                <MenuItem
                  className={styles.danger}
                  icon={<DeleteRegular className={styles.danger} />}
                  onClick={props.onRemove}
                >
                  {t('act.remove')}
                </MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </div>
      </div>
      <SignInNote connection={connection} signIn={signIn} />
      <ExpiryNote connection={connection} onEdit={() => props.onOpen('edit')} />
      {state?.running && <SyncProgress progress={state.running} />}
      <div className={styles.facts}>
        <Health word={word} />
        <Text size={200} title={exactTime(state?.dataAsOf ?? null)}>
          {state?.dataAsOf ? t('fact.asOf', { when: ago(state.dataAsOf) }) : t('fact.noData')}
        </Text>
        {last !== null && (
          <Link href={hrefOf('users', { connection: connection.name })}>
            {t('fact.users', { count: last.users, users: count(last.users) })}
          </Link>
        )}
        {connection.signIn?.needed && connection.syncEvery !== null ? (
          <Text size={200}>{t('fact.waitsSignIn')}</Text>
        ) : (
          <NextSync connection={connection} />
        )}
      </div>
      {!state?.running && last !== null && !last.complete && !connection.signIn?.needed && (
        <MessageBar intent={word === 'failed' ? 'error' : word === 'stopped' ? 'info' : 'warning'} layout="multiline">
          <MessageBarBody>
            {last.message === null
              ? `${t('fact.incomplete')} ${t('fact.kept')}`
              : coreWords(last.errorCode, last.message)}
          </MessageBarBody>
        </MessageBar>
      )}
      {(sync.failure ?? pace.error) !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {(sync.failure ?? pace.error)?.message} {(sync.failure ?? pace.error)?.cure}
          </MessageBarBody>
        </MessageBar>
      )}
    </Card>
  );
}
