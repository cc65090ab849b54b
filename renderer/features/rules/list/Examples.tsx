/** The first use: what a rule is, and three to start from. One click opens one in the editor; nothing is saved by it. */
import { Body1, Button, Card, makeStyles, Subtitle1, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { BookmarkSearchRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../../../host/navigation.ts';
import { describeQuery } from '../../../ui/words.ts';
import { openNew } from '../model/draft.ts';
import { examples } from './examples.ts';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXXL,
    maxWidth: '960px',
    margin: '0 auto',
  },
  head: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalS,
    textAlign: 'center',
  },
  title: { margin: '0' },
  icon: { fontSize: '40px', color: tokens.colorNeutralForeground3 },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  card: { display: 'grid', gridTemplateRows: 'auto 1fr auto', alignItems: 'start' },
  sentence: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', gap: tokens.spacingHorizontalS, justifyContent: 'center', flexWrap: 'wrap' },
});

/** Opens the editor on a new rule. */
export function startNew(start: { readonly name?: string; readonly query?: unknown } = {}): void {
  openNew(start);
  go('rules', { new: '1' });
}

export function Examples(props: { readonly onImport: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <BookmarkSearchRegular className={styles.icon} aria-hidden />
        <Subtitle1 as="h2" className={styles.title}>
          {t('empty.title')}
        </Subtitle1>
        <Body1 as="p" className={styles.title} align="center">
          {t('empty.text')}
        </Body1>
      </div>
      <div className={styles.cards}>
        {examples.map(({ key, query }) => (
          <Card key={key} className={styles.card}>
            <Subtitle2 as="h3" className={styles.title}>
              {t(`empty.${key}`)}
            </Subtitle2>
            <Text size={200} className={styles.sentence}>
              {describeQuery(query)}.
            </Text>
            <Button
              onClick={() => startNew({ name: t(`empty.${key}`), query })}
              aria-label={t('empty.startNamed', { name: t(`empty.${key}`) })}
            >
              {t('empty.start')}
            </Button>
          </Card>
        ))}
      </div>
      <div className={styles.row}>
        <Button appearance="primary" onClick={() => startNew()}>
          {t('list.new')}
        </Button>
        <Button onClick={props.onImport}>{t('list.import')}</Button>
      </div>
    </div>
  );
}
