/** The numbers over the grid; each leads to the users it counts. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../../host/ask.ts';
import { hrefOf } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import { queryOf } from '../filter/userPlace.ts';

const useStyles = makeStyles({
  numbers: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalS,
    fontVariantNumeric: 'tabular-nums',
    color: tokens.colorNeutralForeground2,
  },
  first: {
    ':empty': { display: 'none' },
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
});

const atRisk = JSON.stringify(queryOf([{ field: 'riskState', operator: 'in', value: ['atRisk'] }]));

export function Headline(props: {
  /** Users of the narrowed list; null when nothing narrows it. */
  readonly total: number | null;
  /** The number of the narrowed list is on its way. */
  readonly counting: boolean;
  readonly connection: string | null;
  /** The connection in the address, which the links keep. */
  readonly own: string | null;
  readonly mark: string;
  readonly syncing: boolean;
}): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { connection, mark, syncing } = props;
  const counts = useAsk(
    ['users', 'counts', connection, mark],
    (api) => api.scores.histogram({ filter: connection === null ? {} : { connection } }),
    { refetchInterval: syncing ? 2_000 : false },
  );
  if (counts.data === undefined) return null;
  const { total, states } = counts.data;
  const own: Readonly<Record<string, string>> = props.own === null ? {} : { connection: props.own };
  return (
    <p className={styles.numbers} style={{ margin: 0 }}>
      <span className={styles.first} role="status">
        {props.total !== null
          ? t('headline.match', { count: props.total, users: count(props.total) })
          : props.counting
            ? t('headline.counting')
            : null}
      </span>
      {(props.total !== null || props.counting) && <span aria-hidden>·</span>}
      <Link href={hrefOf('users', { ...own, filter: atRisk })}>
        {t('headline.atRisk', { users: count(states.atRisk ?? 0) })}
      </Link>
      <span aria-hidden>·</span>
      <Link href={hrefOf('users', own)}>{t('headline.cached', { users: count(total) })}</Link>
    </p>
  );
}
