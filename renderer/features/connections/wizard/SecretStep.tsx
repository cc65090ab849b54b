/** Step 2: the secret's value, which is not its id; or a certificate. */
import type { ReactElement } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { CredentialFields } from '../CredentialFields.tsx';
import { useFieldStyles } from '../Fields.tsx';
import { applicationPage } from '../places.ts';
import type { Form } from '../useForm.ts';
import { Instructions, WayOut } from './Instructions.tsx';

export function SecretStep(props: { readonly form: Form; readonly kept: boolean }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useFieldStyles();
  const { draft } = props.form;
  const certificate = draft.kind === 'certificate';
  return (
    <div className={styles.column}>
      <Instructions>
        <li>
          <WayOut href={applicationPage(draft.cloud, draft.client, 'Credentials')} words={t('secret.open')} />
        </li>
        <li>
          <Trans t={t} i18nKey={certificate ? 'secret.upload' : 'secret.new'} components={{ b: <strong /> }} />
        </li>
        {!certificate && (
          <li>
            <Trans t={t} i18nKey="secret.copy" components={{ b: <strong /> }} />
          </li>
        )}
      </Instructions>
      <CredentialFields form={props.form} kept={props.kept} explain />
    </div>
  );
}
