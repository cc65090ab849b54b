/** What the last sync of each connection brought, how old the data is, what it cost at Graph, and syncing now. */
import { Badge, Button, Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular, DismissRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncProgress, SyncReport, SyncState } from '../../../shared/model/sync.ts';
import type { RuleCondition } from '../../../shared/rules/schema.ts';
import { useAsk, useTell } from '../../host/ask.ts';
import { hrefOf } from '../../host/navigation.ts';
import { ago, count, duration, exactTime } from '../../ui/format.ts';
import { Card } from './Card.tsx';
import { paramsOf, peopleHref } from './people.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalL },
  one: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  name: { overflowWrap: 'anywhere' },
  end: { marginLeft: 'auto' },
  quiet: { color: tokens.colorNeutralForeground2 },
  numbers: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXL, margin: 0 },
  number: { display: 'flex', flexDirection: 'column-reverse', margin: 0 },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
});

export function SyncCard(props: { readonly states: readonly SyncState[] }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  return (
    <Card wide="rest" title={t('sync.title')}>
      <ul className={styles.list}>
        {props.states.map((state) => (
          <li key={state.connection}>
            <OneSync state={state} several={props.states.length > 1} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OneSync({ state, several }: { readonly state: SyncState; readonly several: boolean }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  const start = useTell((api, connection: string) => api.sync.start({ connection }), ['sync']);
  const stop = useTell((api, connection: string) => api.sync.stop({ connection }), ['sync']);
  const { connection, running, last, dataAsOf } = state;
  const failure = start.error ?? stop.error;
  return (
    <div className={styles.one}>
      <div className={styles.head}>
        <Link className={styles.name} href={hrefOf('connections', { connection })}>
          {connection}
        </Link>
        {last !== null && !last.complete && (
          <Badge appearance="tint" color="warning">
            {t('sync.incomplete')}
          </Badge>
        )}
        <span className={styles.end}>
          {running === null ? (
            // One connection is synced by the button above all cards.
            several && (
              <Button
                size="small"
                icon={<ArrowSyncRegular />}
                disabledFocusable={start.isPending}
                onClick={() => start.mutate(connection)}
              >
                {t('sync.now')}
              </Button>
            )
          ) : (
            <Button
              size="small"
              icon={<DismissRegular />}
              disabledFocusable={stop.isPending}
              onClick={() => stop.mutate(connection)}
            >
              {t('sync.stop')}
            </Button>
          )}
        </span>
      </div>
      <Text size={200} className={styles.quiet} title={exactTime(dataAsOf)}>
        {dataAsOf === null
          ? t('sync.never')
          : t('sync.asOf', { when: ago(dataAsOf), exact: exactTime(dataAsOf).split(' · ')[0] })}
      </Text>
      {running !== null && <Running progress={running} />}
      {failure !== null && (
        <Text role="alert">{[failure.message, failure.cure].filter((part) => part !== null).join(' ')}</Text>
      )}
      {last !== null && <Ended report={last} />}
    </div>
  );
}

function Running({ progress }: { readonly progress: SyncProgress }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  const { pages, pagesExpected, users, etaSeconds, waitingSeconds, requests, startedAt, requestsPerSecond } = progress;
  const seconds = Math.max(1, (Date.now() - Date.parse(startedAt)) / 1_000);
  const said = [
    t('sync.read', { users: count(users) }),
    ...(etaSeconds ? [t('sync.left', { time: duration(etaSeconds) })] : []),
    t('sync.rate', { rate: (requests / seconds).toFixed(1) }),
    requestsPerSecond === null ? t('sync.free') : t('sync.budget', { rate: requestsPerSecond.toFixed(1) }),
    ...(waitingSeconds ? [t('sync.waits', { seconds: waitingSeconds })] : []),
  ].join(' · ');
  return (
    <>
      <ProgressBar
        aria-label={t('sync.running')}
        {...(pagesExpected === null ? {} : { value: pages / Math.max(1, pages, pagesExpected) })}
      />
      <Text size={200} className={styles.quiet} role="status">
        {said}
      </Text>
    </>
  );
}

function Ended({ report }: { readonly report: SyncReport }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  const { connection, startedAt, finishedAt, complete, message, gone, skipped, requests, throttled, durationMs } =
    report;
  const fresh: RuleCondition = { field: 'firstSeen', operator: '>=', value: startedAt };
  const added = useCount(connection, report.syncId, [fresh]);
  const moved: readonly RuleCondition[] = [
    { field: 'lastChanged', operator: '>=', value: startedAt },
    { field: 'firstSeen', operator: '<', value: startedAt },
  ];
  const changed = useCount(connection, report.syncId, moved);
  return (
    <>
      {!complete && message !== null && <Text>{message}</Text>}
      <dl className={styles.numbers}>
        <Figure word={t('sync.added')} href={peopleHref([fresh], { connection })} value={added} />
        <Figure word={t('sync.changed')} href={peopleHref(moved, { connection })} value={changed} />
        <Figure word={t('sync.gone')} value={gone} />
        {skipped > 0 && (
          <Figure word={t('sync.skipped')} href={hrefOf('connections', { connection })} value={skipped} />
        )}
      </dl>
      <Text size={200} className={styles.quiet} title={exactTime(finishedAt)}>
        {[
          t(report.kind === 'full' ? 'sync.full' : 'sync.incremental'),
          t('sync.cost', { count: requests, requests: count(requests), time: duration(durationMs / 1_000) }),
          ...(throttled > 0 ? [t('sync.throttled', { count: throttled, times: count(throttled) })] : []),
        ].join(' · ')}
      </Text>
    </>
  );
}

/** Counted in the cache, so that the number and the list behind it are the same. */
function useCount(connection: string, syncId: number, parts: readonly RuleCondition[]): number | null {
  const query = paramsOf(parts).filter ?? '';
  const { data } = useAsk(['users', 'since', connection, syncId, query], (api) =>
    api.users.count({ filter: { connection, query: JSON.parse(query) } }),
  );
  return data?.total ?? null;
}

function Figure(props: { readonly word: string; readonly value: number | null; readonly href?: string }): ReactElement {
  const styles = useStyles();
  const text = props.value === null ? '…' : count(props.value);
  return (
    <div className={styles.number}>
      <dt>
        <Text size={200} className={styles.quiet}>
          {props.word}
        </Text>
      </dt>
      <dd className={styles.value}>
        {props.href === undefined || props.value === 0 ? (
          text
        ) : (
          <Link href={props.href} style={{ fontSize: 'inherit' }}>
            {text}
          </Link>
        )}
      </dd>
    </div>
  );
}
