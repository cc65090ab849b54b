/** Every person of a run by name: the outcome, why, whether it was read back, and Graph's request id to hand on. */
import {
  makeStyles,
  Tab,
  TabList,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Run, type RunStep, type StepState, stepStates } from '../../../../shared/model/run.ts';
import { useAsk } from '../../../host/ask.ts';
import { CopyText } from '../../../ui/CopyText.tsx';
import { ago, count, exactTime } from '../../../ui/format.ts';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { OutcomeMark, VerifyMark } from '../parts/marks.tsx';
import { Pager, pageSize } from '../parts/Pager.tsx';
import { PersonCell } from '../parts/PersonCell.tsx';
import { usePage } from '../parts/page.ts';

const useStyles = makeStyles({
  section: { display: 'grid', gap: tokens.spacingVerticalS, minWidth: 0 },
  table: { minWidth: '860px' },
  request: { display: 'flex', alignItems: 'center' },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

/** Outcomes that somebody has, in the order in which they matter; the two waiting states are one tab each only while there. */
function tabsOf(run: Run): readonly { readonly state: StepState | 'all'; readonly users: number }[] {
  const all = { state: 'all' as const, users: run.total };
  const order = ['failed', 'unknown', 'succeeded', 'already', 'skipped'] as const;
  return [all, ...order.map((state) => ({ state, users: run.counts[state] })).filter((tab) => tab.users > 0)];
}

export function Outcomes(props: { readonly run: Run }): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { run } = props;
  const { runId } = run;
  const [wanted, setWanted] = useState<StepState | 'all'>('all');
  const [offset, setOffset] = useState(0);
  const tabs = tabsOf(run);
  const shown = tabs.find((tab) => tab.state === wanted) ?? tabs[0];
  const state = shown?.state ?? 'all';
  const steps = useAsk(
    ['runs', runId, 'steps', state, offset],
    (api) => api.actions.runSteps({ runId, offset, limit: pageSize, ...(state === 'all' ? {} : { state }) }),
    { refetchInterval: run.state === 'running' ? 1_500 : false },
  );
  return (
    <section className={styles.section} aria-label={t('run.table')}>
      <div className={page.row}>
        <TabList
          aria-label={t('run.tabs')}
          selectedValue={state}
          onTabSelect={(_, { value }) => {
            setWanted(stepStates.find((one) => one === value) ?? 'all');
            setOffset(0);
          }}
        >
          {tabs.map((tab) => (
            <Tab key={tab.state} value={tab.state}>
              {t(tab.state === 'all' ? 'run.all' : `outcomeCount.${tab.state}`, { n: count(tab.users) })}
            </Tab>
          ))}
        </TabList>
        <Pager title={t('run.table')} offset={offset} total={shown?.users ?? 0} onTurn={setOffset} />
      </div>
      {steps.data === undefined ? (
        steps.error === null ? (
          <Loading label={t('run.table')} />
        ) : (
          <ErrorState failure={steps.error} again={() => void steps.refetch()} />
        )
      ) : steps.data.rows.length === 0 ? (
        <Text className={page.quiet}>{t('run.none')}</Text>
      ) : (
        <OutcomeTable run={run} rows={steps.data.rows} />
      )}
    </section>
  );
}

function OutcomeTable(props: { readonly run: Run; readonly rows: readonly RunStep[] }): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  return (
    <div className={page.scroll}>
      <Table aria-label={t('run.table')} size="small" className={styles.table}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell style={{ width: '26%' }}>{t('run.user')}</TableHeaderCell>
            <TableHeaderCell style={{ width: '100px' }}>{t('run.outcome')}</TableHeaderCell>
            <TableHeaderCell>{t('run.why')}</TableHeaderCell>
            <TableHeaderCell style={{ width: '100px' }}>{t('run.verified')}</TableHeaderCell>
            <TableHeaderCell style={{ width: '130px' }}>{t('run.request')}</TableHeaderCell>
            <TableHeaderCell style={{ width: '110px' }}>{t('run.at')}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {props.rows.map((step) => (
            <TableRow key={step.seq} className={page.line}>
              <TableCell>
                <PersonCell connection={props.run.connection} person={step} />
              </TableCell>
              <TableCell>
                <OutcomeMark state={step.state} />
              </TableCell>
              <TableCell>{step.reason ?? '–'}</TableCell>
              <TableCell>
                <VerifyMark state={step.verify} />
              </TableCell>
              <TableCell>
                {step.requestId === null ? (
                  '–'
                ) : (
                  <span className={styles.request} title={step.requestId}>
                    <span className={styles.id}>{step.requestId.slice(0, 8)}</span>
                    <CopyText text={step.requestId} what={t('run.request')} />
                  </span>
                )}
              </TableCell>
              <TableCell title={exactTime(step.at)}>{ago(step.at)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
