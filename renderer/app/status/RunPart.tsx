/** The run that goes on, or waits for a person, with the way to it. */
import { Link } from '@fluentui/react-components';
import { PauseCircleRegular, PlayCircleRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../host/ask.ts';
import { hrefOf } from '../../host/navigation.ts';
import { count, duration } from '../../ui/format.ts';
import { usePart } from './parts.ts';

export function RunPart(): ReactElement | null {
  const styles = usePart();
  const { t } = useTranslation(['app', 'actions']);
  const runs = useAsk(['runs', 'latest'], (api) => api.actions.runs({ limit: 1 }), { refetchInterval: 2_000 });
  const run = runs.data?.rows[0];
  if (run === undefined || run.state === 'completed' || run.state === 'cancelled') return null;
  const running = run.state === 'running';
  const Icon = running ? PlayCircleRegular : PauseCircleRegular;
  return (
    <Link className={styles.link} href={hrefOf('actions', { run: run.runId })} appearance="subtle">
      <Icon className={running ? undefined : styles.doubtful} aria-hidden />
      {t('status.run', {
        state: t(`actions:state.${run.state}`),
        action: t(`actions:kind.${run.kind}.name`),
        done: count(run.total - run.left),
        total: count(run.total),
      })}
      {run.etaSeconds === null ? '' : ` · ${t('status.eta', { time: duration(run.etaSeconds) })}`}
    </Link>
  );
}
