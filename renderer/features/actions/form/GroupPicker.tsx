/**
 * The group of a membership action: an existing one, searched in Graph while typing, or one that the run creates.
 * Groups that Graph would refuse to write are listed with the reason, so that nobody wonders where they are.
 */
import { Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupTargetInput } from '../../../../shared/contract/actions.ts';
import { type ActionKind, type GroupTarget, groupKinds } from '../../../../shared/model/action.ts';
import { GroupSearch } from './GroupSearch.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  name: { maxWidth: '420px' },
});

/** A draft is kept per mode, so that switching to and fro loses nothing. */
export type GroupDraft = {
  readonly mode: 'existing' | 'create';
  readonly chosen: { readonly id: string; readonly name: string | null } | null;
  readonly name: string;
  readonly kind: 'security' | 'm365';
};

export function draftOf(group: GroupTarget | null): GroupDraft {
  const empty: GroupDraft = { mode: 'existing', chosen: null, name: '', kind: 'security' };
  if (group === null) return empty;
  if (group.mode === 'create') return { ...empty, mode: 'create', name: group.name, kind: group.kind };
  return { ...empty, chosen: group.deleted ? null : { id: group.id, name: group.name } };
}

/** Null while something is missing. */
export function targetOf(draft: GroupDraft): GroupTargetInput | null {
  if (draft.mode === 'existing') return draft.chosen === null ? null : { mode: 'existing', id: draft.chosen.id };
  const name = draft.name.trim();
  return name === '' ? null : { mode: 'create', name, kind: draft.kind };
}

export function GroupPicker(props: {
  readonly connection: string;
  readonly kind: ActionKind;
  readonly draft: GroupDraft;
  readonly onDraft: (draft: GroupDraft) => void;
  /** Whether what is missing is said already. */
  readonly strict: boolean;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { connection, kind, draft, onDraft, strict } = props;
  const canCreate = kind === 'add-to-group';
  const existing = draft.mode === 'existing' || !canCreate;
  const unnamed = strict && draft.name.trim() === '';
  return (
    <div className={styles.box}>
      {canCreate && (
        <Field label={t('picker.mode')} required>
          <RadioGroup
            layout="horizontal"
            value={draft.mode}
            onChange={(_, { value }) => onDraft({ ...draft, mode: value === 'create' ? 'create' : 'existing' })}
          >
            <Radio value="existing" label={t('picker.existing')} />
            <Radio value="create" label={t('picker.create')} />
          </RadioGroup>
        </Field>
      )}
      {existing ? (
        <GroupSearch
          connection={connection}
          chosen={draft.chosen}
          missing={strict && draft.chosen === null}
          onChoose={(chosen) => onDraft({ ...draft, mode: 'existing', chosen })}
        />
      ) : (
        <>
          <Field
            className={styles.name}
            label={t('picker.newName')}
            required
            hint={t('picker.newHelp')}
            validationMessage={unnamed ? t('picker.newMissing') : null}
            validationState={unnamed ? 'error' : 'none'}
          >
            <Input value={draft.name} maxLength={256} onChange={(_, { value }) => onDraft({ ...draft, name: value })} />
          </Field>
          <Field label={t('picker.newKind')}>
            <RadioGroup
              layout="horizontal"
              value={draft.kind}
              onChange={(_, { value }) => {
                const chosen = groupKinds.find((one) => one === value);
                if (chosen !== undefined) onDraft({ ...draft, kind: chosen });
              }}
            >
              {groupKinds.map((one) => (
                <Radio key={one} value={one} label={t(`picker.${one}`)} />
              ))}
            </RadioGroup>
          </Field>
        </>
      )}
    </div>
  );
}
