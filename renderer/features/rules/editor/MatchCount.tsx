/** How many users match, as a link to them; dimmed while the number is still that of the query before. */
import { Link, makeStyles, mergeClasses, Subtitle1, Subtitle2 } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import type { Matches } from './useMatches.ts';

const useStyles = makeStyles({
  number: { fontVariantNumeric: 'tabular-nums' },
  stale: { opacity: 0.55 },
});

export function MatchCount(props: { readonly matches: Matches; readonly small?: boolean }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { counted, test, check, stale } = props.matches;
  const Size = props.small === true ? Subtitle2 : Subtitle1;
  const className = mergeClasses(styles.number, stale && styles.stale);
  if (counted === null || test === undefined) {
    const unfinished = counted === null && check !== undefined;
    return <Size className={className}>{t(unfinished ? 'matches.unfinished' : 'matches.counting')}</Size>;
  }
  return (
    <Link href={hrefOf('users', { filter: JSON.stringify(counted) })}>
      <Size className={className}>{t('matches.total', { count: test.total, number: count(test.total) })}</Size>
    </Link>
  );
}
