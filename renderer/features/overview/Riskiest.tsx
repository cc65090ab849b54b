/** The people with the lowest scores; among equals, those whose risk moved last. Deleted users can wait. */
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../shared/model/riskyUser.ts';
import { useAsk } from '../../host/ask.ts';
import type { Api } from '../../host/client.ts';
import { hrefOf } from '../../host/navigation.ts';
import { ago, exactTime } from '../../ui/format.ts';
import { GroupingMark } from '../../ui/GroupingMark.tsx';
import { ErrorState, Loading } from '../../ui/States.tsx';
import { Upn } from '../../ui/Upn.tsx';
import { stateLabel } from '../../ui/words.ts';
import { Card } from './Card.tsx';
import { peopleHref } from './people.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  row: {
    display: 'grid',
    gridTemplateColumns: '3rem 6rem minmax(0, 3fr) minmax(0, 4fr) minmax(0, 3fr) 7rem',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalXS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTop: 'none' },
  },
  when: { textAlign: 'end' },
  number: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums', textAlign: 'end' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const shown = 8;

async function riskiest(api: Api, scope: string | null, signal: AbortSignal): Promise<readonly RiskyUser[]> {
  const where = { ...(scope === null ? {} : { connection: scope }), deleted: 'exclude' } as const;
  const scored = { field: 'aggregateScore', operator: 'notNull', value: null } as const;
  const first = await api.users.list(
    {
      filter: { ...where, query: { combinator: 'and', rules: [scored] } },
      sort: { field: 'aggregateScore', direction: 'asc' },
      limit: shown,
    },
    { signal },
  );
  const lowest = first.rows[0]?.aggregateScore;
  if (lowest == null || first.rows.some((user) => user.aggregateScore !== lowest)) return first.rows;
  const equals = { field: 'aggregateScore', operator: '=', value: lowest } as const;
  const latest = await api.users.list(
    {
      filter: { ...where, query: { combinator: 'and', rules: [equals] } },
      sort: { field: 'riskLastUpdatedDateTime', direction: 'desc' },
      limit: shown,
    },
    { signal },
  );
  return latest.rows;
}

export function Riskiest(props: { readonly scope: string | null; readonly mark: string }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['overview', 'app']);
  const { scope, mark } = props;
  const people = useAsk(['users', 'riskiest', scope, mark], (api, signal) => riskiest(api, scope, signal));
  const all = peopleHref([{ field: 'aggregateScore', operator: 'notNull', value: null }], {
    deleted: 'exclude',
    sort: 'aggregateScore:asc',
  });
  return (
    <Card wide={2} title={t('riskiest.title')} aside={<Link href={all}>{t('riskiest.all')}</Link>}>
      {people.data !== undefined ? (
        people.data.length === 0 ? (
          <span className={styles.quiet}>{t('riskiest.none')}</span>
        ) : (
          <ol className={styles.list}>
            {people.data.map((user) => (
              <li key={`${user.connection}${user.id}`} className={styles.row}>
                <span className={styles.number} title={t('app:scale', { score: user.aggregateScore })}>
                  {user.aggregateScore}
                </span>
                <GroupingMark tone={user.grouping ?? 'none'} />
                <span className={styles.cut}>
                  <Link
                    href={hrefOf('users', {
                      ...Object.fromEntries(new URLSearchParams(all.split('?')[1])),
                      user: user.id,
                      of: user.connection,
                    })}
                    title={user.userPrincipalName ?? user.id}
                  >
                    {user.displayName ?? user.userPrincipalName ?? user.id}
                  </Link>
                </span>
                <Upn className={styles.quiet} upn={user.userPrincipalName} />
                <span className={mergeClasses(styles.cut, styles.quiet)} title={stateLabel(user.riskState)}>
                  {stateLabel(user.riskState)}
                </span>
                <time
                  className={mergeClasses(styles.quiet, styles.when)}
                  dateTime={user.riskLastUpdatedDateTime ?? undefined}
                  title={exactTime(user.riskLastUpdatedDateTime)}
                >
                  {ago(user.riskLastUpdatedDateTime)}
                </time>
              </li>
            ))}
          </ol>
        )
      ) : people.error !== null ? (
        <ErrorState failure={people.error} again={() => void people.refetch()} />
      ) : (
        <Loading lines={shown} label={t('riskiest.title')} />
      )}
      <span className={styles.quiet}>{t('riskiest.scale')}</span>
    </Card>
  );
}
