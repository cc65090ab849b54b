/**
 * A dialog on the browser's own element: everything else is out of reach while it is open, Esc and a click
 * beside it close it, and one that opens while another leaves is never hidden from a screen reader.
 */
import { makeStyles, mergeClasses, Title3, tokens } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from 'react';

const useStyles = makeStyles({
  dialog: {
    width: 'calc(100vw - 48px)',
    maxWidth: '600px',
    maxHeight: 'calc(100vh - 48px)',
    boxSizing: 'border-box',
    padding: 0,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow64,
    overflow: 'auto',
    '::backdrop': { backgroundColor: 'rgba(0, 0, 0, 0.4)' },
  },
  body: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXXL,
  },
  title: { margin: 0, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: tokens.spacingHorizontalS },
});

export function Modal(props: {
  readonly title: string;
  readonly className?: string;
  /** A question that has to be answered: a click beside it does not. */
  readonly alert?: boolean;
  /** Absent: it stays until whoever shows it takes it away. */
  readonly onClose?: () => void;
  /** Who gets the focus afterwards, where what opened the dialog is gone by then: the item of a menu. */
  readonly returnTo?: () => HTMLElement | null;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const returnTo = useRef(props.returnTo);
  returnTo.current = props.returnTo;
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed while it is still in the page: one that is already out of it gives no focus back.
  useLayoutEffect(() => {
    const dialog = box.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      returnTo.current?.()?.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key of it, and the element itself hears that
    <dialog
      ref={box}
      className={mergeClasses(styles.dialog, props.className)}
      {...(props.alert === true ? { role: 'alertdialog' } : {})}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose?.();
      }}
      onClose={({ currentTarget }) => {
        // A second Esc in a row closes it unasked: Chromium hears one refusal per activation of the page.
        if (currentTarget.open) return;
        if (props.onClose === undefined) currentTarget.showModal();
        else props.onClose();
      }}
      onClick={(event) => {
        if (event.target === box.current && props.alert !== true) props.onClose?.();
      }}
    >
      <div className={styles.body}>
        <Title3 as="h2" id={titleId} className={styles.title}>
          {props.title}
        </Title3>
        {props.children}
      </div>
    </dialog>
  );
}

/** The buttons at the end of a dialog; the one that does it stands last. */
export function ModalActions(props: { readonly children: ReactNode }): ReactElement {
  const styles = useStyles();
  return <div className={styles.actions}>{props.children}</div>;
}
