/** When a connection syncs by itself, and why it waits longer when it does. */
import { Text } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { useSchedule } from '../../host/schedule.ts';
import { ago, exactTime } from '../../ui/format.ts';

export function NextSync(props: { readonly connection: Connection }): ReactElement | null {
  const { t } = useTranslation('connections');
  const { connection } = props;
  const { data } = useSchedule();
  const every = connection.syncEvery;
  if (every === null) return <Text size={200}>{t('fact.byHand')}</Text>;
  const mine = data?.connections.find((one) => one.connection === connection.name);
  if (data === undefined || mine === undefined || mine.running) return null;
  const held = data.holds.find(({ stops }) => stops === 'everything');
  if (held !== undefined) return <Text size={200}>{t(held.why === 'paused' ? 'fact.paused' : 'fact.nobody')}</Text>;
  const { nextAt, backOff } = mine;
  if (nextAt === null) return null;
  const due = Date.parse(nextAt) <= Date.now();
  return (
    <Text size={200} title={exactTime(nextAt)}>
      {backOff !== null
        ? t(due ? 'fact.retryDue' : 'fact.retry', { when: ago(nextAt), count: backOff.failures })
        : due
          ? t('fact.due')
          : t('fact.next', { when: ago(nextAt), count: every })}
    </Text>
  );
}
