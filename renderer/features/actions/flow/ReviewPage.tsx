/**
 * Review and confirm: who the plan touches and how, who is left alone and why, what it costs, and then one button that
 * says what it does. Undo and retry come by here too.
 */
import { Button, Link, MessageBar, MessageBarActions, MessageBarBody, Text } from '@fluentui/react-components';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inverseOf } from '../../../../shared/model/action.ts';
import type { PlanHead } from '../../../../shared/model/plan.ts';
import { useAsk } from '../../../host/ask.ts';
import { go, hrefOf } from '../../../host/navigation.ts';
import { ago, exactTime } from '../../../ui/format.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx';
import { isVerdict, Verdicts } from '../form/Verdicts.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { usePage } from '../parts/page.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import { useWords } from '../words.ts';
import { ConfirmPanel } from './ConfirmPanel.tsx';
import { PendingNote } from './PendingNote.tsx';
import { PlanFacts } from './PlanFacts.tsx';
import { PlanSteps } from './PlanSteps.tsx';
import { StaleNote } from './StaleNote.tsx';
import { StepRow } from './StepRow.tsx';
import { usersOfRule } from './usersOfRule.ts';

export function ReviewPage(props: { readonly planId: string }): ReactElement {
  const { t } = useTranslation('actions');
  const { planId } = props;
  const plan = useAsk(['plans', planId], (api) => api.actions.getPlan({ planId }));
  if (plan.data === undefined) {
    return plan.error === null ? (
      <Loading label={t('steps.review')} />
    ) : (
      <>
        <Link href={hrefOf('actions')} style={{ display: 'block', padding: '16px 20px' }}>
          ‹ {t('crumb')}
        </Link>
        <ErrorState failure={plan.error} again={() => void plan.refetch()} />
      </>
    );
  }
  return <Review head={plan.data} />;
}

/** Nothing for a saved action, whose name says it. */
function originWords({ origin }: PlanHead, t: (key: string) => string): string | null {
  switch (origin) {
    case 'action':
      return null;
    case 'undo':
      return t('review.undoOf');
    case 'retry':
      return t('review.retryOf');
    case 'selection':
      return t('origin.selection');
  }
}

function Review(props: { readonly head: PlanHead }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const words = useWords();
  const { head } = props;
  const [confirming, setConfirming] = useState(false);
  const goOn = useRef<HTMLButtonElement>(null);
  const back = () => {
    setConfirming(false);
    requestAnimationFrame(() => goOn.current?.focus());
  };
  const runs = useAsk(['runs', 'recent'], (api) => api.actions.runs({ limit: 100 }));
  const used = runs.data?.rows.find((run) => run.planId === head.planId);
  const { act } = head.counts;
  const planAgain = head.action !== null && head.origin === 'action' ? head.action : null;
  const parent = head.parentRunId;
  return (
    <div className={page.page}>
      <Crumbs title={words.doing(head, act)}>
        <Text className={page.quiet}>
          {[
            head.action,
            originWords(head, t),
            head.connection,
            head.origin === 'action'
              ? head.days === null
                ? t('review.allTime')
                : t('review.days', { count: head.days, n: head.days })
              : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
          {' · '}
          <span title={exactTime(head.createdAt)}>{t('review.planned', { when: ago(head.createdAt) })}</span>
          {head.rule !== null && (
            <>
              {' · '}
              <Link href={usersOfRule({ rule: head.rule, connection: head.connection, days: head.days })}>
                {t('review.openUsers')}
              </Link>
            </>
          )}
          {parent !== null && (
            <>
              {' · '}
              <Link href={hrefOf('actions', { run: parent })}>{t('review.openRun')}</Link>
            </>
          )}
        </Text>
      </Crumbs>
      <StepRow
        now={confirming && used === undefined ? 'confirm' : 'review'}
        without={inverseOf(head.kind) === null ? ['undo'] : []}
        links={{
          ...(planAgain === null ? {} : { plan: hrefOf('actions', { action: planAgain }) }),
          ...(used === undefined ? {} : { watch: hrefOf('actions', { run: used.runId }) }),
        }}
      />
      <ReadOnlyNote />
      <PendingNote planId={head.planId} />
      {used !== undefined && (
        <MessageBar intent="info">
          <MessageBarBody>{t('review.used', { when: ago(used.startedAt) })}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => go('actions', { run: used.runId })}>
              {t('review.usedOpen')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {used === undefined && <StaleNote head={head} planAgain={planAgain} />}
      {!head.membersKnown && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('review.membersUnknown')}</MessageBarBody>
        </MessageBar>
      )}
      {head.total === 0 ? (
        <EmptyState
          title={t('review.nobodyTitle')}
          text={t('review.nobodyText')}
          action={
            planAgain !== null && (
              <Button appearance="primary" onClick={() => go('actions', { action: planAgain })}>
                {t('review.again')}
              </Button>
            )
          }
        />
      ) : (
        <>
          <PlanFacts head={head} />
          {isVerdict(head.kind) && <Verdicts kind={head.kind} />}
          {used === undefined &&
            (confirming ? (
              <ConfirmPanel head={head} onBack={back} />
            ) : (
              <div className={page.row}>
                {act === 0 ? (
                  <Text>{t('review.nothingToDo')}</Text>
                ) : (
                  <Button ref={goOn} appearance="primary" onClick={() => setConfirming(true)}>
                    {t('review.continue')}
                  </Button>
                )}
                {planAgain !== null && (
                  <Button onClick={() => go('actions', { action: planAgain })}>{t('review.again')}</Button>
                )}
                <Button appearance="subtle" onClick={() => go('actions')}>
                  {t('review.discard')}
                </Button>
              </div>
            ))}
          <PlanSteps head={head} />
        </>
      )}
    </div>
  );
}
