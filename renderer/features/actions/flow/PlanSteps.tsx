/** Every person of a plan by name, with what happens to them or why nothing does. The numbers above choose whom to see. */
import {
  Tab,
  TabList,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanHead, PlanStep } from '../../../../shared/model/plan.ts';
import { useAsk } from '../../../host/ask.ts';
import { count } from '../../../ui/format.ts';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { levelLabel, stateLabel } from '../../../ui/words.ts';
import { Pager, pageSize } from '../parts/Pager.tsx';
import { PersonCell } from '../parts/PersonCell.tsx';
import { usePage } from '../parts/page.ts';
import { useWords } from '../words.ts';

const effects = ['act', 'already', 'skip', 'all'] as const;
type Shown = (typeof effects)[number];

export function PlanSteps(props: { readonly head: PlanHead }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { head } = props;
  const { counts, planId } = head;
  const numbers = { act: counts.act, already: counts.already, skip: counts.skipped, all: head.total };
  const [shown, setShown] = useState<Shown>(counts.act > 0 ? 'act' : 'all');
  const [offset, setOffset] = useState(0);
  const steps = useAsk(['plans', planId, 'steps', shown, offset], (api) =>
    api.actions.planSteps({ planId, offset, limit: pageSize, ...(shown === 'all' ? {} : { effect: shown }) }),
  );
  return (
    <section aria-label={t('review.table')} style={{ display: 'grid', gap: '8px', minWidth: 0 }}>
      <div className={page.row}>
        <TabList
          aria-label={t('review.tabs')}
          selectedValue={shown}
          onTabSelect={(_, { value }) => {
            setShown(effects.find((one) => one === value) ?? 'all');
            setOffset(0);
          }}
        >
          {effects.map((effect) => (
            <Tab key={effect} value={effect}>
              {t(`review.${effect}`, { n: count(numbers[effect]) })}
            </Tab>
          ))}
        </TabList>
        <Pager title={t('review.table')} offset={offset} total={numbers[shown]} onTurn={setOffset} />
      </div>
      {steps.data === undefined ? (
        steps.error === null ? (
          <Loading label={t('review.table')} />
        ) : (
          <ErrorState failure={steps.error} again={() => void steps.refetch()} />
        )
      ) : steps.data.rows.length === 0 ? (
        <Text className={page.quiet}>{t(`review.none.${shown}`)}</Text>
      ) : (
        <StepTable head={head} rows={steps.data.rows} />
      )}
    </section>
  );
}

function StepTable(props: { readonly head: PlanHead; readonly rows: readonly PlanStep[] }): ReactElement {
  const page = usePage();
  const { t } = useTranslation(['actions', 'app']);
  const words = useWords();
  const { head } = props;
  return (
    <div className={page.scroll}>
      <Table aria-label={t('review.table')} size="small" style={{ minWidth: '640px' }}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t('review.user')}</TableHeaderCell>
            <TableHeaderCell>{t('review.effect')}</TableHeaderCell>
            <TableHeaderCell>{t('review.risk')}</TableHeaderCell>
            <TableHeaderCell className={page.numberHead} style={{ width: '70px' }}>
              {t('review.score')}
            </TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {props.rows.map((step) => (
            <TableRow key={step.seq} className={page.line}>
              <TableCell>
                <PersonCell connection={head.connection} person={step} />
              </TableCell>
              <TableCell>{words.effect(head, step)}</TableCell>
              <TableCell>{`${levelLabel(step.riskLevel)} · ${stateLabel(step.riskState)}`}</TableCell>
              <TableCell
                className={page.number}
                title={step.score === null ? t('app:noScore') : t('app:scale', { score: step.score })}
              >
                {step.score ?? '–'}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
