/** Runs, newest first: how far each came, what failed, and what was read back. */
import {
  Button,
  Link,
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
import type { Run } from '../../../../shared/model/run.ts';
import { useAsk } from '../../../host/ask.ts';
import { hrefOf } from '../../../host/navigation.ts';
import { ago, count, exactTime } from '../../../ui/format.ts';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { RunStateMark } from '../parts/marks.tsx';
import { usePage } from '../parts/page.ts';
import { canBeReadBack, doneOf, useWords } from '../words.ts';

const step = 20;

export function RunTable(props: { readonly connection: string | null }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const words = useWords();
  const [limit, setLimit] = useState(step);
  const runs = useAsk(['runs', 'list', limit], (api) => api.actions.runs({ limit }), { refetchInterval: 5_000 });
  if (runs.error !== null && runs.data === undefined) return <ErrorState failure={runs.error} />;
  if (runs.data === undefined) return <Loading label={t('runs.title')} lines={3} />;
  const rows = runs.data.rows.filter((run) => props.connection === null || run.connection === props.connection);
  if (rows.length === 0 && runs.data.total <= limit) return <Text className={page.quiet}>{t('runs.empty')}</Text>;
  const heads = ['started', 'what', 'from', 'state', 'done', 'outcome', 'verified'] as const;
  return (
    <>
      <div className={page.scroll}>
        <Table aria-label={t('runs.table')} size="small" style={{ minWidth: '740px', tableLayout: 'auto' }}>
          <TableHeader>
            <TableRow>
              {heads.map((head) => (
                <TableHeaderCell key={head}>{t(`runs.${head}`)}</TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((run) => (
              <TableRow key={run.runId} className={page.line}>
                <TableCell className={page.still} title={exactTime(run.startedAt)}>
                  {ago(run.startedAt)}
                </TableCell>
                <TableCell>
                  <Link href={hrefOf('actions', { run: run.runId })}>{words.title(run)}</Link>
                </TableCell>
                <TableCell>{run.origin === 'action' ? run.action : t(`origin.${run.origin}`)}</TableCell>
                <TableCell>
                  <RunStateMark run={run} />
                </TableCell>
                <TableCell className={page.figures}>
                  {t('runs.ofTotal', { done: count(doneOf(run)), total: count(run.total) })}
                </TableCell>
                <TableCell className={page.figures}>
                  <Outcomes run={run} />
                </TableCell>
                <TableCell className={page.figures}>
                  <Verified run={run} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {runs.data.total > limit && (
        <Button style={{ alignSelf: 'flex-start' }} onClick={() => setLimit(Math.min(limit * 2, 1_000))}>
          {t('runs.more')}
        </Button>
      )}
    </>
  );
}

/** Only what is there: a run without failures does not speak of them. */
function Outcomes(props: { readonly run: Run }): ReactElement {
  const { t } = useTranslation('actions');
  const { counts } = props.run;
  const parts = (['failed', 'unknown', 'succeeded', 'already', 'skipped'] as const).filter(
    (state) => counts[state] > 0,
  );
  return (
    <>
      {parts.map((state) => t(`runs.${state}`, { count: counts[state], n: count(counts[state]) })).join(' · ') || '–'}
    </>
  );
}

function Verified(props: { readonly run: Run }): ReactElement {
  const { t } = useTranslation('actions');
  const { kind, counts, verification } = props.run;
  if (counts.succeeded === 0) return <>–</>;
  if (!canBeReadBack(kind)) return <>{t('runs.cannotVerify')}</>;
  const seen = t('runs.verifiedOf', { verified: count(verification.verified), total: count(counts.succeeded) });
  if (verification.notApplied === 0) return <>{seen}</>;
  return (
    <>{`${seen} · ${t('runs.notApplied', { count: verification.notApplied, n: count(verification.notApplied) })}`}</>
  );
}
