/**
 * How the application proves who it is. A secret goes to the OS keychain; where there is none that is said, and an
 * environment variable or a certificate is offered instead.
 */
import { Button, Field, MessageBar, MessageBarBody, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../host/ask.ts';
import { CopyButton } from './Copy.tsx';
import { type CredentialKind, hasExpiry } from './draft.ts';
import { TextField, useFieldStyles } from './Fields.tsx';
import type { Form } from './useForm.ts';

const kinds: readonly CredentialKind[] = ['secret', 'secret-env', 'certificate', 'interactive'];

/** The command that sets a variable for good, in the words of the person's system. */
function commandFor(platform: string, variable: string): string {
  const name = variable.trim() === '' ? 'RISKDESK_SECRET' : variable.trim();
  return platform === 'win32' ? `setx ${name} "<value>"` : `export ${name}='<value>'`;
}

export function CredentialFields(props: {
  readonly form: Form;
  readonly kept: boolean;
  /** False where the person is content with another place for the secret. */
  readonly explain: boolean;
  /** What to do in Entra for the chosen way; shown between the choice and its fields. */
  readonly steps?: ReactNode;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useFieldStyles();
  const host = useAsk(['host'], (api) => api.host.info());
  const [shown, setShown] = useState(false);
  const { form } = props;
  const { kind } = form.draft;
  const noKeychain = host.data !== undefined && !host.data.keychain.available;
  useEffect(() => {
    if (noKeychain && kind === 'secret' && !props.kept) form.change({ kind: 'secret-env' });
  }, [noKeychain, kind, props.kept, form.change]);
  const command = commandFor(host.data?.platform ?? '', form.draft.variable);

  return (
    <div className={styles.column}>
      {noKeychain && props.explain && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('keychain.absent', { why: host.data?.keychain.why ?? '' })}</MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('field.kind')}>
        <RadioGroup
          value={kind}
          onChange={(_, { value }) => {
            const chosen = kinds.find((one) => one === value);
            if (chosen !== undefined) form.change({ kind: chosen });
          }}
        >
          {kinds.map((one) => {
            const refused = one === 'secret' && noKeychain;
            return (
              <Radio
                key={one}
                value={one}
                disabled={refused}
                label={
                  <>
                    {t(`kind.${one}`)}
                    <br />
                    <Text size={200}>
                      {t(refused ? 'kind.noKeychain' : `kind.${one}-hint`)}
                      {one === 'interactive' && noKeychain ? ` ${t('kind.untilClosed')}` : ''}
                    </Text>
                  </>
                }
              />
            );
          })}
        </RadioGroup>
      </Field>
      {props.steps}
      {kind === 'secret' && (
        <TextField
          form={form}
          name="secret"
          label={t('field.secret')}
          hint={t(props.kept ? 'hint.secretKept' : 'hint.secret')}
          required={!props.kept}
          input={{
            type: shown ? 'text' : 'password',
            autoComplete: 'new-password',
            contentAfter: (
              <Button
                size="small"
                appearance="transparent"
                icon={shown ? <EyeOffRegular /> : <EyeRegular />}
                aria-label={t(shown ? 'secret.hide' : 'secret.show')}
                onClick={() => setShown(!shown)}
              />
            ),
          }}
        />
      )}
      {kind === 'secret-env' && (
        <>
          <TextField
            form={form}
            name="variable"
            label={t('field.variable')}
            hint={t('hint.variable')}
            required
            input={{ placeholder: 'RISKDESK_SECRET' }}
          />
          <Text size={200}>
            {t('hint.setVariable')} <code>{command}</code> <CopyButton text={command} label={t('copy.command')} />
          </Text>
        </>
      )}
      {kind === 'certificate' && (
        <TextField form={form} name="file" label={t('field.file')} hint={t('hint.file')} required />
      )}
      {hasExpiry(kind) && (
        <TextField
          form={form}
          name="expires"
          label={t('field.expires')}
          hint={t('hint.expires')}
          className={styles.short}
          input={{ type: 'date' }}
        />
      )}
    </div>
  );
}
