/** The status bar always tells the truth: how old the data is, whether it is whole, what runs, what is refused. */
import { Badge, Link, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { actionWords } from '../../shared/model/action.ts';
import { useAsk } from '../host/ask.ts';
import { useLink } from '../host/client.ts';
import { hrefOf } from '../host/navigation.ts';
import { useOnline } from '../host/online.ts';
import { useScope } from '../host/scope.ts';
import { ago, count, duration, exactTime } from '../ui/format.ts';
import { summarise } from './syncSummary.ts';

const useStyles = makeStyles({
  bar: {
    gridArea: 'status',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `0 ${tokens.spacingHorizontalL}`,
    minHeight: '32px',
    padding: `0 ${tokens.spacingHorizontalL}`,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
  part: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  link: { fontSize: tokens.fontSizeBase200 },
  progress: { width: '120px', flexShrink: 0 },
  end: { marginLeft: 'auto' },
  heard: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clip: 'rect(0 0 0 0)' },
});

export function StatusBar(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const link = useLink((state) => state.state);
  const online = useOnline((state) => state.online);
  const scope = useScope((state) => state.connection);
  const syncs = useAsk(['sync', 'all'], (api) => api.sync.state(), { refetchInterval: 1_000 });
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const runs = useAsk(['runs', 'latest'], (api) => api.actions.runs({ limit: 1 }), { refetchInterval: 2_000 });
  const host = useAsk(['host'], (api) => api.host.info());
  const settings = useAsk(['settings'], (api) => api.settings.get());

  const { running, runningCount, asOf, complete, begun, offline, next } = summarise(
    syncs.data ?? [],
    connections.data ?? [],
    scope,
  );
  const run = runs.data?.rows[0];
  const readOnly = host.data?.readOnly ?? (settings.data?.guardrails.readOnly ? t('status.readOnlySetting') : null);
  const state =
    asOf === null
      ? t(begun ? 'status.partial' : 'status.never')
      : [
          t('status.synced', { when: ago(asOf) }),
          t(offline ? 'status.offline' : complete ? 'status.complete' : 'status.incomplete'),
        ].join(', ');
  // What a screen reader hears: what began and what ended, never each page.
  const heard =
    link === 'lost' ? t('status.lost') : running !== null ? t('status.syncBegan') : asOf === null ? '' : state;

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: outside of any section a footer is the landmark contentinfo
    <footer className={styles.bar} aria-label={t('status.label')}>
      <span className={styles.part}>
        {link === 'lost' ? (
          <Badge color="danger" appearance="tint">
            {t('status.lost')}
          </Badge>
        ) : running !== null ? (
          <>
            <ProgressBar
              className={styles.progress}
              aria-label={t('status.progress')}
              {...(running.pagesExpected === null
                ? {}
                : { value: running.pages / Math.max(1, running.pages, running.pagesExpected) })}
            />
            <Link className={styles.link} href={hrefOf('connections')} appearance="subtle">
              {t('status.syncing', { users: count(running.users) })}
              {runningCount > 1 ? ` · ${t('status.connections', { count: runningCount })}` : ''}
            </Link>
            {running.waitingSeconds ? t('status.waiting', { seconds: running.waitingSeconds }) : ''}
            {running.etaSeconds ? t('status.eta', { time: duration(running.etaSeconds) }) : ''}
          </>
        ) : (
          <>
            <Link className={styles.link} href={hrefOf('connections')} appearance="subtle" title={exactTime(asOf)}>
              {state}
            </Link>
            {next !== null && (
              <span title={exactTime(next)}>
                {Date.parse(next) <= Date.now() ? t('status.due') : t('status.next', { when: ago(next) })}
              </span>
            )}
          </>
        )}
      </span>
      <span className={styles.heard} role="status">
        {heard}
      </span>
      {run?.state === 'running' && (
        <Link className={styles.link} href={hrefOf('actions', { run: run.runId })}>
          {t('status.running', {
            action: actionWords[run.kind],
            done: count(run.total - run.left),
            total: count(run.total),
          })}
          {run.etaSeconds === null ? '' : ` · ${t('status.eta', { time: duration(run.etaSeconds) })}`}
        </Link>
      )}
      {!online && (
        <Badge appearance="tint" color="warning" role="status">
          {t('status.noNetwork')}
        </Badge>
      )}
      {readOnly !== null && (
        <Badge className={styles.end} appearance="outline" title={readOnly}>
          {t('status.readOnly')}
        </Badge>
      )}
    </footer>
  );
}
