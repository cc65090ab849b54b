/** Whom the rule means, while it is written: how many, who first, and where they stand on the scale. */
import { Link, makeStyles, mergeClasses, Select, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { useAsk } from '../../../host/ask.ts';
import { go, hrefOf } from '../../../host/navigation.ts';
import { cutMiddle } from '../../../ui/format.ts';
import { GroupingMark } from '../../../ui/GroupingMark.tsx';
import { ScoreHistogram, type ScoreRangeChoice } from '../../../ui/ScoreHistogram.tsx';
import { MatchCount } from './MatchCount.tsx';
import type { Matches } from './useMatches.ts';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  head: {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    flexWrap: 'wrap',
  },
  title: { margin: '0' },
  stale: { opacity: 0.55 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  person: {
    display: 'grid',
    gridTemplateColumns: '3.2em 6.5em minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'start',
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  score: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  names: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  muted: { color: tokens.colorNeutralForeground3 },
});

const spans = [null, 1, 7, 30, 90] as const;

export function MatchPanel(props: {
  readonly matches: Matches;
  readonly days: number | null;
  readonly onDays: (days: number | null) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const cached = useAsk(['users', 'cached'], (api) => api.users.count({}));
  const { matches, days } = props;
  const { test, histogram, counted } = matches;
  const filter = counted === null ? null : JSON.stringify(counted);
  const showRange = (choice: ScoreRangeChoice) => {
    if (counted === null) return;
    const range =
      choice === 'unscored'
        ? { field: 'aggregateScore', operator: 'null', value: null }
        : { field: 'aggregateScore', operator: 'between', value: [choice.from, choice.to] };
    go('users', { filter: JSON.stringify({ combinator: 'and', rules: [counted, range] }) });
  };
  return (
    <section className={styles.panel} aria-label={t('matches.label')}>
      <div className={styles.head}>
        <span role="status">
          <MatchCount matches={matches} />
        </span>
        <Select
          size="small"
          aria-label={t('matches.span')}
          value={String(days)}
          onChange={(_, { value }) => props.onDays(value === 'null' ? null : Number(value))}
        >
          {spans.map((span) => (
            <option key={String(span)} value={String(span)}>
              {span === null ? t('matches.allTime') : t('matches.days', { count: span })}
            </option>
          ))}
        </Select>
      </div>
      {matches.withoutExceptions && <Text size={200}>{t('matches.withoutExceptions')}</Text>}
      {filter !== null && test !== undefined && test.total === 0 && (
        <Text>{t(cached.data?.total === 0 ? 'matches.nothingCached' : 'matches.nobody')}</Text>
      )}
      {filter !== null && histogram !== undefined && histogram.total > 0 && settings.data !== undefined && (
        <div>
          <Subtitle2 as="h3" className={styles.title}>
            {t('matches.byScore')}
          </Subtitle2>
          <ScoreHistogram
            histogram={histogram}
            thresholds={settings.data.thresholds}
            title={t('matches.histogram')}
            height={170}
            onChoose={showRange}
          />
        </div>
      )}
      {filter !== null && test !== undefined && test.total > 0 && (
        <>
          <div>
            <Subtitle2 as="h3" className={styles.title}>
              {t('matches.first')}
            </Subtitle2>{' '}
            <Text size={200} className={styles.muted}>
              {t('matches.order')}
            </Text>
          </div>
          <ul className={mergeClasses(styles.list, matches.stale && styles.stale)}>
            {test.first.map((user) => (
              <Person key={`${user.connection} ${user.id}`} user={user} filter={filter} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Person(props: { readonly user: RiskyUser; readonly filter: string }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const { user } = props;
  const score = user.aggregateScore;
  return (
    <li className={styles.person}>
      <span className={styles.score} title={score === null ? t('noScore') : t('scale', { score })}>
        {score ?? '–'}
      </span>
      <GroupingMark tone={user.grouping ?? 'none'} />
      <span className={styles.names}>
        <Link
          className={styles.cut}
          href={hrefOf('users', { filter: props.filter, connection: user.connection, user: user.id })}
        >
          {user.displayName ?? user.userPrincipalName ?? user.id}
        </Link>
        {user.userPrincipalName !== null && user.displayName !== null && (
          <Text size={200} className={mergeClasses(styles.cut, styles.muted)} title={user.userPrincipalName}>
            {cutMiddle(user.userPrincipalName, 28)}
          </Text>
        )}
      </span>
    </li>
  );
}
