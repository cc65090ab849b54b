/** Whether an action is planned by itself, what that means, and what the last sync came to for it. */
import { Switch, Text, Tooltip } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../../shared/model/action.ts';
import { useTell } from '../../../host/ask.ts';
import { useSchedule } from '../../../host/schedule.ts';
import { ago, exactTime } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';

export function PendingSwitch(props: { readonly action: Action }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { action } = props;
  const { data } = useSchedule();
  const tell = useTell(
    (api, automatic: boolean) => api.actions.update({ name: action.name, change: { automatic } }),
    ['actions', 'schedule', 'journal'],
  );
  const check = data?.checks.find((one) => one.action === action.name);
  const every = data?.connections.find(({ connection }) => connection === action.connection)?.every ?? null;
  const said = !action.automatic
    ? null
    : !action.enabled
      ? t('automatic.disabled')
      : every === null && data !== undefined
        ? t('automatic.noInterval')
        : check === undefined
          ? t('automatic.notYet')
          : t(`automatic.check.${check.outcome}`);
  return (
    <>
      <Tooltip relationship="description" content={t('automatic.help')}>
        <Switch
          checked={action.automatic}
          disabled={tell.isPending}
          aria-label={t('automatic.label', { name: action.name })}
          onChange={(_, { checked }) => tell.mutate(checked)}
        />
      </Tooltip>
      {said !== null && (
        <Text
          as="p"
          size={200}
          className={page.quiet}
          style={{ margin: 0, display: 'block' }}
          title={check === undefined ? undefined : [check.message, exactTime(check.at)].filter(Boolean).join(' · ')}
        >
          {said}
          {check !== undefined && action.enabled && every !== null && ` · ${ago(check.at)}`}
        </Text>
      )}
      <Problem failure={tell.error} />
    </>
  );
}
