/** The fields of settings: each says beside itself what is wrong while it is typed, and keeps what was typed. */
import { Field, Input, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from './drafts.ts';
import { type Bounds, readNumber } from './numbers.ts';

const useStyles = makeStyles({
  number: { width: '140px', '& input': { fontVariantNumeric: 'tabular-nums' } },
  unit: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  switch: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground3, paddingLeft: tokens.spacingHorizontalM },
});

export function NumberField(props: {
  readonly form: Form;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly unit?: string;
  readonly bounds: Bounds;
  /** A fault that only the fields together have. */
  readonly fault?: string | null;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const text = props.form.text(props.name);
  const read = readNumber(text, props.bounds);
  const fault = typeof read === 'number' ? (props.fault ?? null) : t(`fault.${read.key}`, read);
  return (
    <Field
      label={props.label}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      {...(fault === null ? {} : { validationMessage: fault })}
    >
      <Input
        className={styles.number}
        value={text}
        inputMode={props.bounds.whole ? 'numeric' : 'decimal'}
        onChange={(_, { value }) => props.form.set(props.name, value)}
        {...(props.unit === undefined ? {} : { contentAfter: <Text className={styles.unit}>{props.unit}</Text> })}
      />
    </Field>
  );
}

export function SwitchField(props: {
  readonly form: Form;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
}): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.switch}>
      <Switch
        checked={props.form.on(props.name)}
        label={props.label}
        onChange={(_, { checked }) => props.form.set(props.name, checked)}
      />
      <Text size={200} className={styles.hint}>
        {props.hint}
      </Text>
    </div>
  );
}
