/** Whether closing the window ends Riskdesk: a switch for the desktop application alone, saved at once. */
import { Field, Switch } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '../../../host/ask.ts';

export function Background(props: { readonly stored: boolean }): ReactElement {
  const { t } = useTranslation('settings');
  const tell = useTell(
    (api, value: boolean) => api.settings.set({ key: 'window.background', value }),
    ['settings', 'journal'],
  );
  const failure = tell.error === null ? undefined : `${tell.error.message} ${tell.error.cure ?? ''}`;
  return (
    <Field
      hint={t('window.backgroundHint')}
      {...(failure === undefined ? {} : { validationState: 'error', validationMessage: failure })}
    >
      <Switch
        checked={tell.isPending ? tell.variables : props.stored}
        label={t('window.background')}
        onChange={(_, { checked }) => tell.mutate(checked)}
      />
    </Field>
  );
}
