/** Step 3: what the analyst wants to do, and the least permissions for exactly that. */
import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { CopyButton, CopyName } from '../Copy.tsx';
import { useFieldStyles } from '../Fields.tsx';
import { abilities, alwaysOn, permissionsFor } from '../features.ts';
import { applicationPage } from '../places.ts';
import type { Form } from '../useForm.ts';
import { Instructions, WayOut } from './Instructions.tsx';
import { useWizard } from './state.ts';

const useStyles = makeStyles({
  ticks: {
    border: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(300px, 1fr))',
  },
  names: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalXXS,
    justifyItems: 'start',
  },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXS },
});

export function PermissionsStep(props: { readonly form: Form }): ReactElement {
  const { t } = useTranslation('connections');
  const fieldStyles = useFieldStyles();
  const styles = useStyles();
  const { draft } = props.form;
  const wanted = useWizard((state) => state.wanted);
  const names = permissionsFor(wanted);
  return (
    <div className={fieldStyles.column}>
      <fieldset className={styles.ticks}>
        <legend className={styles.legend}>
          <Text weight="semibold">{t('permissions.want')}</Text>
        </legend>
        {abilities.map((ability) => {
          const fixed = alwaysOn.includes(ability);
          return (
            <Checkbox
              key={ability}
              checked={fixed || wanted.includes(ability)}
              disabled={fixed}
              label={t(`ability.${ability}`)}
              onChange={(_, { checked }) =>
                useWizard.setState({
                  wanted: checked === true ? [...wanted, ability] : wanted.filter((one) => one !== ability),
                })
              }
            />
          );
        })}
      </fieldset>
      <Instructions>
        <li>
          <WayOut href={applicationPage(draft.cloud, draft.client, 'CallAnAPI')} words={t('permissions.open')} />
        </li>
        <li>
          <Trans t={t} i18nKey="permissions.add" components={{ b: <strong /> }} />
          <ul className={styles.names} aria-label={t('permissions.list')} aria-live="polite">
            {names.map((name) => (
              <li key={name}>
                <CopyName name={name} />
              </li>
            ))}
          </ul>
          <CopyButton text={names.join('\n')} label={t('copy.all')} words={t('copy.all')} />
        </li>
        <li>
          <Trans t={t} i18nKey="permissions.consent" components={{ b: <strong /> }} />
        </li>
      </Instructions>
      <Text size={200}>{t('permissions.plugin')}</Text>
    </div>
  );
}
