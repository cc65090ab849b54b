/** Why nothing happens by itself just now, in words, and the switch that a person has: pause and go on. */
import { Button, Text } from '@fluentui/react-components';
import { PauseRegular, PlayRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleHold, ScheduleState } from '../../../../shared/model/schedule.ts';
import { useTell } from '../../../host/ask.ts';
import { ago, exactTime } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';

export function PendingHolds(props: { readonly state: ScheduleState }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { holds } = props.state;
  const paused = holds.some(({ why }) => why === 'paused');
  const pause = useTell(
    (api, want: boolean) => (want ? api.schedule.pause({}) : api.schedule.resume()),
    ['schedule', 'journal'],
  );
  const words = (hold: ScheduleHold): string => {
    switch (hold.why) {
      case 'paused':
        return hold.reason === null
          ? t('pending.hold.paused', { who: hold.who, when: ago(hold.since) })
          : t('pending.hold.pausedFor', { who: hold.who, when: ago(hold.since), reason: hold.reason });
      case 'elsewhere':
        return t('pending.hold.elsewhere', { pid: hold.pid, host: hold.host });
      case 'nobody':
        return t('pending.hold.nobody');
      case 'read-only':
        return t('pending.hold.readOnly');
      case 'maintenance':
        return t('pending.hold.maintenance', { until: hold.until });
    }
  };
  return (
    <>
      {holds.map((hold) => (
        <Text
          key={hold.why}
          size={200}
          className={page.quiet}
          title={hold.why === 'paused' ? exactTime(hold.since) : undefined}
        >
          {words(hold)}
        </Text>
      ))}
      <span className={page.end}>
        <Button
          size="small"
          appearance={paused ? 'primary' : 'subtle'}
          icon={paused ? <PlayRegular /> : <PauseRegular />}
          disabledFocusable={pause.isPending}
          onClick={() => pause.mutate(!paused)}
        >
          {t(paused ? 'pending.resume' : 'pending.pause')}
        </Button>
      </span>
      <Problem failure={pause.error} />
    </>
  );
}
