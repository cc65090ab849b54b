/** The first page: how many, how bad, how fresh, how it went. Every number leads to the users that it counts. */
import { Button, Link, makeStyles, Title3, tokens } from '@fluentui/react-components';
import { PlugConnectedRegular, ShieldCheckmarkRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { useAsk } from '../../host/ask.ts';
import { go, hrefOf } from '../../host/navigation.ts';
import { useScope } from '../../host/scope.ts';
import { ago, count, exactTime } from '../../ui/format.ts';
import { ScoreHistogram, type ScoreRangeChoice } from '../../ui/ScoreHistogram.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { levelLabel, stateLabel } from '../../ui/words.ts';
import { Approvals } from './Approvals.tsx';
import { Bars } from './Bars.tsx';
import { Card } from './Card.tsx';
import { Groupings } from './Groupings.tsx';
import { PerDay } from './PerDay.tsx';
import { missing, oneOf, paramsOf, peopleHref } from './people.ts';
import { Riskiest } from './Riskiest.tsx';
import { SyncCard } from './SyncCard.tsx';
import { SyncNow } from './SyncNow.tsx';
import { Waiting } from './Waiting.tsx';

const useStyles = makeStyles({
  view: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
  },
  stack: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'auto 1fr',
    gap: tokens.spacingHorizontalM,
    minWidth: 0,
    '@media (min-width: 2000px)': { display: 'contents' },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
  },
  title: { margin: 0 },
  numbers: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    margin: 0,
    color: tokens.colorNeutralForeground2,
  },
  asOf: { marginLeft: 'auto', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    gap: tokens.spacingHorizontalM,
    alignItems: 'stretch',
    '@media (max-width: 1040px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    '@media (min-width: 2000px)': { gridTemplateColumns: 'repeat(4, minmax(0, 1fr))' },
  },
});

export function OverviewView(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['overview', 'app']);
  const scope = useScope((state) => state.connection);
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const syncs = useAsk(['sync', 'all'], (api) => api.sync.state(), { refetchInterval: 1_000 });
  const states = (syncs.data ?? []).filter((state) => scope === null || state.connection === scope);
  const running = states.some((state) => state.running !== null);
  const mark = states.map(({ last }) => last?.syncId ?? 0).join();
  const where = scope === null ? {} : { connection: scope };
  // While a sync runs the numbers grow; they follow it at a calm pace.
  const pace = { refetchInterval: running ? 3_000 : (false as const) };
  const histogram = useAsk(
    ['scores', 'histogram', scope, mark],
    (api) => api.scores.histogram({ filter: where, by: 'aggregateScore' }),
    pace,
  );
  const deleted = useAsk(
    ['users', 'deleted', scope, mark],
    (api) => api.users.count({ filter: { ...where, deleted: 'only' } }),
    pace,
  );
  // Days say nothing while the very first sync fills the cache, and counting them then would slow it down.
  const filled = states.some(({ dataAsOf }) => dataAsOf !== null);
  const overview = useAsk(['scores', 'overview', scope, mark], (api) => api.scores.overview(where), {
    enabled: filled,
  });
  const asOf = states.some(({ dataAsOf }) => dataAsOf === null)
    ? null
    : (states.map(({ dataAsOf }) => dataAsOf).sort()[0] ?? null);
  const thresholds = settings.data?.thresholds ?? defaultThresholds;

  if (connections.data?.length === 0) {
    return (
      <EmptyState
        icon={<PlugConnectedRegular />}
        title={t('firstUse.title')}
        text={t('firstUse.text')}
        action={
          <Button as="a" appearance="primary" href={hrefOf('connections', { new: '1' })}>
            {t('firstUse.action')}
          </Button>
        }
      />
    );
  }
  if (histogram.data === undefined) {
    if (histogram.error === null) return <Waiting />;
    return <ErrorState failure={histogram.error} again={() => void histogram.refetch()} />;
  }
  const { total, levels, states: byState } = histogram.data;
  const choose = (choice: ScoreRangeChoice) =>
    go(
      'users',
      paramsOf([
        choice === 'unscored'
          ? missing('aggregateScore')
          : { field: 'aggregateScore', operator: 'between', value: [choice.from, choice.to] },
      ]),
    );
  const rows = (
    counts: Readonly<Record<string, number>>,
    field: 'riskLevel' | 'riskState',
    label: (raw: string) => string,
  ) =>
    Object.entries(counts)
      .filter(([raw, users]) => users > 0 || raw !== 'unknownFutureValue')
      .reverse()
      .map(([raw, users]) => ({ key: raw, name: label(raw), users, href: peopleHref([oneOf(field, raw)]) }));

  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <Title3 as="h2" className={styles.title}>
          {t('app:views.overview')}
        </Title3>
        <p className={styles.numbers}>
          <Link href={peopleHref([oneOf('riskState', 'atRisk')])}>
            {t('headline.atRisk', { users: count(byState.atRisk ?? 0) })}
          </Link>
          <span aria-hidden>·</span>
          <Link href={peopleHref([])}>{t('headline.cached', { users: count(total) })}</Link>
          <span aria-hidden>·</span>
          <Link href={peopleHref([], { deleted: 'only' })}>
            {t('headline.deleted', { users: deleted.data === undefined ? '…' : count(deleted.data.total) })}
          </Link>
        </p>
        <span className={styles.asOf} title={exactTime(asOf)}>
          {asOf === null ? t('sync.never') : t('headline.asOf', { when: ago(asOf) })}
        </span>
        <SyncNow states={states} />
      </div>
      <Approvals scope={scope} />
      {total === 0 && !running ? (
        <>
          <EmptyState icon={<ShieldCheckmarkRegular />} title={t('empty.title')} text={t('empty.text')} />
          <SyncCard states={states} />
        </>
      ) : (
        <>
          <Groupings histogram={histogram.data} thresholds={thresholds} />
          <div className={styles.cards}>
            <Card wide={2} title={t('histogram.title')}>
              <ScoreHistogram
                histogram={histogram.data}
                thresholds={thresholds}
                title={t('histogram.label', { users: count(total) })}
                onChoose={choose}
                height={340}
              />
            </Card>
            <div className={styles.stack}>
              <Card title={t('levels.title')}>
                <Bars label={t('levels.title')} rows={rows(levels, 'riskLevel', levelLabel)} />
              </Card>
              <Card title={t('states.title')}>
                <Bars label={t('states.title')} rows={rows(byState, 'riskState', stateLabel)} />
              </Card>
            </div>
            <Riskiest scope={scope} mark={mark} />
            <SyncCard states={states} />
            <PerDay overview={overview.data} filled={filled} failure={overview.error} />
          </div>
        </>
      )}
    </div>
  );
}
