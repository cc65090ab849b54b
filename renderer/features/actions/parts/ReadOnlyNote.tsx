/** Says once, at the top, that nothing will be sent and why; buttons that would send stay visible and say the same. */
import { Link, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../host/navigation.ts';
import { useRefusal } from '../refusal.ts';

export function ReadOnlyNote(): ReactElement | null {
  const { t } = useTranslation('actions');
  const refusal = useRefusal();
  if (refusal === null) return null;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('readOnly.title')}</MessageBarTitle>
        {refusal.text} {t('readOnly.may')}
      </MessageBarBody>
      {refusal.setting && (
        <MessageBarActions>
          <Link href={hrefOf('settings', { section: 'guardrails' })}>{t('readOnly.open')}</Link>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
