/** The fields of a connection: one look, one place for the problem beside the field. Used by the wizard and by editing. */
import { Field, Input, type InputProps, makeStyles } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { schemaWords } from '../../ui/words.ts';
import type { Field as FieldName, Problem } from './draft.ts';
import { type Form, idOf } from './useForm.ts';

/** Fields that hold text; the switch and the choices have controls of their own. */
export type TextName = FieldName;

export const useFieldStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: '16px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '16px', alignItems: 'flex-start' },
  number: { width: '150px' },
  /** A short box whose hint may be a whole line. */
  short: { maxWidth: '560px', '& .fui-Input': { width: '170px' } },
  input: { minWidth: 0, width: '100%', '& input': { minWidth: 0, width: '100%' } },
  wide: { maxWidth: '560px' },
});

export function TextField(props: {
  readonly form: Form;
  readonly name: TextName;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly input?: Pick<InputProps, 'type' | 'placeholder' | 'inputMode' | 'contentAfter' | 'autoComplete'>;
  readonly className?: string;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useFieldStyles();
  const { form, name, label } = props;
  const says = (problem: Problem) =>
    'key' in problem
      ? t(problem.key)
      : /^[a-z]/.test(problem.ends)
        ? t('problem.sentence', { label, ends: schemaWords(problem.ends) })
        : problem.ends;
  const problem = form.problem(name);
  const warning = problem === undefined ? form.warning(name) : undefined;
  const shown = problem ?? warning;
  return (
    <Field
      className={props.className ?? styles.wide}
      label={{ children: label, htmlFor: idOf(name) }}
      hint={props.hint === undefined ? undefined : { children: props.hint }}
      required={props.required ?? false}
      validationState={problem !== undefined ? 'error' : warning !== undefined ? 'warning' : 'none'}
      validationMessage={shown === undefined ? undefined : says(shown)}
    >
      <Input
        id={idOf(name)}
        className={styles.input}
        value={form.draft[name]}
        spellCheck={false}
        autoComplete="off"
        {...props.input}
        onChange={(_, { value }) => form.change({ [name]: value })}
        onBlur={() => form.leave(name)}
      />
    </Field>
  );
}
