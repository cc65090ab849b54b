/** Step 1: an application in Entra, its two ids, and a name for the connection. */
import type { ReactElement } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { TextField, useFieldStyles } from '../Fields.tsx';
import { AddressFields, CloudField, IdFields } from '../IdentityFields.tsx';
import { registrationsPage } from '../places.ts';
import type { Form } from '../useForm.ts';
import { Instructions, WayOut } from './Instructions.tsx';

export function RegisterStep(props: { readonly form: Form }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useFieldStyles();
  const { form } = props;
  return (
    <div className={styles.column}>
      <CloudField form={form} />
      <Instructions>
        <li>
          <WayOut href={registrationsPage(form.draft.cloud)} words={t('register.open')} />
        </li>
        <li>
          <Trans t={t} i18nKey="register.new" components={{ b: <strong /> }} />
        </li>
        <li>
          <Trans t={t} i18nKey="register.copy" components={{ b: <strong /> }} />
        </li>
      </Instructions>
      <IdFields form={form} />
      <TextField
        form={form}
        name="name"
        label={t('field.name')}
        hint={t('hint.name')}
        required
        input={{ placeholder: 'Contoso' }}
      />
      <AddressFields form={form} />
    </div>
  );
}
