/** Counts by name as bars. It is a table, so the picture and its twin are one; each number leads to its users. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../ui/format.ts';
import { share } from './Groupings.tsx';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    tableLayout: 'fixed',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': { padding: `${tokens.spacingVerticalXXS} 0` },
  },
  name: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere',
    paddingRight: tokens.spacingHorizontalXS,
  },
  number: { textAlign: 'end' },
  share: { textAlign: 'end', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  bar: {
    display: 'block',
    height: '12px',
    minWidth: '2px',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorBrandBackground,
    '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight' },
  },
  nameColumn: { width: '10.25rem' },
  numberColumn: { width: '4rem' },
  shareColumn: { width: '2.75rem' },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

export type BarRow = { readonly key: string; readonly name: string; readonly users: number; readonly href: string };

export function Bars(props: { readonly label: string; readonly rows: readonly BarRow[] }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('overview');
  const total = props.rows.reduce((sum, { users }) => sum + users, 0);
  const most = Math.max(1, ...props.rows.map(({ users }) => users));
  return (
    <table className={styles.table} aria-label={props.label}>
      <colgroup>
        <col className={styles.nameColumn} />
        <col />
        <col className={styles.numberColumn} />
        <col className={styles.shareColumn} />
      </colgroup>
      <thead className={styles.hidden}>
        <tr>
          <th scope="col">{props.label}</th>
          <th scope="col">{t('bars.bar')}</th>
          <th scope="col">{t('bars.users')}</th>
          <th scope="col">{t('bars.share')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, name, users, href }) => (
          <tr key={key}>
            <th scope="row" className={styles.name}>
              {name}
            </th>
            <td>
              {users > 0 && <span aria-hidden className={styles.bar} style={{ width: `${(users / most) * 100}%` }} />}
            </td>
            <td className={styles.number}>{users === 0 ? 0 : <Link href={href}>{count(users)}</Link>}</td>
            <td className={styles.share}>{share(users, total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
