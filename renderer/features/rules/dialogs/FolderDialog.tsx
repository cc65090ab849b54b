/** Moves a rule to a folder: one that is there, a new one, or none. */
import { Field } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { FolderBox } from '../editor/EditorHead.tsx';
import { foldersOf } from '../model/names.ts';
import { FormDialog } from './FormDialog.tsx';

export function FolderDialog(props: {
  readonly rule: Rule;
  readonly rules: readonly Rule[];
  readonly onMove: (folder: string | null) => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  const [folder, setFolder] = useState(props.rule.folder ?? '');
  return (
    <FormDialog
      title={t('folder.title', { name: props.rule.name })}
      action={folder.trim() === '' ? t('folder.takeOut') : t('folder.move', { folder: folder.trim() })}
      onSubmit={() => props.onMove(folder.trim() || null)}
      onClose={props.onClose}
    >
      <Field label={t('folder.label')} hint={t('folder.hint')}>
        <FolderBox value={folder} folders={foldersOf(props.rules)} onChange={setFolder} />
      </Field>
    </FormDialog>
  );
}
