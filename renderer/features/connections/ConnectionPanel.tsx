/** The side panel of one connection: what the last sync came to, what the token allows, and its settings. */
import { Button, makeStyles, Tab, TabList, tokens, typographyStyles } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { AccessTab } from './AccessTab.tsx';
import type { Tab as TabName } from './ConnectionCard.tsx';
import { EditForm } from './EditForm.tsx';
import { LastSync } from './LastSync.tsx';

const tabs: readonly TabName[] = ['sync', 'access', 'edit'];

const useStyles = makeStyles({
  box: {
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  head: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  title: { ...typographyStyles.subtitle1, outlineStyle: 'none', margin: 0, flexGrow: 1, overflowWrap: 'anywhere' },
});

export function ConnectionPanel(props: {
  readonly connection: Connection;
  readonly others: readonly string[];
  readonly tab: TabName;
  readonly onTab: (tab: TabName) => void;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { connection, tab } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the panel from anywhere inside it
    <div
      className={styles.box}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onClose();
      }}
    >
      <div className={styles.head}>
        <h3 ref={heading} tabIndex={-1} className={styles.title}>
          {connection.name}
        </h3>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label={t('panel.close')} onClick={props.onClose} />
      </div>
      <TabList
        selectedValue={tab}
        onTabSelect={(_, { value }) => {
          const chosen = tabs.find((one) => one === value);
          if (chosen !== undefined) props.onTab(chosen);
        }}
      >
        {tabs.map((one) => (
          <Tab key={one} value={one} id={`connection-tab-${one}`}>
            {t(`tab.${one}`)}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`connection-tab-${tab}`}>
        {tab === 'sync' && <LastSync connection={connection} />}
        {tab === 'access' && <AccessTab connection={connection} onEdit={() => props.onTab('edit')} />}
        {tab === 'edit' && <EditForm connection={connection} others={props.others} onRemove={props.onRemove} />}
      </div>
    </div>
  );
}
