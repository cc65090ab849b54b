/** Saves what the filter shows, all of it and oldest first, as CSV or JSON. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Text } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import { useTell } from '../../host/ask.ts';
import { saveText } from '../../host/files.ts';
import { count } from '../../ui/format.ts';

export function ExportMenu(props: { readonly filter: JournalFilter }): ReactElement {
  const { t } = useTranslation('journal');
  const [sofar, setSofar] = useState(0);
  const save = useTell(async (api, format: 'csv' | 'json') => {
    setSofar(0);
    const day = new Date().toISOString().slice(0, 10);
    const chunks = await api.journal.export({ filter: props.filter, format });
    return saveText(
      `riskdesk-log-${day}.${format}`,
      format === 'csv' ? 'text/csv' : 'application/json',
      chunks,
      setSofar,
    );
  }, []);
  return (
    <>
      <Text size={200} role="status">
        {save.isPending
          ? t('exporting', { n: count(sofar) })
          : save.error !== null
            ? `${save.error.message} ${save.error.cure ?? ''}`
            : save.data !== undefined && t('exported', { count: save.data, n: count(save.data) })}
      </Text>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} disabledFocusable={save.isPending}>
            {t('export')}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => save.mutate('csv')}>{t('exportCsv')}</MenuItem>
            <MenuItem onClick={() => save.mutate('json')}>{t('exportJson')}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}
