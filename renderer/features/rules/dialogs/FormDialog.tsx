/** The frame of the small dialogs here: a title, fields, one button that says what it does, and what went wrong. */
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, toFailure } from '../../../host/failure.ts';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

function isFailure(error: unknown): error is Failure {
  return typeof error === 'object' && error !== null && 'code' in error && 'cure' in error && !(error instanceof Error);
}

export function FormDialog(props: {
  readonly title: string;
  readonly action: string;
  /** Why the button does nothing yet, said when it is pressed; null when it may. */
  readonly blocked?: string | null;
  readonly children: ReactNode;
  /** Closes the dialog when it resolves; shows why when it rejects. */
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ readonly message: string; readonly cure: string | null } | null>(null);
  const submit = async () => {
    if (props.blocked) {
      // A field that says it itself takes the focus; otherwise it is said here.
      const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
      if (field) return field.focus();
      return setFault({ message: props.blocked, cure: null });
    }
    setBusy(true);
    try {
      await props.onSubmit();
      props.onClose();
    } catch (error) {
      setFault(isFailure(error) ? error : toFailure(error));
      setBusy(false);
    }
  };
  return (
    <Modal title={props.title} onClose={props.onClose}>
      <form
        ref={form}
        className={styles.content}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void submit();
        }}
      >
        {props.children}
        {fault !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              {fault.message} {fault.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        <ModalActions>
          <Button onClick={props.onClose}>{t('dialog.cancel')}</Button>
          <Button appearance="primary" type="submit" disabledFocusable={busy}>
            {props.action}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
