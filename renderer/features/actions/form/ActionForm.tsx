/**
 * Makes or changes a saved action. What is wrong is said beside the field as it is typed; what is missing only once
 * somebody tried to save, and then in words next to the button. Nothing typed is lost by an error.
 */
import { Button, Link, Text } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { useSelection } from '../../../host/selection.ts';
import { count } from '../../../ui/format.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { usePage } from '../parts/page.ts';
import { ActionFields } from './ActionFields.tsx';

/** `name`: the action to change; null for a new one, which may start with a rule. */
export function ActionForm(props: { readonly name: string | null; readonly rule: string | null }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const actions = useAsk(['actions'], (api) => api.actions.list());
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const failure = actions.error ?? rules.error ?? connections.error;
  if (actions.data === undefined || rules.data === undefined || connections.data === undefined) {
    return failure === null ? (
      <Loading label={t('form.newTitle')} />
    ) : (
      <ErrorState
        failure={failure}
        again={() => void Promise.all([actions.refetch(), rules.refetch(), connections.refetch()])}
      />
    );
  }
  const present = props.name === null ? null : actions.data.find((action) => action.name === props.name);
  if (present === undefined) {
    return (
      <EmptyState
        title={t('form.gone', { name: props.name })}
        text=""
        action={<Button onClick={() => go('actions')}>{t('form.goneDo')}</Button>}
      />
    );
  }
  if (connections.data.length === 0 || rules.data.length === 0) {
    const noConnection = connections.data.length === 0;
    return (
      <EmptyState
        title={t('form.newTitle')}
        text={t(noConnection ? 'list.noConnectionText' : 'list.noRulesText')}
        action={
          <Button appearance="primary" onClick={() => go(noConnection ? 'connections' : 'rules', { new: '1' })}>
            {t(noConnection ? 'list.noConnectionDo' : 'list.noRulesDo')}
          </Button>
        }
      />
    );
  }
  return (
    <div className={page.page}>
      <Crumbs title={present === null ? t('form.newTitle') : t('form.editTitle', { name: present.name })} />
      {present === null && <SelectionHint />}
      <ActionFields
        present={present}
        rule={props.rule}
        actions={actions.data}
        rules={rules.data.map((rule) => rule.name)}
        connections={connections.data.map((connection) => connection.name)}
        defaultCap={settings.data?.guardrails.cap ?? 200}
      />
    </div>
  );
}

/** Somebody who picked users and came here by another way is not left searching for them. */
function SelectionHint(): ReactElement | null {
  const { t } = useTranslation('actions');
  const picked = useSelection((selection) => selection.ids.length);
  if (picked === 0) return null;
  return (
    <Text>
      {t('form.insteadSelection', { count: picked, n: count(picked) })}{' '}
      <Link as="button" onClick={() => go('actions', { new: '1' }, { replace: true })}>
        {t('form.insteadSelectionDo')}
      </Link>
    </Text>
  );
}
