/** What this cache saw happen to a user: older than Entra's 90 days if the cache is. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserChange, UserDetail } from '../../../../shared/contract/users.ts';
import { detailLabel, levelLabel, stateLabel } from '../../../ui/words.ts';
import { Moment } from '../Moment.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
  },
  item: {
    position: 'relative',
    display: 'grid',
    padding: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    '::before': {
      content: '""',
      position: 'absolute',
      left: '-6px',
      top: '10px',
      width: '10px',
      height: '10px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorNeutralStroke1,
      boxShadow: `0 0 0 2px ${tokens.colorNeutralBackground1}`,
    },
  },
  when: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** One point in time, and what happened then. */
export function TimelineItem(props: {
  readonly at: string | null;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <span>{props.children}</span>
      <span className={styles.when}>
        <Moment at={props.at} />
        {props.note !== undefined && ` · ${props.note}`}
      </span>
    </li>
  );
}

export function TimelineList(props: { readonly label: string; readonly children: ReactNode }): ReactElement {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={props.label}>
      {props.children}
    </ul>
  );
}

function moves(change: UserChange): readonly string[] {
  const { riskLevel, riskState, riskDetail } = change;
  const move = (
    label: (raw: string) => string,
    { before, after }: { readonly before: string; readonly after: string },
  ) => (before === after ? [] : [`${label(before)} → ${label(after)}`]);
  return [...move(levelLabel, riskLevel), ...move(stateLabel, riskState), ...move(detailLabel, riskDetail)];
}

export function Timeline({ detail }: { readonly detail: UserDetail }): ReactElement {
  const { t } = useTranslation('users');
  const { changes, user } = detail;
  return (
    <>
      <Text size={200}>{t('timeline.here')}</Text>
      <TimelineList label={t('timeline.here')}>
        {changes.map((change) => (
          <TimelineItem key={`${change.seenAt}${moves(change).join()}`} at={change.seenAt}>
            {moves(change).join(' · ')}
          </TimelineItem>
        ))}
        <TimelineItem at={user.firstSeen}>{t('timeline.first')}</TimelineItem>
      </TimelineList>
    </>
  );
}
