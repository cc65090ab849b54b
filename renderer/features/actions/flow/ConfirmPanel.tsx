/** The last word before anything is sent: what will be done, what not, and above the cap the number, typed. */
import { Button, Field, Input, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inverseOf } from '../../../../shared/model/action.ts';
import type { PlanHead } from '../../../../shared/model/plan.ts';
import { useTell } from '../../../host/ask.ts';
import { go, usePlace } from '../../../host/navigation.ts';
import { useSchedule } from '../../../host/schedule.ts';
import { clearSelection } from '../../../host/selection.ts';
import { count } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { SendButton } from '../parts/SendButton.tsx';
import { useWords } from '../words.ts';

const useStyles = makeStyles({
  panel: { border: `${tokens.strokeWidthThick} solid ${tokens.colorBrandStroke1}`, maxWidth: '720px' },
  number: { maxWidth: '260px' },
});

export function ConfirmPanel(props: { readonly head: PlanHead; readonly onBack: () => void }): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const words = useWords();
  const { head } = props;
  const { act } = head.counts;
  const waits = useSchedule().data?.pending.some(({ planId }) => planId === head.planId) === true;
  const above = act > head.cap;
  const [text, setText] = useState('');
  const digits = text.trim().replace(/[\s,.']/g, '');
  const right = digits === String(act);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  // Goes to the run from within: by the time the answer is in, the plan counts as used and this panel is gone.
  const run = useTell(
    async (api, planId: string) => {
      const confirm = above ? act : null;
      // A plan of the schedule waits for its turn where another run or the maintenance window is in the way.
      const runId = waits
        ? (await api.schedule.approve({ planId, confirm })).runId
        : (await api.actions.run({ planId, confirm })).runId;
      if (head.origin === 'selection') clearSelection();
      if (usePlace.getState().params.plan === planId) go('actions', runId === null ? {} : { run: runId });
    },
    ['runs', 'plans', 'schedule', 'journal', 'actions'],
  );
  const rest = head.total - act;
  const wrong = digits !== '' && !right && !String(act).startsWith(digits);
  return (
    <section
      ref={box}
      tabIndex={-1}
      className={mergeClasses(page.card, styles.panel)}
      aria-label={t('confirm.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !run.isPending) props.onBack();
      }}
    >
      <Text as="h3" size={400} weight="semibold" className={page.title}>
        {words.doing(head, act)}
      </Text>
      <Text>
        {t(inverseOf(head.kind) === null ? 'confirm.noUndo' : 'confirm.undo')}{' '}
        {rest > 0 && t('confirm.rest', { count: rest, n: count(rest) })}
      </Text>
      {above && (
        <Field
          className={styles.number}
          label={t('confirm.type', { n: count(act) })}
          hint={t('confirm.typeHint', { cap: count(head.cap) })}
          validationMessage={wrong ? t('confirm.typeBad', { n: count(act) }) : null}
          validationState={wrong ? 'error' : 'none'}
        >
          <Input
            value={text}
            inputMode="numeric"
            autoComplete="off"
            onChange={(_, { value }) => setText(value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        </Field>
      )}
      <Problem failure={run.error} />
      <div className={page.row}>
        <SendButton
          busy={run.isPending}
          notYet={above && !right ? t('confirm.typeFirst') : null}
          onSend={() => run.mutate(head.planId)}
        >
          {run.isPending ? t('confirm.starting') : words.doing(head, act)}
        </SendButton>
        <Button disabledFocusable={run.isPending} onClick={props.onBack}>
          {t('confirm.back')}
        </Button>
      </div>
    </section>
  );
}
