/** Whose data every view shows: one connection or all of them, and the way to add another. */
import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '@fluentui/react-components';
import { AddRegular, ChevronDownRegular, PlugConnectedRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../host/ask.ts';
import { go } from '../host/navigation.ts';
import { setScope, useScope } from '../host/scope.ts';

const useStyles = makeStyles({
  button: { maxWidth: '280px', minWidth: 0, fontWeight: 'normal' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

const all = ' all';

export function ConnectionSwitcher(): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const scope = useScope((state) => state.connection);
  // Always in sight, so it reads for every view what another process or a sign-in that ran out has changed.
  const connections = useAsk(['connections'], (api) => api.connections.list(), { refetchInterval: 5_000 });
  const names = connections.data?.map((connection) => connection.name);
  const gone = scope !== null && names !== undefined && !names.includes(scope);
  // A connection that was removed or renamed leaves nothing behind that would show empty views.
  useEffect(() => {
    if (gone) setScope(null);
  }, [gone]);
  if (names === undefined || names.length === 0) return null;
  const [only] = names;
  const chosen = gone ? null : scope;
  const shown = chosen ?? (names.length === 1 ? only : t('allConnections'));
  return (
    <Menu
      checkedValues={{ scope: [chosen ?? (names.length === 1 ? (only ?? all) : all)] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const [name] = checkedItems;
        setScope(name === undefined || name === all || names.length === 1 ? null : name);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          className={styles.button}
          icon={<ChevronDownRegular />}
          iconPosition="after"
          aria-label={t('connectionPickerNow', { name: shown })}
          title={t('connectionPickerHelp')}
        >
          <span className={styles.name}>{shown}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {names.length > 1 && (
            <MenuItemRadio name="scope" value={all}>
              {t('allConnections')}
            </MenuItemRadio>
          )}
          {names.map((name) => (
            <MenuItemRadio key={name} name="scope" value={name}>
              {name}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItem icon={<PlugConnectedRegular />} onClick={() => go('connections')}>
            {t('command.connections')}
          </MenuItem>
          <MenuItem icon={<AddRegular />} onClick={() => go('connections', { new: '1' })}>
            {t('command.connect')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
