/** One run from its first request to its undo: live progress, outcomes by name, what was read back, what to do next. */
import { Link, Text } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inverseOf } from '../../../../shared/model/action.ts';
import type { Run } from '../../../../shared/model/run.ts';
import { queryClient, useAsk, useWatch } from '../../../host/ask.ts';
import { hrefOf } from '../../../host/navigation.ts';
import { CopyText } from '../../../ui/CopyText.tsx';
import { ago, exactTime } from '../../../ui/format.ts';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { RunStateMark } from '../parts/marks.tsx';
import { usePage } from '../parts/page.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import { canBeReadBack, hasEnded, useWords } from '../words.ts';
import { FailedCard, UndoCard } from './NextCards.tsx';
import { Outcomes } from './Outcomes.tsx';
import { Progress } from './Progress.tsx';
import { type FlowStep, StepRow } from './StepRow.tsx';
import { VerifyCard } from './VerifyCard.tsx';

export function RunPage(props: { readonly runId: string }): ReactElement {
  const { t } = useTranslation('actions');
  const { runId } = props;
  const run = useAsk(['runs', 'one', runId], (api) => api.actions.status({ runId }));
  const state = run.data?.state ?? null;
  // Opened anew each time the run begins to run: the stream ends when it stops.
  useWatch(
    state === 'running' ? `run ${runId}` : null,
    (api, signal) => api.actions.watch({ runId }, { signal }),
    (latest: Run) => {
      queryClient.setQueryData(['runs', 'one', runId], latest);
      if (latest.state !== 'running') void queryClient.invalidateQueries({ queryKey: ['runs'] });
    },
  );
  if (run.data === undefined) {
    return run.error === null ? (
      <Loading label={t('steps.watch')} />
    ) : (
      <>
        <Link href={hrefOf('actions')} style={{ display: 'block', padding: '16px 20px' }}>
          ‹ {t('crumb')}
        </Link>
        <ErrorState failure={run.error} again={() => void run.refetch()} />
      </>
    );
  }
  return <Shown run={run.data} />;
}

/** Where the run stands in the checklist, and whether that step is behind it. */
function standing(run: Run): { readonly now: FlowStep; readonly settled: boolean } {
  if (!hasEnded(run)) return { now: 'watch', settled: false };
  const { verified, pending, notApplied } = run.verification;
  const readBack = verified === run.counts.succeeded && pending === 0 && notApplied === 0;
  return { now: 'verified', settled: !canBeReadBack(run.kind) || readBack };
}

function Shown(props: { readonly run: Run }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const words = useWords();
  const { run } = props;
  // A run that was watched to its end, however short, is read back by itself; an old one only when asked.
  const [watched] = useState(run.finishedAt === null || Date.now() - Date.parse(run.finishedAt) < 60_000);
  const without: FlowStep[] = [];
  const nobody = hasEnded(run) && run.counts.succeeded === 0;
  if (!canBeReadBack(run.kind) || nobody) without.push('verified');
  if (inverseOf(run.kind) === null || nobody) without.push('undo');
  const { now, settled } = standing(run);
  return (
    <div className={page.page}>
      <Crumbs title={words.title(run)}>
        <span className={page.row}>
          <RunStateMark run={run} />
          <Text className={page.quiet}>
            {[run.action, run.origin === 'action' ? null : t(`origin.${run.origin}`), run.connection]
              .filter((part) => part !== null)
              .join(' · ')}
            {' · '}
            <span title={exactTime(run.startedAt)}>{t('run.started', { when: ago(run.startedAt) })}</span>
            {run.finishedAt !== null && (
              <span title={exactTime(run.finishedAt)}>, {t('run.finished', { when: ago(run.finishedAt) })}</span>
            )}
          </Text>
        </span>
        <span className={page.row}>
          <Link href={hrefOf('actions', { plan: run.planId })}>{t('run.seePlan')}</Link>
          <Link href={hrefOf('journal', { run: run.runId })}>{t('run.log')}</Link>
          {run.parentRunId !== null && (
            <Link href={hrefOf('actions', { run: run.parentRunId })}>{t('run.parent')}</Link>
          )}
          <Text size={200} className={page.quiet}>
            {t('run.id', { id: run.runId })}
          </Text>
          <CopyText text={run.runId} what={t('run.id', { id: '' })} />
        </span>
      </Crumbs>
      <StepRow
        now={now}
        settled={settled}
        without={without}
        links={{ review: hrefOf('actions', { plan: run.planId }) }}
      />
      <ReadOnlyNote />
      <Progress run={run} />
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))', gap: '12px' }}>
        <FailedCard run={run} />
        <VerifyCard run={run} byItself={watched} />
        <UndoCard run={run} />
      </div>
      <Outcomes run={run} />
    </div>
  );
}
