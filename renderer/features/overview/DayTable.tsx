/** The twin of the days' drawing: newest first, days without users left out. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/contract/scores.ts';
import { count } from '../../ui/format.ts';
import { peopleHref } from './people.ts';

const useStyles = makeStyles({
  box: { maxHeight: '180px', overflowY: 'auto' },
  table: {
    borderCollapse: 'collapse',
    minWidth: 'min(100%, 30rem)',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXS} 0`,
    },
    '& caption': { textAlign: 'start', color: tokens.colorNeutralForeground2 },
  },
  start: { textAlign: 'start', fontWeight: tokens.fontWeightRegular },
  end: { textAlign: 'end' },
});

export function DayTable(props: {
  readonly title: string;
  readonly days: Overview['perDay'];
  readonly field: 'firstSeen' | 'riskLastUpdatedDateTime';
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  const days = props.days.filter(({ users }) => users > 0).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={styles.box} tabIndex={0} aria-label={props.title}>
      <table className={styles.table}>
        <caption>{props.title}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.start}>
              {t('perDay.day')}
            </th>
            <th scope="col" className={styles.end}>
              {t('bars.users')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, users }) => (
            <tr key={day}>
              <th scope="row" className={styles.start}>
                {day}
              </th>
              <td className={styles.end}>
                <Link href={peopleHref([{ field: props.field, operator: '=', value: day }])}>{count(users)}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
