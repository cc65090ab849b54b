/** Turns the pages of a long table: a plan may name 200,000 users, and nobody reads them in one scroll. */
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../ui/format.ts';

export const pageSize = 100;

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, marginLeft: 'auto' },
  range: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
});

export function Pager(props: {
  readonly title: string;
  readonly offset: number;
  readonly total: number;
  readonly onTurn: (offset: number) => void;
}): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { offset, total, onTurn } = props;
  if (total <= pageSize) return null;
  const to = Math.min(offset + pageSize, total);
  return (
    <nav className={styles.row} aria-label={t('page.label', { title: props.title })}>
      <Button
        size="small"
        appearance="subtle"
        icon={<ChevronLeftRegular />}
        aria-label={t('page.previous')}
        disabledFocusable={offset === 0}
        onClick={() => onTurn(Math.max(0, offset - pageSize))}
      />
      <Text size={200} className={styles.range} role="status">
        {t('page.range', { from: count(offset + 1), to: count(to), total: count(total) })}
      </Text>
      <Button
        size="small"
        appearance="subtle"
        icon={<ChevronRightRegular />}
        aria-label={t('page.next')}
        disabledFocusable={to >= total}
        onClick={() => onTurn(offset + pageSize)}
      />
    </nav>
  );
}
