/** Turns the list that is shown into a rule: the same users, whenever it is asked. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useTell } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { useScope } from '../../../host/scope.ts';
import { NameDialog } from './NameDialog.tsx';
import { placeAsQuery } from './placeAsQuery.ts';
import type { UserPlace } from './userPlace.ts';

export function SaveAsRule(props: { readonly place: UserPlace; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('users');
  const scope = useScope((state) => state.connection);
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const query = placeAsQuery(props.place, scope, rules.data ?? []);
  const add = useTell(
    (api, input: { readonly name: string; readonly query: unknown }) => api.rules.add(input),
    ['rules', 'journal'],
  );
  const save = (name: string) => {
    if (query === null) return;
    add.mutate({ name, query }, { onSuccess: (rule) => go('rules', { rule: rule.name }) });
  };
  return (
    <NameDialog
      title={t('rule.title')}
      text={t(query === null ? 'rule.nothing' : 'rule.text')}
      button={t('rule.button')}
      error={query === null ? t('rule.nothing') : add.error === null ? undefined : sentence(add.error)}
      onName={save}
      onClose={props.onClose}
    />
  );
}

function sentence(failure: { readonly message: string; readonly cure: string | null }): string {
  return [failure.message, failure.cure].filter((part) => part !== null).join(' ');
}
