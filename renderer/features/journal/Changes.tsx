/** Before and after as a table of the fields that differ; what stayed the same is only counted. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import { count } from '../../ui/format.ts';
import { changesOf } from './reading.ts';

const useStyles = makeStyles({
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    '& th': { textAlign: 'left', color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
    '& th, & td': {
      padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXXS} 0`,
      verticalAlign: 'top',
    },
  },
  before: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground3 },
  after: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
});

export function Changes(props: { readonly entry: JournalEntry }): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const { changed, same } = changesOf(props.entry);
  if (changed.length + same.length === 0) return null;
  const named = [...changed, ...same].some((change) => change.path !== '');
  return (
    <section aria-label={t('panel.changes')}>
      <Text weight="semibold" block>
        {t('panel.changes')}
      </Text>
      {changed.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              {named && <th scope="col">{t('panel.field')}</th>}
              <th scope="col">{t('panel.before')}</th>
              <th scope="col">{t('panel.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((change) => (
              <tr key={change.path}>
                {named && <th scope="row">{change.path}</th>}
                <td
                  className={change.before === null ? styles.quiet : change.after === null ? undefined : styles.before}
                >
                  {change.before ?? '–'}
                </td>
                <td className={change.after === null ? styles.quiet : styles.after}>{change.after ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {same.length > 0 && (
        <Text size={200} className={styles.quiet}>
          {t('panel.unchanged', { count: same.length, n: count(same.length) })}
        </Text>
      )}
    </section>
  );
}
