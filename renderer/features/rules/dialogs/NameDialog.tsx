/** A name for a copy or a renamed rule, checked against the others while it is typed. */
import { Field, Input } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { isTaken } from '../model/names.ts';
import { FormDialog } from './FormDialog.tsx';

export function NameDialog(props: {
  readonly title: string;
  readonly action: string;
  readonly first: string;
  readonly rules: readonly Rule[];
  /** The rule's present name, which it may keep. */
  readonly own?: string;
  readonly onName: (name: string) => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  const [name, setName] = useState(props.first);
  const fault =
    name.trim() === ''
      ? t('name.missing')
      : isTaken(props.rules, name, props.own ?? null)
        ? t('name.taken', { name: name.trim() })
        : null;
  return (
    <FormDialog
      title={props.title}
      action={props.action}
      blocked={fault}
      onSubmit={() => props.onName(name.trim())}
      onClose={props.onClose}
    >
      <Field label={t('name.label')} required {...(fault === null ? {} : { validationMessage: fault })}>
        <Input
          autoFocus
          value={name}
          maxLength={120}
          onChange={(_, { value }) => setName(value)}
          onFocus={(event) => event.target.select()}
        />
      </Field>
    </FormDialog>
  );
}
