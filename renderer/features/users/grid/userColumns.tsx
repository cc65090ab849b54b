/** The columns of the users: what each shows, how wide it is, how it reads in a copy. */
import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import type { UserSortField } from '../../../../shared/model/userSort.ts';
import { GroupingMark } from '../../../ui/GroupingMark.tsx';
import { Upn } from '../../../ui/Upn.tsx';
import type { GridColumn } from '../../../ui/VirtualGridRow.tsx';
import { detailLabel, levelLabel, stateLabel } from '../../../ui/words.ts';
import { Moment } from '../Moment.tsx';

const useStyles = makeStyles({
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  gone: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  number: { fontWeight: tokens.fontWeightSemibold },
  mark: { verticalAlign: 'bottom' },
  quiet: { color: tokens.colorNeutralForeground3 },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

function Score(props: { readonly score: number | null }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  if (props.score === null) {
    return (
      <span className={styles.quiet} title={t('noScore')}>
        –
      </span>
    );
  }
  return (
    <span className={styles.number} title={t('scale', { score: props.score })}>
      {props.score}
    </span>
  );
}

function Name({ user }: { readonly user: RiskyUser }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  return (
    <span className={styles.name} title={user.displayName ?? undefined}>
      <span className={mergeClasses(styles.cut, user.isDeleted && styles.gone)}>{user.displayName ?? '–'}</span>
      {user.isDeleted && (
        <Badge size="small" appearance="outline" color="informative">
          {t('badge.deleted')}
        </Badge>
      )}
      {user.isGuest && (
        <Badge size="small" appearance="tint" color="informative">
          {t('badge.guest')}
        </Badge>
      )}
      {user.isProcessing && (
        <span title={t('badge.processing')} role="img" aria-label={t('badge.processing')}>
          <ArrowSyncRegular aria-hidden />
        </span>
      )}
    </span>
  );
}

function Grouping({ user }: { readonly user: RiskyUser }): ReactElement {
  const styles = useStyles();
  return <GroupingMark className={styles.mark} tone={user.grouping ?? 'none'} />;
}

function Id(props: { readonly id: string }): ReactElement {
  const styles = useStyles();
  return (
    <span className={styles.id} title={props.id}>
      {props.id}
    </span>
  );
}

/** `text`: the value in a copy, exact where the cell is relative. */
export type UserColumn = Omit<GridColumn<RiskyUser>, 'id' | 'title' | 'hint'> & {
  readonly id: UserSortField;
  readonly text: (user: RiskyUser) => string | number | boolean | null;
};

const yes = (t: TFunction<'users'>, value: boolean) => (value ? t('yes') : '–');

export function userColumns(t: TFunction<'users'>): readonly UserColumn[] {
  const score = { width: 92, align: 'end', firstSort: 'asc' } as const;
  const time = { width: 124, grow: 1, firstSort: 'desc' } as const;
  return [
    {
      id: 'aggregateScore',
      ...score,
      render: (user) => <Score score={user.aggregateScore} />,
      text: (user) => user.aggregateScore,
    },
    {
      id: 'grouping',
      width: 112,
      render: (user) => <Grouping user={user} />,
      text: (user) => user.grouping,
    },
    {
      id: 'displayName',
      width: 168,
      grow: 2,
      render: (user) => <Name user={user} />,
      text: (user) => user.displayName,
    },
    {
      id: 'userPrincipalName',
      width: 190,
      grow: 3,
      render: (user) => <Upn upn={user.userPrincipalName} />,
      text: (user) => user.userPrincipalName,
    },
    { id: 'connection', width: 140, render: (user) => user.connection, text: (user) => user.connection },
    {
      id: 'riskLevel',
      width: 128,
      grow: 1,
      firstSort: 'desc',
      render: (user) => levelLabel(user.riskLevel),
      text: (user) => levelLabel(user.riskLevel),
    },
    {
      id: 'riskState',
      width: 176,
      grow: 1,
      firstSort: 'desc',
      render: (user) => stateLabel(user.riskState),
      text: (user) => stateLabel(user.riskState),
    },
    {
      id: 'riskDetail',
      width: 200,
      grow: 2,
      render: (user) => <span title={detailLabel(user.riskDetail)}>{detailLabel(user.riskDetail)}</span>,
      text: (user) => detailLabel(user.riskDetail),
    },
    {
      id: 'riskLastUpdatedDateTime',
      ...time,
      render: (user) => <Moment at={user.riskLastUpdatedDateTime} />,
      text: (user) => user.riskLastUpdatedDateTime,
    },
    { id: 'score', ...score, render: (user) => <Score score={user.score} />, text: (user) => user.score },
    { id: 'isGuest', width: 80, render: (user) => yes(t, user.isGuest), text: (user) => user.isGuest },
    { id: 'isDeleted', width: 86, render: (user) => yes(t, user.isDeleted), text: (user) => user.isDeleted },
    { id: 'isProcessing', width: 104, render: (user) => yes(t, user.isProcessing), text: (user) => user.isProcessing },
    { id: 'firstSeen', ...time, render: (user) => <Moment at={user.firstSeen} />, text: (user) => user.firstSeen },
    {
      id: 'lastChanged',
      ...time,
      render: (user) => <Moment at={user.lastChanged} />,
      text: (user) => user.lastChanged,
    },
    { id: 'lastSeen', ...time, render: (user) => <Moment at={user.lastSeen} />, text: (user) => user.lastSeen },
    { id: 'id', width: 290, render: (user) => <Id id={user.id} />, text: (user) => user.id },
  ];
}

/** Shown until somebody chooses; the connection only where there are several. */
export function defaultColumns(severalConnections: boolean): readonly UserSortField[] {
  return [
    'aggregateScore',
    'grouping',
    'displayName',
    'userPrincipalName',
    ...(severalConnections ? (['connection'] as const) : []),
    'riskLevel',
    'riskState',
    'riskLastUpdatedDateTime',
  ];
}
