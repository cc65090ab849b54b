/** The line under the grid: what just happened, what changed since the rows were read, and what the numbers mean. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    minHeight: '28px',
    flexShrink: 0,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    alignItems: 'center',
    padding: `0 ${tokens.spacingHorizontalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  end: { marginLeft: 'auto', overflow: 'hidden', textOverflow: 'ellipsis', minWidth: 0 },
});

export function StatusLine(props: {
  readonly changed: number;
  readonly said: string | null;
  readonly again: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  return (
    <div className={styles.bar}>
      <span role="status">
        {props.said ?? (props.changed > 0 ? t('news.changed', { count: props.changed }) : null)}
        {props.said === null && props.changed > 0 && (
          <>
            {' '}
            <Link as="button" onClick={props.again}>
              {t('news.show')}
            </Link>
          </>
        )}
      </span>
      <span className={styles.end} title={t('scale')}>
        {t('scale')}
      </span>
    </div>
  );
}
