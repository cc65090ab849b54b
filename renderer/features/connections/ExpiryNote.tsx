/** That a secret or a certificate ends soon, or has ended, with the way to a new one. Silent while it is far off. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { longDay } from '../../ui/format.ts';
import { expiryOf } from './expiry.ts';

const intents = { soon: 'info', close: 'warning', last: 'warning', over: 'error' } as const;

export function ExpiryNote(props: {
  readonly connection: Connection;
  readonly onEdit: () => void;
}): ReactElement | null {
  const { t } = useTranslation('connections');
  const { place, expiresAt } = props.connection.credential;
  const expiry = expiryOf(expiresAt, Date.now());
  if (expiry === null || expiry.word === 'fine' || expiresAt === null) return null;
  const { word, days } = expiry;
  const what = place === 'certificate' ? 'certificate' : 'secret';
  const title =
    word === 'over'
      ? t(`expiry.${what}.over`, { day: longDay(expiresAt) })
      : word === 'last'
        ? t(`expiry.${what}.last`, { day: longDay(expiresAt) })
        : t(`expiry.${what}.in`, { count: days, day: longDay(expiresAt) });
  return (
    <MessageBar intent={intents[word]} layout="auto">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {t(`expiry.${what}.cure`)}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={props.onEdit}>{t(`expiry.${what}.act`)}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
