/** Runs that were cut short or paused, offered for resume where nobody can miss them; after a crash this comes first. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../../shared/model/run.ts';
import { useAsk, useTell } from '../../../host/ask.ts';
import { coreWords } from '../../../host/failure.ts';
import { go } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { SendButton } from '../parts/SendButton.tsx';
import { doneOf, isUnfinished, useWords } from '../words.ts';

export function Unfinished(): ReactElement | null {
  const { t } = useTranslation('actions');
  const runs = useAsk(['runs', 'recent'], (api) => api.actions.runs({ limit: 100 }), { refetchInterval: 5_000 });
  const open = (runs.data?.rows ?? []).filter((run) => run.state === 'running' || isUnfinished(run));
  if (open.length === 0) return null;
  return (
    <section aria-label={t('unfinished.title')} style={{ display: 'grid', gap: '8px' }}>
      {open.map((run) => (
        <One key={run.runId} run={run} />
      ))}
    </section>
  );
}

function One(props: { readonly run: Run }): ReactElement {
  const { t } = useTranslation('actions');
  const words = useWords();
  const { run } = props;
  const resume = useTell(
    async (api, runId: string) => {
      const resumed = await api.actions.resume({ runId });
      go('actions', { run: runId });
      return resumed;
    },
    ['runs', 'journal'],
  );
  const { unknown } = run.counts;
  return (
    <>
      <MessageBar
        intent={run.state === 'stopped' ? 'error' : run.state === 'running' ? 'info' : 'warning'}
        layout="multiline"
      >
        <MessageBarBody>
          <MessageBarTitle>{t(`unfinished.${run.state}`, { what: words.title(run) })}</MessageBarTitle>{' '}
          {run.state === 'stopped' && run.message !== null && coreWords(null, run.message)}{' '}
          {t('unfinished.progress', { done: count(doneOf(run)), total: count(run.total), left: count(run.left) })}{' '}
          {unknown > 0 && t('unfinished.unknown', { count: unknown, n: count(unknown) })}
        </MessageBarBody>
        <MessageBarActions>
          {run.state !== 'running' && (
            <SendButton size="small" busy={resume.isPending} onSend={() => resume.mutate(run.runId)}>
              {t('unfinished.resume')}
            </SendButton>
          )}
          <Button size="small" onClick={() => go('actions', { run: run.runId })}>
            {t('unfinished.look')}
          </Button>
        </MessageBarActions>
      </MessageBar>
      <Problem failure={resume.error} />
    </>
  );
}
