/** Step 2: the secret's value, which is not its id; or a certificate; or the redirect address for people. */
import type { ReactElement } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { CopyName } from '../Copy.tsx';
import { CredentialFields } from '../CredentialFields.tsx';
import type { Draft } from '../draft.ts';
import { useFieldStyles } from '../Fields.tsx';
import { applicationPage } from '../places.ts';
import type { Form } from '../useForm.ts';
import { Instructions, WayOut } from './Instructions.tsx';

export function SecretStep(props: { readonly form: Form; readonly kept: boolean }): ReactElement {
  const styles = useFieldStyles();
  const { draft } = props.form;
  return (
    <div className={styles.column}>
      <CredentialFields form={props.form} kept={props.kept} explain steps={<Steps draft={draft} />} />
    </div>
  );
}

/** What to do in Entra for the chosen way. */
function Steps(props: { readonly draft: Draft }): ReactElement {
  const { t } = useTranslation('connections');
  const { draft } = props;
  const bold = { b: <strong /> };
  if (draft.kind === 'interactive') {
    return (
      <Instructions>
        <li>
          <WayOut href={applicationPage(draft.cloud, draft.client, 'Authentication')} words={t('person.open')} />
        </li>
        <li>
          <Trans t={t} i18nKey="person.platform" components={bold} />
          <br />
          <CopyName name="http://localhost" />
        </li>
      </Instructions>
    );
  }
  const certificate = draft.kind === 'certificate';
  return (
    <Instructions>
      <li>
        <WayOut href={applicationPage(draft.cloud, draft.client, 'Credentials')} words={t('secret.open')} />
      </li>
      <li>
        <Trans t={t} i18nKey={certificate ? 'secret.upload' : 'secret.new'} components={bold} />
      </li>
      {!certificate && (
        <li>
          <Trans t={t} i18nKey="secret.copy" components={bold} />
        </li>
      )}
    </Instructions>
  );
}
