/** On the review of a plan that the schedule made: that it waits for approval, or what has become of it. */
import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSchedule } from '../../../host/schedule.ts';
import { ago } from '../../../ui/format.ts';

export function PendingNote(props: { readonly planId: string }): ReactElement | null {
  const { t } = useTranslation('actions');
  const { data } = useSchedule();
  const plan = [...(data?.pending ?? []), ...(data?.queue ?? []), ...(data?.recent ?? [])].find(
    ({ planId }) => planId === props.planId,
  );
  // A plan that ran is told of by the page itself.
  if (plan === undefined || plan.state === 'ran') return null;
  const open = plan.state === 'waiting' || plan.state === 'queued';
  return (
    <MessageBar intent={open ? 'info' : 'warning'} layout="multiline">
      <MessageBarBody>
        {t(`pending.note.${plan.state}`, {
          when: ago(plan.decidedAt ?? plan.expiresAt),
          until: ago(plan.expiresAt),
          who: plan.decidedBy ?? '',
        })}
        {plan.state === 'rejected' && plan.reason !== null && ` ${plan.reason}`}
      </MessageBarBody>
    </MessageBar>
  );
}
