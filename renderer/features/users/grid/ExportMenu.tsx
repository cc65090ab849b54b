/** All users that match as a file, however many. Tells its owner how far it has come and what came of it. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Spinner } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { whenReady } from '../../../host/client.ts';
import { toFailure } from '../../../host/failure.ts';
import { saveText } from '../../../host/files.ts';
import { count } from '../../../ui/format.ts';
import { InView } from '../../../ui/InView.tsx';
import { exportName } from './exportName.ts';
import type { List } from './gather.ts';

export function ExportMenu(props: {
  readonly list: List;
  readonly total: number;
  readonly onSaid: (text: string) => void;
}): ReactElement {
  const { t } = useTranslation('users');
  const [running, setRunning] = useState(false);
  const { list, total, onSaid } = props;
  const say = (key: 'running' | 'done', records: number) =>
    onSaid(t(`export.${key}`, { count: records, users: count(records) }));
  const run = async (format: 'csv' | 'json') => {
    setRunning(true);
    try {
      const chunks = await (await whenReady()).users.export({ ...list, format });
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      say('done', await saveText(exportName(format), type, chunks, (records) => say('running', records)));
    } catch (error) {
      const { message, cure } = toFailure(error);
      onSaid([message, cure].filter((part) => part !== null).join(' '));
    } finally {
      setRunning(false);
    }
  };
  return (
    <InView>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            size="small"
            appearance="subtle"
            icon={running ? <Spinner size="extra-tiny" /> : <ArrowDownloadRegular />}
            disabledFocusable={running}
          >
            {t('export.title')}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => void run('csv')}>{t('export.csv', { users: count(total) })}</MenuItem>
            <MenuItem onClick={() => void run('json')}>{t('export.json', { users: count(total) })}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </InView>
  );
}
