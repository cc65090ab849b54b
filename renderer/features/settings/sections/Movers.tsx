/** Who would move to another grouping if this were saved: the number, then each grouping before and after. */
import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScorePreview } from '../../../../shared/contract/scores.ts';
import { groupings } from '../../../../shared/model/riskyUser.ts';
import { count } from '../../../ui/format.ts';
import { GroupingMark } from '../../../ui/GroupingMark.tsx';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusLarge,
    padding: tokens.spacingHorizontalL,
  },
  table: {
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    maxWidth: '440px',
    '& th, & td': { padding: '3px 0' },
    '& td': { textAlign: 'right' },
  },
  word: { textAlign: 'left', fontWeight: 'normal' },
  head: { textAlign: 'right', color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  more: { fontWeight: tokens.fontWeightSemibold },
  title: { margin: '0' },
  stale: { opacity: 0.55 },
});

const rows = [...groupings, 'none'] as const;

export function Movers(props: {
  readonly preview: ScorePreview | undefined;
  readonly changed: boolean;
  /** The form is wrong, so nothing can be foretold. */
  readonly faulty: boolean;
  readonly stale: boolean;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { preview } = props;
  const said = props.faulty
    ? t('movers.faulty')
    : preview === undefined
      ? t('movers.counting')
      : preview.total === 0
        ? t('movers.nobodyCached')
        : !props.changed
          ? t('movers.now', { count: preview.total, number: count(preview.total) })
          : preview.moved === 0
            ? t('movers.nobody')
            : t('movers.moved', { count: preview.moved, number: count(preview.moved), total: count(preview.total) });
  return (
    <section className={styles.box} aria-label={t('movers.label')}>
      <div role="status">
        <Subtitle2 as="h3" className={mergeClasses(styles.title, props.stale && styles.stale)}>
          {said}
        </Subtitle2>
      </div>
      {preview !== undefined && preview.total > 0 && !props.faulty && (
        <table className={mergeClasses(styles.table, props.stale && styles.stale)}>
          <thead>
            <tr>
              <th className={mergeClasses(styles.head, styles.word, styles.more)} scope="col">
                {t('movers.grouping')}
              </th>
              <th className={styles.head} scope="col">
                {t('movers.before')}
              </th>
              {props.changed && (
                <>
                  <th className={styles.head} scope="col">
                    {t('movers.after')}
                  </th>
                  <th className={styles.head} scope="col">
                    {t('movers.difference')}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const difference = preview.after[row] - preview.before[row];
              return (
                <tr key={row}>
                  <th className={styles.word} scope="row">
                    <GroupingMark tone={row} />
                  </th>
                  <td>{count(preview.before[row])}</td>
                  {props.changed && (
                    <>
                      <td>{count(preview.after[row])}</td>
                      <td className={difference === 0 ? undefined : styles.more}>
                        {difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${count(Math.abs(difference))}`}
                      </td>
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {props.changed && preview !== undefined && preview.moved > 0 && !props.faulty && (
        <Text size={200}>{t('movers.what')}</Text>
      )}
    </section>
  );
}
