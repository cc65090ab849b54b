/** Asks for one name. Says beside the field what is wrong, or what will happen. */
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameSchema } from '../../../../shared/contract/base.ts';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';
import { schemaWords } from '../../../ui/words.ts';

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM } });

export function NameDialog(props: {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  /** What keeping this name would do, or why the last try failed. */
  readonly warn?: ((name: string) => string | null) | undefined;
  readonly error?: string | undefined;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const checked = nameSchema.safeParse(text);
  const wrong =
    (text === '' && !tried) || checked.success
      ? null
      : t('name.wrong', { why: schemaWords(checked.error.issues[0]?.message ?? 'is not right') });
  const message = wrong ?? props.error ?? (checked.success ? props.warn?.(checked.data) : null) ?? undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (checked.success) props.onName(checked.data);
    else {
      setTried(true);
      field.current?.focus();
    }
  };
  return (
    <Modal title={props.title} onClose={props.onClose}>
      <form className={styles.content} onSubmit={submit}>
        {props.text}
        <Field
          label={t('name.label')}
          validationMessage={message}
          validationState={wrong !== null || props.error !== undefined ? 'error' : message ? 'warning' : 'none'}
        >
          <Input ref={field} value={text} onChange={(_, { value }) => setText(value)} />
        </Field>
        <ModalActions>
          <Button onClick={props.onClose}>{t('name.cancel')}</Button>
          <Button type="submit" appearance="primary">
            {props.button}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
