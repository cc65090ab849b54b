/**
 * Connecting a tenant, step by step as Microsoft's pages ask for it: register, secret, permissions, what to keep, test and
 * first sync. Nothing is stored before the last step; what was typed survives a look at another view, except the secret.
 */
import { Button, makeStyles, mergeClasses, Text, Title3, tokens, typographyStyles } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, RecordRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../shared/model/connection.ts';
import { go } from '../../../host/navigation.ts';
import type { Field } from '../draft.ts';
import { delegatedFor } from '../features.ts';
import { useForm } from '../useForm.ts';
import { ConnectStep } from './ConnectStep.tsx';
import { PermissionsStep } from './PermissionsStep.tsx';
import { RegisterStep } from './RegisterStep.tsx';
import { ScopeStep } from './ScopeStep.tsx';
import { SecretStep } from './SecretStep.tsx';
import { dropSecret, restartWizard, type Step, steps, useWizard } from './state.ts';

export const fieldsOf: Readonly<Record<Step, readonly Field[]>> = {
  register: ['name', 'tenant', 'client', 'authorityUrl', 'graphUrl'],
  secret: ['secret', 'variable', 'file', 'expires'],
  permissions: [],
  scope: ['min', 'max', 'every'],
  connect: [],
};

const narrow = '@container wizard (max-width: 780px)';

const useStyles = makeStyles({
  root: { containerType: 'inline-size', containerName: 'wizard', minHeight: '100%' },
  sides: {
    display: 'grid',
    gridTemplateColumns: '220px minmax(0, 720px)',
    gap: tokens.spacingHorizontalXXXL,
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL}`,
    [narrow]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: tokens.spacingVerticalM,
      padding: tokens.spacingHorizontalL,
    },
  },
  title: { margin: 0, gridColumn: '1 / -1' },
  steps: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    position: 'sticky',
    top: tokens.spacingVerticalL,
    [narrow]: { position: 'static', flexDirection: 'row', flexWrap: 'wrap' },
  },
  step: { justifyContent: 'flex-start', width: '100%', [narrow]: { width: 'auto' } },
  now: { backgroundColor: tokens.colorNeutralBackground1Selected, color: tokens.colorNeutralForeground1Selected },
  heading: { ...typographyStyles.subtitle1, margin: 0, outlineStyle: 'none' },
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL, minWidth: 0 },
  foot: {
    position: 'sticky',
    bottom: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    paddingBottom: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalM,
  },
  cancel: { marginLeft: 'auto' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

export function Wizard(props: { readonly connections: readonly Connection[] }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { draft, step, saved, wanted } = useWizard();
  const at = steps.indexOf(step);
  const stored = props.connections.find((one) => one.name === saved) ?? null;
  const kept = stored?.credential.place === 'keychain' && draft.kind === 'secret';
  const asked = useMemo(() => ({ ...draft, permissions: delegatedFor(wanted) }), [draft, wanted]);
  const form = useForm(asked, (change) => useWizard.setState((state) => ({ draft: { ...state.draft, ...change } })), {
    taken: props.connections.filter((one) => one.name !== saved).map((one) => one.name),
    kept,
  });
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is announced by focus on its heading
  useEffect(() => {
    heading.current?.focus();
  }, [step]);
  useEffect(() => dropSecret, []);

  const goTo = (target: Step) => {
    const ahead = steps.slice(0, steps.indexOf(target));
    const stuck = ahead.find((one) => steps.indexOf(one) >= at && !form.passes(fieldsOf[one]));
    useWizard.setState({ step: stuck ?? target });
  };
  const leave = () => {
    restartWizard();
    go('connections');
  };
  const Page = { register: RegisterStep, secret: SecretStep, permissions: PermissionsStep, scope: ScopeStep }[
    step === 'connect' ? 'register' : step
  ];
  const next = steps[at + 1];
  const before = steps[at - 1];
  return (
    <div className={styles.root}>
      <div className={styles.sides}>
        <Title3 as="h2" className={styles.title}>
          {t('wizard.title')}
        </Title3>
        <nav aria-label={t('wizard.steps')}>
          <ol className={styles.steps}>
            {steps.map((one, index) => (
              <li key={one}>
                <Button
                  className={mergeClasses(styles.step, one === step && styles.now)}
                  appearance="subtle"
                  aria-current={one === step ? 'step' : undefined}
                  icon={index < at ? <CheckmarkCircleFilled /> : index === at ? <RecordRegular /> : <CircleRegular />}
                  onClick={() => goTo(one)}
                >
                  {t(`step.${one}`)}
                </Button>
              </li>
            ))}
          </ol>
        </nav>
        <section className={styles.page} aria-labelledby="wizard-heading">
          <div>
            <Text size={200} className={styles.quiet}>
              {t('wizard.at', { at: at + 1, all: steps.length })}
            </Text>
            <h3 id="wizard-heading" ref={heading} tabIndex={-1} className={styles.heading}>
              {t(`heading.${step}`)}
            </h3>
          </div>
          {step === 'connect' ? (
            <ConnectStep form={form} stored={stored} wanted={wanted} onField={goBackTo} onLeave={leave} />
          ) : (
            <>
              <Page form={form} kept={kept} />
              <div className={styles.foot}>
                {before !== undefined && (
                  <Button onClick={() => useWizard.setState({ step: before })}>{t('wizard.back')}</Button>
                )}
                {next !== undefined && (
                  <Button appearance="primary" onClick={() => goTo(next)}>
                    {t('wizard.next')}
                  </Button>
                )}
                <Button className={styles.cancel} appearance="subtle" onClick={leave}>
                  {t(saved === null ? 'wizard.cancel' : 'wizard.later')}
                </Button>
              </div>
            </>
          )}
        </section>
      </div>
    </div>
  );
}

/** The step that has the field. */
function goBackTo(field: Field): void {
  const step = steps.find((one) => fieldsOf[one].includes(field));
  if (step !== undefined) useWizard.setState({ step });
}
