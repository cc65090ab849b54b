/** Which columns are shown, and how high rows are. */
import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '@fluentui/react-components';
import { ColumnTripleRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '../../../host/ask.ts';
import { InView } from '../../../ui/InView.tsx';

const useStyles = makeStyles({ popover: { maxHeight: '70vh' } });

export type Density = 'comfortable' | 'compact';

export function ColumnMenu(props: {
  readonly all: readonly { readonly id: string; readonly title: string }[];
  readonly shown: readonly string[];
  readonly density: Density;
  readonly onShown: (shown: readonly string[] | null) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const setDensity = useTell(
    (api, value: Density) => api.settings.set({ key: 'window.density', value }),
    ['settings', 'journal'],
  );
  const onChecked = (name: string, checked: readonly string[]) => {
    if (name === 'density') setDensity.mutate(checked[0] === 'compact' ? 'compact' : 'comfortable');
    // A grid without columns shows nothing and cannot be mended by looking at it: one stays.
    else if (checked.length > 0) props.onShown(props.all.map(({ id }) => id).filter((id) => checked.includes(id)));
  };
  return (
    <InView>
      <Menu
        checkedValues={{ columns: [...props.shown], density: [props.density] }}
        onCheckedValueChange={(_, { name, checkedItems }) => onChecked(name, checkedItems)}
        persistOnItemClick
      >
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" appearance="subtle" icon={<ColumnTripleRegular />}>
            {t('columns.title')}
          </Button>
        </MenuTrigger>
        <MenuPopover className={styles.popover}>
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>{t('columns.rows')}</MenuGroupHeader>
              <MenuItemRadio name="density" value="comfortable">
                {t('columns.comfortable')}
              </MenuItemRadio>
              <MenuItemRadio name="density" value="compact">
                {t('columns.compact')}
              </MenuItemRadio>
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>{t('columns.title')}</MenuGroupHeader>
              {props.all.map(({ id, title }) => (
                <MenuItemCheckbox key={id} name="columns" value={id}>
                  {title}
                </MenuItemCheckbox>
              ))}
            </MenuGroup>
            <MenuDivider />
            <MenuItem onClick={() => props.onShown(null)}>{t('columns.reset')}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </InView>
  );
}
