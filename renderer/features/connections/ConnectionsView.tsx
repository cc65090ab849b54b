/** Connections: the tenants that Riskdesk reads, how each one is, and the way to connect one. */
import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { AddRegular, PlugConnectedRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { useAsk } from '../../host/ask.ts';
import { go, usePlace } from '../../host/navigation.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx';
import { ConnectionCard, type Tab } from './ConnectionCard.tsx';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { Wizard } from './wizard/Wizard.tsx';

/** Where list and panel no longer fit side by side. */
const narrow = '@container connections (max-width: 920px)';

const useStyles = makeStyles({
  root: { containerType: 'inline-size', containerName: 'connections', height: '100%' },
  sides: { display: 'flex', height: '100%', minHeight: 0 },
  list: {
    flexGrow: 1,
    minWidth: 0,
    overflowY: 'auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
  },
  behind: { [narrow]: { display: 'none' } },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    maxWidth: '1200px',
  },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3, flexGrow: 1 },
  panel: {
    width: '500px',
    flexShrink: 0,
    minWidth: 0,
    overflowY: 'auto',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    [narrow]: { width: '100%', borderLeft: 'none' },
  },
});

export function ConnectionsView(): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { params } = usePlace();
  const list = useAsk(['connections'], (api) => api.connections.list());
  const [tab, setTab] = useState<Tab>('sync');
  const [removing, setRemoving] = useState<Connection | null>(null);

  if (params.new === '1') return <Wizard connections={list.data ?? []} />;
  if (list.data === undefined) {
    return list.error === null ? (
      <Loading label={t('title')} />
    ) : (
      <ErrorState failure={list.error} again={() => void list.refetch()} />
    );
  }
  const add = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => go('connections', { new: '1' })}>
      {t('act.add')}
    </Button>
  );
  if (list.data.length === 0) {
    return <EmptyState icon={<PlugConnectedRegular />} title={t('empty.title')} text={t('empty.text')} action={add} />;
  }
  const open = list.data.find((one) => one.name === params.connection) ?? null;
  const close = () => {
    go('connections');
    if (open !== null) focusCard(open.name);
  };
  return (
    <div className={styles.root}>
      <div className={styles.sides}>
        <section className={`${styles.list} ${open === null ? '' : styles.behind}`} aria-label={t('title')}>
          <div className={styles.head}>
            <Title3 as="h2" className={styles.title}>
              {t('title')}
            </Title3>
            <Text className={styles.quiet}>{t('count', { count: list.data.length })}</Text>
            {add}
          </div>
          {list.data.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              open={connection.id === open?.id}
              onOpen={(wanted) => {
                setTab(wanted);
                go('connections', { connection: connection.name });
              }}
              onRemove={() => setRemoving(connection)}
            />
          ))}
        </section>
        {open !== null && (
          <aside className={styles.panel} aria-label={t('panel.label', { name: open.name })}>
            <ConnectionPanel
              key={open.id}
              connection={open}
              others={list.data.filter((one) => one.id !== open.id).map((one) => one.name)}
              tab={tab}
              onTab={setTab}
              onClose={close}
              onRemove={() => setRemoving(open)}
            />
          </aside>
        )}
      </div>
      {removing !== null && <RemoveDialog connection={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

/** Back to where the panel was opened from. */
function focusCard(name: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-connection="${CSS.escape(name)}"] h3 button`)?.focus();
  });
}
