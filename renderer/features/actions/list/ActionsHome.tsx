/** The first page: what waits for a person, then the saved actions, then the runs. */
import { Button, Subtitle1, Subtitle2, Text } from '@fluentui/react-components';
import { AddRegular, FlashRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { useScope } from '../../../host/scope.ts';
import { count } from '../../../ui/format.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx';
import { usePage } from '../parts/page.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import { ActionTable } from './ActionTable.tsx';
import { Pending } from './Pending.tsx';
import { RunTable } from './RunTable.tsx';
import { Unfinished } from './Unfinished.tsx';

export function ActionsHome(): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const scope = useScope((state) => state.connection);
  const actions = useAsk(['actions'], (api) => api.actions.list());
  if (actions.error !== null && actions.data === undefined) {
    return <ErrorState failure={actions.error} again={() => void actions.refetch()} />;
  }
  if (actions.data === undefined) return <Loading label={t('list.table')} />;
  const shown = actions.data.filter((action) => scope === null || action.connection === scope);
  return (
    <div className={page.page}>
      <div className={page.head}>
        <Subtitle1 as="h2" className={page.title}>
          {t('list.count', { count: shown.length, n: count(shown.length) })}
        </Subtitle1>
        {scope !== null && actions.data.length > shown.length && (
          <Text className={page.quiet}>{t('list.otherConnection', { connection: scope })}</Text>
        )}
        {shown.length > 0 && (
          <span className={page.end}>
            <Button
              appearance="primary"
              icon={<AddRegular />}
              onClick={() => go('actions', { new: '1', from: 'rule' })}
            >
              {t('list.new')}
            </Button>
          </span>
        )}
      </div>
      <ReadOnlyNote />
      <Unfinished />
      <Pending connection={scope} />
      {shown.length === 0 ? <NoActions /> : <ActionTable actions={shown} />}
      <Subtitle2 as="h3" className={page.title}>
        {t('runs.title')}
      </Subtitle2>
      <RunTable connection={scope} />
    </div>
  );
}

/** Names the step that is really next: a connection, a rule, or the action itself. */
function NoActions(): ReactElement {
  const { t } = useTranslation('actions');
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const [text, word, open] =
    connections.data?.length === 0
      ? [t('list.noConnectionText'), t('list.noConnectionDo'), () => go('connections', { new: '1' })]
      : rules.data?.length === 0
        ? [t('list.noRulesText'), t('list.noRulesDo'), () => go('rules', { new: '1' })]
        : [t('list.emptyText'), t('list.new'), () => go('actions', { new: '1', from: 'rule' })];
  return (
    <EmptyState
      icon={<FlashRegular />}
      title={t('list.emptyTitle')}
      text={text}
      action={
        <Button appearance="primary" onClick={open}>
          {word}
        </Button>
      }
    />
  );
}
