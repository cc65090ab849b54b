/** Unsaved changes: keep editing, leave without them, or save and go. */
import { Body1, Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';

export function LeaveDialog(props: {
  readonly open: boolean;
  readonly name: string;
  readonly onStay: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}): ReactElement | null {
  const { t } = useTranslation('rules');
  if (!props.open) return null;
  return (
    <Modal alert title={t('leave.title')} onClose={props.onStay}>
      <Body1>{t('leave.text', { name: props.name === '' ? t('editor.newRule') : props.name })}</Body1>
      <ModalActions>
        <Button onClick={props.onDiscard}>{t('leave.discard')}</Button>
        <Button onClick={props.onStay}>{t('leave.stay')}</Button>
        <Button appearance="primary" onClick={props.onSave}>
          {t('leave.save')}
        </Button>
      </ModalActions>
    </Modal>
  );
}
