/** What the token's permissions allow, one row a feature, and the exact permission that a missing one needs. */
import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, SubtractCircleRegular, WarningRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermissionRow } from '../../../shared/contract/connections.ts';
import { CopyName } from './Copy.tsx';
import { type Ability, featureOf, isWanted } from './features.ts';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto', maxWidth: '100%' },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    '& th': { textAlign: 'left', fontWeight: tokens.fontWeightSemibold },
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS} 0`,
      verticalAlign: 'top',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  feature: { fontWeight: `${tokens.fontWeightRegular} !important` },
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, whiteSpace: 'nowrap' },
  allowed: { color: tokens.colorStatusSuccessForeground1 },
  missing: { color: tokens.colorStatusWarningForeground3 },
  extra: { color: tokens.colorNeutralForeground2 },
  notAsked: { color: tokens.colorNeutralForeground3 },
});

const icons = {
  allowed: CheckmarkCircleRegular,
  extra: CheckmarkCircleRegular,
  missing: WarningRegular,
  notAsked: SubtractCircleRegular,
} as const;

export function PermissionMatrix(props: {
  readonly rows: readonly PermissionRow[];
  readonly wanted?: readonly Ability[];
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const allowed = props.rows.filter((row) => row.allowed).length;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption style={{ textAlign: 'left', paddingBottom: 4 }}>
          <Text weight="semibold">{t('matrix.title', { count: allowed, all: props.rows.length })}</Text>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('matrix.feature')}</th>
            <th scope="col">{t('matrix.state')}</th>
            <th scope="col">{t('matrix.permission')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => {
            const wanted = props.wanted === undefined || isWanted(row.permission, props.wanted);
            const word = row.allowed ? (wanted ? 'allowed' : 'extra') : wanted ? 'missing' : 'notAsked';
            const Icon = icons[word];
            const feature = featureOf(row.permission);
            return (
              <tr key={row.feature}>
                <th scope="row" className={styles.feature}>
                  {feature === null ? row.feature : t(`matrix.name.${feature}`)}
                </th>
                <td>
                  <span className={mergeClasses(styles.state, styles[word])}>
                    <Icon aria-hidden />
                    {t(`matrix.${word}`)}
                  </span>
                </td>
                <td>
                  {row.allowed ? (
                    <Text size={200}>
                      {row.grantedBy === row.permission
                        ? row.permission
                        : t('matrix.broader', { permission: row.grantedBy })}
                    </Text>
                  ) : (
                    <CopyName name={row.permission} />
                  )}
                  {row.directoryRoles !== null && (
                    <Text size={200} block className={styles.notAsked}>
                      {t('matrix.roles', { roles: row.directoryRoles })}
                    </Text>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
