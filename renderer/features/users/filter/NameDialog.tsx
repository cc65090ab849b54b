/** Asks for one name. Says beside the field what is wrong, or what will happen. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameSchema } from '../../../../shared/contract/base.ts';

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
  const [text, setText] = useState('');
  const checked = nameSchema.safeParse(text);
  const wrong = text === '' || checked.success ? null : t('name.wrong', { why: checked.error.issues[0]?.message });
  const message = wrong ?? props.error ?? (checked.success ? props.warn?.(checked.data) : null) ?? undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (checked.success) props.onName(checked.data);
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{props.title}</DialogTitle>
            <DialogContent className={styles.content}>
              {props.text}
              <Field
                label={t('name.label')}
                validationMessage={message}
                validationState={wrong !== null || props.error !== undefined ? 'error' : message ? 'warning' : 'none'}
              >
                <Input autoFocus value={text} onChange={(_, { value }) => setText(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={props.onClose}>{t('name.cancel')}</Button>
              <Button type="submit" appearance="primary">
                {props.button}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
