/** What may follow a run: the failed users once more, and taking back what it did. Each is a plan, shown first. */
import { Button, Spinner, Text } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { inverseOf } from '../../../../shared/model/action.ts';
import type { Run } from '../../../../shared/model/run.ts';
import { useTell } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { hasEnded } from '../words.ts';

export function FailedCard(props: { readonly run: Run }): ReactElement | null {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { run } = props;
  const { failed } = run.counts;
  const plan = useTell((api, runId: string) => api.actions.planRetry({ runId }), ['plans', 'journal', 'actions']);
  if (failed === 0 || !hasEnded(run)) return null;
  const words = { count: failed, n: count(failed) };
  return (
    <section className={page.card} aria-label={t('run.failedTitle', words)}>
      <Text as="h3" weight="semibold" size={400} className={page.title}>
        {t('run.failedTitle', words)}
      </Text>
      <Text className={page.quiet}>{t(run.counts.succeeded === 0 ? 'run.failedAll' : 'run.failedText')}</Text>
      <Problem failure={plan.error} />
      <div className={page.row}>
        <Button
          appearance="primary"
          disabledFocusable={plan.isPending}
          onClick={() => plan.mutate(run.runId, { onSuccess: (head) => go('actions', { plan: head.planId }) })}
        >
          {t('run.retry', words)}
        </Button>
        {plan.isPending && <Spinner size="tiny" label={t('run.retryPlanning')} />}
      </div>
    </section>
  );
}

export function UndoCard(props: { readonly run: Run }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { run } = props;
  const plan = useTell((api, runId: string) => api.actions.planUndo({ runId }), ['plans', 'journal', 'actions']);
  const possible = inverseOf(run.kind) !== null && run.counts.succeeded > 0 && hasEnded(run);
  const text =
    inverseOf(run.kind) === null
      ? `undo.why.${run.kind}`
      : !hasEnded(run)
        ? 'undo.later'
        : run.counts.succeeded === 0
          ? 'undo.nobody'
          : 'undo.text';
  return (
    <section className={page.card} aria-label={t('undo.title')}>
      <Text as="h3" weight="semibold" size={400} className={page.title}>
        {t('undo.title')}
      </Text>
      <Text className={page.quiet}>
        {t(text)} {possible && run.origin === 'undo' && t('undo.isUndo')}
      </Text>
      <Problem failure={plan.error} />
      {possible && (
        <div className={page.row}>
          <Button
            disabledFocusable={plan.isPending}
            onClick={() => plan.mutate(run.runId, { onSuccess: (head) => go('actions', { plan: head.planId }) })}
          >
            {t('undo.do')}
          </Button>
          {plan.isPending && <Spinner size="tiny" label={t('undo.planning')} />}
        </div>
      )}
    </section>
  );
}
