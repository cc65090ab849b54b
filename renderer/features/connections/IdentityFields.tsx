/** Which tenant and which application, in which cloud. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Dropdown,
  Field,
  Option,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { clouds } from '../../../shared/model/connection.ts';
import { TextField, useFieldStyles } from './Fields.tsx';
import { addresses } from './places.ts';
import type { Form } from './useForm.ts';

export function CloudField(props: { readonly form: Form }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useFieldStyles();
  const { draft, change } = props.form;
  return (
    <Field className={styles.wide} label={t('field.cloud')} hint={t('hint.cloud')}>
      <Dropdown
        value={t(`cloud.${draft.cloud}`)}
        selectedOptions={[draft.cloud]}
        onOptionSelect={(_, { optionValue }) => {
          const cloud = clouds.find((one) => one === optionValue);
          if (cloud !== undefined) change({ cloud });
        }}
      >
        {clouds.map((cloud) => (
          <Option key={cloud} value={cloud} text={t(`cloud.${cloud}`)}>
            {t(`cloud.${cloud}`)}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

export function IdFields(props: { readonly form: Form }): ReactElement {
  const { t } = useTranslation('connections');
  const { form } = props;
  return (
    <>
      <TextField
        form={form}
        name="tenant"
        label={t('field.tenant')}
        hint={t('hint.tenant')}
        required
        input={{ placeholder: '00000000-0000-0000-0000-000000000000' }}
      />
      <TextField
        form={form}
        name="client"
        label={t('field.client')}
        hint={t('hint.client')}
        required
        input={{ placeholder: '00000000-0000-0000-0000-000000000000' }}
      />
    </>
  );
}

/** For gateways and stand-ins; empty for nearly everybody. */
export function AddressFields(props: { readonly form: Form }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useFieldStyles();
  const { form } = props;
  const used = form.draft.authorityUrl !== '' || form.draft.graphUrl !== '';
  return (
    <Accordion collapsible defaultOpenItems={used ? ['addresses'] : []}>
      <AccordionItem value="addresses">
        <AccordionHeader>{t('addresses.title')}</AccordionHeader>
        <AccordionPanel className={styles.column}>
          <TextField
            form={form}
            name="authorityUrl"
            label={t('field.authorityUrl')}
            hint={t('hint.address')}
            input={{ placeholder: addresses[form.draft.cloud].authority }}
          />
          <TextField
            form={form}
            name="graphUrl"
            label={t('field.graphUrl')}
            hint={t('hint.address')}
            input={{ placeholder: addresses[form.draft.cloud].graph }}
          />
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}
