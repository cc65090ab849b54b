/** How far the run is, and the ways to hold it: pause, resume, cancel. Says what has been done by then. */
import { Button, ProgressBar, Spinner, Text } from '@fluentui/react-components';
import { PauseRegular, PlayRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../../shared/model/run.ts';
import { useAsk, useTell } from '../../../host/ask.ts';
import { coreWords } from '../../../host/failure.ts';
import { count, duration } from '../../../ui/format.ts';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';
import { isVerdict } from '../form/Verdicts.tsx';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { SendButton } from '../parts/SendButton.tsx';
import { doneOf, hasEnded, isUnfinished } from '../words.ts';

export function Progress(props: { readonly run: Run }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { run } = props;
  const [asking, setAsking] = useState(false);
  const pause = useTell((api, runId: string) => api.actions.pause({ runId }), ['runs', 'journal']);
  const resume = useTell((api, runId: string) => api.actions.resume({ runId }), ['runs', 'journal']);
  const cancel = useTell((api, runId: string) => api.actions.cancel({ runId }), ['runs', 'journal']);
  const done = doneOf(run);
  const running = run.state === 'running';
  const words = { count: run.total, done: count(done), total: count(run.total) };
  return (
    <section className={page.card} aria-label={t('steps.watch')}>
      <div className={page.head}>
        <Text size={500} weight="semibold" className={page.figures}>
          {t('run.progress', words)}
        </Text>
        {running && !cancel.isPending && (
          <Text className={page.quiet}>
            {run.etaSeconds === null ? t('run.noEta') : t('run.eta', { time: duration(run.etaSeconds) })}
          </Text>
        )}
      </div>
      <ProgressBar
        aria-label={t('run.progress', words)}
        thickness="large"
        value={run.total === 0 ? 1 : done / run.total}
        color={colourOf(run)}
      />
      {/* Heard in tenths only: a screen reader that reads every user out is of no use. */}
      <span role="status" className={page.unseen}>
        {t('run.announce', {
          state: t(`state.${run.state}`),
          done: count(running ? Math.floor((done * 10) / Math.max(1, run.total)) * Math.floor(run.total / 10) : done),
          total: words.total,
        })}
      </span>
      <Breakdown run={run} />
      <Waiting run={run} />
      <Text className={page.quiet}>
        {run.message !== null && run.state !== 'interrupted' && `${coreWords(null, run.message)} `}
        {t(`run.stateText.${run.state}`)}
      </Text>
      <Problem failure={pause.error ?? resume.error ?? cancel.error} />
      {!hasEnded(run) && (
        <div className={page.row}>
          {running && !pause.isPending && !cancel.isPending && (
            <Button icon={<PauseRegular />} onClick={() => pause.mutate(run.runId)}>
              {t('run.pause')}
            </Button>
          )}
          {(pause.isPending || cancel.isPending) && (
            <Spinner size="tiny" label={t(cancel.isPending ? 'run.cancelling' : 'run.pausing')} />
          )}
          {isUnfinished(run) && (
            <SendButton icon={<PlayRegular />} busy={resume.isPending} onSend={() => resume.mutate(run.runId)}>
              {t('run.resume')}
            </SendButton>
          )}
          {!cancel.isPending && <Button onClick={() => setAsking(true)}>{t('run.cancel')}</Button>}
        </div>
      )}
      {asking && (
        <Modal title={t('run.cancelTitle')} onClose={() => setAsking(false)}>
          <Text>{t('run.cancelDone')}</Text>
          <Breakdown run={run} />
          <Text>{t('run.cancelText', { count: run.left, n: count(run.left) })}</Text>
          <ModalActions>
            <Button onClick={() => setAsking(false)}>{t('run.cancelKeep')}</Button>
            <Button
              appearance="primary"
              onClick={() => {
                setAsking(false);
                cancel.mutate(run.runId);
              }}
            >
              {t('run.cancelDo')}
            </Button>
          </ModalActions>
        </Modal>
      )}
    </section>
  );
}

function colourOf(run: Run): 'brand' | 'success' | 'warning' | 'error' {
  if (run.state === 'stopped') return 'error';
  if (run.state !== 'completed') return 'brand';
  if (run.counts.failed + run.counts.unknown === 0) return 'success';
  return run.counts.succeeded + run.counts.already === 0 ? 'error' : 'warning';
}

const outcomes = ['succeeded', 'already', 'skipped', 'failed', 'unknown'] as const;

/** What has been done by now, in numbers: "240 done, 10 left alone, 362 waiting". */
function Breakdown(props: { readonly run: Run }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { counts, left } = props.run;
  const parts = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => t(`outcomeCount.${outcome}`, { n: count(counts[outcome]) }));
  if (left > 0) parts.push(t('outcomeCount.planned', { n: count(left) }));
  return (
    <Text block weight="semibold" className={page.figures} data-breakdown>
      {parts.join(' · ')}
    </Text>
  );
}

/** While Graph asks for patience, nothing moves: that is said, and that it goes on. */
function Waiting(props: { readonly run: Run }): ReactElement | null {
  const { t } = useTranslation('actions');
  const { connection, kind, state } = props.run;
  const budget = useAsk(['sync', 'budget'], (api) => api.sync.budget(), {
    refetchInterval: state === 'running' ? 1_000 : false,
  });
  const workload = isVerdict(kind) ? 'identity-protection' : 'directory';
  const now = budget.data?.find((one) => one.connection === connection && one.workload === workload);
  if (state !== 'running' || now?.mode !== 'waiting') return null;
  return <Text>{t('run.throttled', { seconds: now.waitingSeconds ?? 0 })}</Text>;
}
