/** The histogram's twin: the same numbers as a table, each leading to its users. Ranges without anybody are left out, and that is said. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from './format.ts';
import { GroupingMark } from './GroupingMark.tsx';
import type { HistogramBar } from './ScoreHistogramAxis.ts';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXS} 0`,
    },
  },
  start: { textAlign: 'start', fontWeight: tokens.fontWeightRegular },
  end: { textAlign: 'end' },
  head: { color: tokens.colorNeutralForeground2, '& th': { fontWeight: tokens.fontWeightRegular } },
});

export function HistogramTable(props: {
  readonly bars: readonly HistogramBar[];
  readonly title: string;
  /** Called with the place of the bar whose number was pressed. */
  readonly onOpen?: ((index: number) => void) | undefined;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'overview']);
  const { onOpen } = props;
  const filled = props.bars.map((bar, index) => ({ bar, index })).filter(({ bar }) => bar.count > 0);
  return (
    <table className={styles.table} aria-label={t('table.label', { title: props.title })}>
      <thead className={styles.head}>
        <tr>
          <th scope="col" className={styles.start}>
            {t('overview:histogram.score')}
          </th>
          <th scope="col" className={styles.end}>
            {t('overview:histogram.users')}
          </th>
          <th scope="col" className={styles.start}>
            {t('overview:histogram.grouping')}
          </th>
        </tr>
      </thead>
      <tbody>
        {filled.map(({ bar, index }) => (
          <tr key={bar.key}>
            <th scope="row" className={styles.start}>
              {bar.name}
            </th>
            <td className={styles.end}>
              {onOpen === undefined ? (
                count(bar.count)
              ) : (
                <Link
                  as="button"
                  aria-label={t('overview:histogram.open', {
                    range: bar.name,
                    count: bar.count,
                    users: count(bar.count),
                  })}
                  onClick={() => onOpen(index)}
                >
                  {count(bar.count)}
                </Link>
              )}
            </td>
            <td>
              <GroupingMark tone={bar.tone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
