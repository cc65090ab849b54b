/** Changing a stored connection: the same fields as the wizard, saved by a button that says what else will happen. */
import { Button, Divider, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionChange } from '../../../shared/contract/connections.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import { useTell } from '../../host/ask.ts';
import { go } from '../../host/navigation.ts';
import { Abilities } from './Abilities.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { draftOf, fieldOf, fields, readsAllAgain, toChange } from './draft.ts';
import { TextField } from './Fields.tsx';
import { abilitiesOf, delegatedFor } from './features.ts';
import { AddressFields, CloudField, IdFields } from './IdentityFields.tsx';
import { ScopeFields } from './ScopeFields.tsx';
import { useForm } from './useForm.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

export function EditForm(props: {
  readonly connection: Connection;
  readonly others: readonly string[];
  readonly onRemove: () => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { connection } = props;
  const [draft, setDraft] = useState(() => draftOf(connection));
  const [said, setSaid] = useState('');
  const kept = connection.credential.place === 'keychain' || connection.credential.place === 'session';
  const form = useForm(
    draft,
    (change) => {
      setDraft((present) => ({ ...present, ...change }));
      setSaid('');
    },
    { taken: props.others, kept },
  );
  const save = useTell(
    (api, change: ConnectionChange) => api.connections.update({ name: connection.name, change }),
    ['connections', 'sync', 'scores', 'host', 'journal'],
  );
  const change = toChange(draft, connection);
  const changes = Object.keys(change).length;

  const onSave = () => {
    if (!form.passes(fields)) return;
    if (changes === 0) {
      setSaid(t('edit.nothing'));
      return;
    }
    save.mutate(change, {
      onSuccess: (saved) => {
        setDraft(draftOf(saved));
        setSaid(t('edit.saved', { count: changes }));
        if (saved.name !== connection.name) go('connections', { connection: saved.name }, { replace: true });
      },
      onError: (failure) => {
        const field = fieldOf(failure.field, draft.kind);
        if (field !== null) form.blame(field, `${failure.message} ${failure.cure ?? ''}`);
      },
    });
  };
  const failure = save.error !== null && fieldOf(save.error.field, draft.kind) === null ? save.error : null;
  return (
    <div className={styles.box}>
      <TextField form={form} name="name" label={t('field.name')} required />
      <CloudField form={form} />
      <IdFields form={form} />
      <AddressFields form={form} />
      <Divider />
      <CredentialFields
        form={form}
        kept={kept}
        explain={!['env', 'certificate', 'interactive'].includes(connection.credential.place)}
      />
      {draft.kind === 'interactive' && (
        <Abilities
          wanted={abilitiesOf(draft.permissions)}
          onChange={(wanted) => form.change({ permissions: delegatedFor(wanted) })}
        />
      )}
      {connection.signIn !== null && connection.signIn.account !== null && 'credential' in change && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('edit.signsOut')}</MessageBarBody>
        </MessageBar>
      )}
      <Divider />
      <ScopeFields form={form} mapping={connection.mapping} />
      {readsAllAgain(change) && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('edit.readsAll')}</MessageBarBody>
        </MessageBar>
      )}
      {failure !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {failure.message} {failure.cure}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.row}>
        <Button appearance="primary" onClick={onSave} disabledFocusable={save.isPending}>
          {changes === 0 ? t('edit.save') : t('edit.saveCount', { count: changes })}
        </Button>
        {changes > 0 && <Button onClick={() => setDraft(draftOf(connection))}>{t('edit.reset')}</Button>}
        <Text role="status">{said}</Text>
      </div>
      <Divider />
      <div className={styles.row}>
        <Button icon={<DeleteRegular />} onClick={props.onRemove}>
          {t('act.remove')}
        </Button>
      </div>
    </div>
  );
}
