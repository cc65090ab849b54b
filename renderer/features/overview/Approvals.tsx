/** Plans that wait for a person, said on the first page, with the way to them. */
import { Link, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../host/navigation.ts';
import { useSchedule } from '../../host/schedule.ts';
import { count } from '../../ui/format.ts';

export function Approvals(props: { readonly scope: string | null }): ReactElement | null {
  const { t } = useTranslation('overview');
  const { data } = useSchedule();
  const pending = (data?.pending ?? []).filter(({ connection }) => props.scope === null || connection === props.scope);
  if (pending.length === 0) return null;
  const users = pending.reduce((sum, { counts }) => sum + counts.act, 0);
  return (
    <MessageBar intent="info">
      <MessageBarBody>
        {t('approvals.text', { count: pending.length, n: count(pending.length) })}{' '}
        {t('approvals.users', { count: users, users: count(users) })}
      </MessageBarBody>
      <MessageBarActions>
        <Link href={hrefOf('actions')}>{t('approvals.open')}</Link>
      </MessageBarActions>
    </MessageBar>
  );
}
