/** The overview before its first numbers: nothing for 300 ms, then empty shapes where the cards will stand. */
import { makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLate } from '../../ui/useLate.ts';

const useStyles = makeStyles({
  view: { display: 'grid', gap: tokens.spacingVerticalL, padding: tokens.spacingHorizontalL },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  cards: {
    display: 'grid',
    gridTemplateColumns: '2fr 1fr',
    gap: tokens.spacingHorizontalM,
    '@media (max-width: 1040px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  title: { width: '320px', maxWidth: '100%' },
  tile: { height: '104px', borderRadius: tokens.borderRadiusLarge },
  card: { height: '430px', borderRadius: tokens.borderRadiusLarge },
});

export function Waiting(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const late = useLate(true, 300);
  if (!late) return <div aria-busy="true" />;
  return (
    <Skeleton className={styles.view} aria-label={t('views.overview')} aria-busy="true">
      <SkeletonItem className={styles.title} size={32} />
      <div className={styles.tiles}>
        {['Critical', 'High', 'Medium', 'Low', 'none'].map((name) => (
          <SkeletonItem key={name} className={styles.tile} />
        ))}
      </div>
      <div className={styles.cards}>
        <SkeletonItem className={styles.card} />
        <SkeletonItem className={styles.card} />
      </div>
    </Skeleton>
  );
}
