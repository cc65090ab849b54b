/** The top of the editor: the way back, name, folder, exceptions, undo, redo, save. */
import { Button, Combobox, Field, Input, makeStyles, Option, Tooltip, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular, ArrowRedoRegular, ArrowUndoRegular, SaveRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import type { Failure } from '../../../host/failure.ts';
import { hrefOf } from '../../../host/navigation.ts';
import { isFocusFree } from '../../../ui/freeFocus.ts';
import { ExceptionsDialog } from '../dialogs/ExceptionsDialog.tsx';
import { NameDialog } from '../dialogs/NameDialog.tsx';
import { type Draft, redoQuery, setExceptions, setFolder, setName, undoQuery } from '../model/draft.ts';
import { foldersOf, freeName, isTaken } from '../model/names.ts';

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    '@media (max-height: 500px)': { position: 'static' },
    backgroundColor: tokens.colorNeutralBackground1,
    padding: `${tokens.spacingVerticalS} 0`,
    margin: `calc(-1 * ${tokens.spacingVerticalM}) 0 calc(-1 * ${tokens.spacingVerticalS})`,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flexWrap: 'wrap',
  },
  title: {
    fontSize: tokens.fontSizeBase500,
    fontWeight: tokens.fontWeightSemibold,
    margin: 0,
    marginRight: 'auto',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  fields: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalL, flexWrap: 'wrap' },
  name: { flex: '2 1 240px', maxWidth: '480px' },
  box: { minWidth: '0', width: '100%' },
  input: { minWidth: '0', width: '100%' },
  folder: { flex: '1 1 160px', maxWidth: '260px', '& > div': { minWidth: 0 } },
});

type Props = {
  readonly draft: Draft;
  readonly rules: readonly Rule[];
  readonly changed: boolean;
  readonly busy: boolean;
  readonly nameMissing: boolean;
  readonly failure: Failure | null;
  readonly onSave: (as: string, fresh: boolean) => void;
};

export function EditorHead(props: Props): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['rules', 'app']);
  const { draft, rules } = props;
  const [open, setOpen] = useState<'saveAs' | 'exceptions' | null>(null);
  const { past, future } = draft.history;
  // What opened the editor is gone: whoever works by keys goes on from its title.
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocusFree()) title.current?.focus();
  }, []);
  const mac = /Mac/.test(navigator.platform);
  const key = mac ? '⌘' : `${t('app:key.ctrl')}+`;
  const taken = isTaken(rules, draft.name, draft.of);
  const nameFault = props.nameMissing
    ? t('name.missing')
    : taken
      ? t('name.taken', { name: draft.name.trim() })
      : props.failure?.code === 'already-exists'
        ? props.failure.message
        : null;
  return (
    <>
      <div className={styles.bar}>
        <Tooltip relationship="label" content={t('editor.back')}>
          <Button as="a" href={hrefOf('rules')} appearance="subtle" icon={<ArrowLeftRegular />} />
        </Tooltip>
        <h2 ref={title} tabIndex={-1} className={styles.title}>
          {draft.of ?? t('editor.newRule')}
        </h2>
        <Tooltip relationship="label" content={t('editor.undo', { key })}>
          <Button
            appearance="subtle"
            icon={<ArrowUndoRegular />}
            disabledFocusable={past.length === 0}
            onClick={undoQuery}
          />
        </Tooltip>
        <Tooltip relationship="label" content={t('editor.redo', { key })}>
          <Button
            appearance="subtle"
            icon={<ArrowRedoRegular />}
            disabledFocusable={future.length === 0}
            onClick={redoQuery}
          />
        </Tooltip>
        {draft.of !== null && <Button onClick={() => setOpen('saveAs')}>{t('editor.saveAs')}</Button>}
        <Tooltip
          relationship="description"
          content={t(props.changed || draft.of === null ? 'editor.saveHint' : 'editor.unchanged', { key })}
        >
          <Button
            appearance="primary"
            icon={<SaveRegular />}
            disabledFocusable={props.busy || (!props.changed && draft.of !== null)}
            onClick={() => props.onSave(draft.name, false)}
          >
            {t(props.busy ? 'editor.saving' : 'editor.save')}
          </Button>
        </Tooltip>
      </div>
      <div className={styles.fields} data-own-undo>
        <Field
          className={styles.name}
          label={t('name.label')}
          required
          {...(nameFault === null ? {} : { validationMessage: nameFault })}
        >
          <Input
            value={draft.name}
            maxLength={120}
            placeholder={t('name.example')}
            onChange={(_, { value }) => setName(value)}
          />
        </Field>
        <Field className={styles.folder} label={t('folder.label')}>
          <FolderBox value={draft.folder} folders={foldersOf(rules)} onChange={setFolder} />
        </Field>
        <Field label={t('exceptions.label')}>
          <Button onClick={() => setOpen('exceptions')}>
            {t('exceptions.button', { count: draft.exceptions.length })}
          </Button>
        </Field>
      </div>
      {open === 'saveAs' && (
        <NameDialog
          title={t('editor.saveAsTitle')}
          action={t('editor.save')}
          first={freeName(rules, draft.name)}
          rules={rules}
          onClose={() => setOpen(null)}
          onName={async (name) => props.onSave(name, true)}
        />
      )}
      {open === 'exceptions' && (
        <ExceptionsDialog
          of={draft.of ?? draft.name}
          rules={rules}
          chosen={draft.exceptions}
          onClose={() => setOpen(null)}
          onChoose={async (names) => setExceptions(names)}
        />
      )}
    </>
  );
}

/** A folder is made by naming it, and gone when no rule names it. */
export function FolderBox(props: {
  readonly value: string;
  readonly folders: readonly string[];
  readonly onChange: (folder: string) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const fitting = props.folders.filter((folder) => folder.toLowerCase().includes(props.value.trim().toLowerCase()));
  const shown = props.folders.includes(props.value) ? props.folders : fitting;
  return (
    <Combobox
      freeform
      inlinePopup
      className={styles.box}
      input={{ className: styles.input }}
      clearable={props.value !== ''}
      value={props.value}
      selectedOptions={props.value === '' ? [] : [props.value]}
      placeholder={t('folder.none')}
      onChange={(event) => props.onChange(event.target.value.slice(0, 120))}
      onOptionSelect={(_, { optionValue }) => props.onChange(optionValue ?? '')}
    >
      {shown.map((folder) => (
        <Option key={folder} value={folder}>
          {folder}
        </Option>
      ))}
    </Combobox>
  );
}
