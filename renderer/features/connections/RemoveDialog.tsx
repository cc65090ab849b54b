/** Removing a connection: says what is deleted and what stays, and wants its name typed. */
import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { useAsk, useTell } from '../../host/ask.ts';
import { go } from '../../host/navigation.ts';
import { count } from '../../ui/format.ts';
import { Modal } from '../../ui/Modal.tsx';
import { useSync } from './useSync.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  danger: {
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorStatusDangerBackground3,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover },
    ':hover:active': { backgroundColor: tokens.colorStatusDangerBackground3Pressed },
  },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  acts: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: tokens.spacingHorizontalS },
});

export function RemoveDialog(props: { readonly connection: Connection; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { connection, onClose } = props;
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const { state } = useSync(connection.name);
  const actions = useAsk(['actions'], (api) => api.actions.list());
  const using = (actions.data ?? []).filter((one) => one.connection === connection.name).map((one) => one.name);
  const remove = useTell(
    (api) => api.connections.remove({ name: connection.name }),
    ['connections', 'sync', 'users', 'scores', 'actions', 'journal'],
  );
  const users = state?.last?.users ?? 0;
  const fits = typed.trim() === connection.name;
  const onRemove = () => {
    setAsked(true);
    if (!fits) {
      box.current?.focus();
      return;
    }
    remove.mutate(undefined, {
      onSuccess: () => {
        onClose();
        go('connections');
      },
    });
  };
  return (
    <Modal title={t('remove.title', { name: connection.name })} onClose={() => !remove.isPending && onClose()}>
      <div className={styles.content}>
        <div>
          <Text weight="semibold">{t('remove.deletes')}</Text>
          <ul className={styles.list}>
            <li>{t('remove.users', { count: users, users: count(users) })}</li>
            <li>{t(`remove.secret.${connection.credential.place}`)}</li>
          </ul>
        </div>
        <div>
          <Text weight="semibold">{t('remove.stays')}</Text>
          <ul className={styles.list}>
            <li>{t('remove.log')}</li>
            {using.length > 0 && <li>{t('remove.actions', { count: using.length, names: using.join(', ') })}</li>}
            <li>{t('remove.entra')}</li>
          </ul>
        </div>
        <Field
          label={t('remove.type', { name: connection.name })}
          validationState={asked && !fits ? 'error' : 'none'}
          validationMessage={asked && !fits ? t('remove.wrong', { name: connection.name }) : undefined}
        >
          <Input ref={box} value={typed} autoComplete="off" onChange={(_, { value }) => setTyped(value)} />
        </Field>
        {remove.error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              {remove.error.message} {remove.error.cure}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={styles.acts}>
        <Button onClick={onClose} disabledFocusable={remove.isPending}>
          {t('remove.cancel')}
        </Button>
        <Button className={styles.danger} appearance="primary" onClick={onRemove} disabledFocusable={remove.isPending}>
          {t(remove.isPending ? 'remove.busy' : 'remove.confirm', { count: users, users: count(users) })}
        </Button>
      </div>
    </Modal>
  );
}
