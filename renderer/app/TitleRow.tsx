/** The title row: whose data is shown, and the way to anything. */
import { Button, makeStyles, Title3, tokens } from '@fluentui/react-components';
import { SearchRegular, ShieldPersonRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionSwitcher } from './ConnectionSwitcher.tsx';
import { keyNames, paletteKeys } from './keyNames.ts';

const useStyles = makeStyles({
  row: {
    gridArea: 'title',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalL,
    flexWrap: 'wrap',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    minWidth: 0,
  },
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, color: tokens.colorBrandForeground1 },
  title: { margin: 0 },
  logo: { fontSize: '26px' },
  search: {
    flexGrow: 1,
    minWidth: '200px',
    maxWidth: '520px',
    marginLeft: 'auto',
    justifyContent: 'flex-start',
    fontWeight: 'normal',
  },
  keys: { marginLeft: 'auto', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

export function TitleRow(props: { readonly onSearch: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  return (
    <header className={styles.row}>
      <span className={styles.name}>
        <ShieldPersonRegular className={styles.logo} aria-hidden />
        <Title3 as="h1" className={styles.title}>
          {t('name')}
        </Title3>
      </span>
      <ConnectionSwitcher />
      <Button className={styles.search} icon={<SearchRegular />} onClick={props.onSearch}>
        {t('searchEverywhere')}
        <span className={styles.keys} aria-hidden>
          {keyNames(t, paletteKeys)}
        </span>
      </Button>
    </header>
  );
}
