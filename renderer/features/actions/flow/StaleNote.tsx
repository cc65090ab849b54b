/** Says that a plan may be out of date, and every reason for it, with the way to a new one. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanHead } from '../../../../shared/model/plan.ts';
import { useAsk } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { ago, exactTime } from '../../../ui/format.ts';
import { usePage } from '../parts/page.ts';
import { whyStale } from './staleness.ts';

export function StaleNote(props: { readonly head: PlanHead; readonly planAgain: string | null }): ReactElement | null {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { head, planAgain } = props;
  const actions = useAsk(['actions'], (api) => api.actions.list());
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const syncs = useAsk(['sync', 'all'], (api) => api.sync.state());
  const reasons = whyStale(head, {
    actions: actions.data,
    connections: connections.data?.map((one) => one.name),
    dataAsOf: syncs.data?.find((state) => state.connection === head.connection)?.dataAsOf ?? null,
    now: Date.now(),
  });
  if (reasons.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('stale.title')}</MessageBarTitle>
        <ul className={page.list}>
          {reasons.map((reason) => (
            <li key={reason.why} {...('at' in reason ? { title: exactTime(reason.at) } : {})}>
              {t(`stale.${reason.why}`, 'at' in reason ? { when: ago(reason.at) } : reason)}
            </li>
          ))}
        </ul>
      </MessageBarBody>
      {planAgain !== null && (
        <MessageBarActions>
          <Button size="small" onClick={() => go('actions', { action: planAgain })}>
            {t('review.again')}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
