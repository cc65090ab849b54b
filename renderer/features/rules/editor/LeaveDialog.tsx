/** Unsaved changes: keep editing, leave without them, or save and go. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export function LeaveDialog(props: {
  readonly open: boolean;
  readonly name: string;
  readonly onStay: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  return (
    <Dialog open={props.open} modalType="alert" onOpenChange={(_, { open }) => !open && props.onStay()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('leave.title')}</DialogTitle>
          <DialogContent>
            {t('leave.text', { name: props.name === '' ? t('editor.newRule') : props.name })}
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={props.onDiscard}>{t('leave.discard')}</Button>
            <Button onClick={props.onStay}>{t('leave.stay')}</Button>
            <Button appearance="primary" onClick={props.onSave}>
              {t('leave.save')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
