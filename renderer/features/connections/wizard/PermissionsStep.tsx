/** Step 3: what the analyst wants to do, and the least permissions for exactly that. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Abilities } from '../Abilities.tsx';
import { CopyButton, CopyName } from '../Copy.tsx';
import { useFieldStyles } from '../Fields.tsx';
import { permissionsFor } from '../features.ts';
import { applicationPage } from '../places.ts';
import type { Form } from '../useForm.ts';
import { Instructions, WayOut } from './Instructions.tsx';
import { useWizard } from './state.ts';

const useStyles = makeStyles({
  names: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalXXS,
    justifyItems: 'start',
  },
});

export function PermissionsStep(props: { readonly form: Form }): ReactElement {
  const { t } = useTranslation('connections');
  const fieldStyles = useFieldStyles();
  const styles = useStyles();
  const { draft } = props.form;
  const wanted = useWizard((state) => state.wanted);
  const person = draft.kind === 'interactive';
  const names = permissionsFor(wanted, person ? 'person' : 'application');
  return (
    <div className={fieldStyles.column}>
      <Abilities wanted={wanted} onChange={(next) => useWizard.setState({ wanted: next })} />
      <Instructions>
        <li>
          <WayOut href={applicationPage(draft.cloud, draft.client, 'CallAnAPI')} words={t('permissions.open')} />
        </li>
        <li>
          <Trans
            t={t}
            i18nKey={person ? 'permissions.addDelegated' : 'permissions.add'}
            components={{ b: <strong /> }}
          />
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
      <Text size={200}>{t(person ? 'permissions.roles' : 'permissions.plugin')}</Text>
    </div>
  );
}
