/** What a live test found: step by step, the first thing to mend, and what the token allows. */
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircleRegular, ErrorCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTest } from '../../../shared/contract/connections.ts';
import { coreWords } from '../../host/failure.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import type { Ability } from './features.ts';
import { PermissionMatrix } from './PermissionMatrix.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  step: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalS },
  icon: { flexShrink: 0, fontSize: '20px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  plain: { color: tokens.colorNeutralForeground3 },
});

export function TestResult(props: {
  readonly test: ConnectionTest;
  /** What the person ticked; rows of the matrix that were not asked for are then no fault. */
  readonly wanted?: readonly Ability[];
  /** A way to the field that is wrong. */
  readonly mend?: { readonly words: string; readonly go: () => void } | null;
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { test } = props;
  const english = useLanguage(({ language }) => language === 'en');
  /** The core speaks English; in another language the window says the same with less detail. */
  const said = ({ step, ok, message }: ConnectionTest['steps'][number]): string => {
    if (!ok && test.problem !== null) return t('test.stepFailed');
    if (english) return message;
    if (!ok) return t('test.optional');
    if (step !== 'organization') return t(`test.done.${step}`);
    return test.tenantName === null ? t('test.done.unnamed') : t('test.done.named', { name: test.tenantName });
  };
  return (
    <div className={styles.box}>
      <ol className={styles.steps} aria-label={t('test.steps')}>
        {test.steps.map((one) => {
          const { step, ok } = one;
          const optional = !ok && test.ok;
          const Icon = ok ? CheckmarkCircleRegular : optional ? SubtractCircleRegular : ErrorCircleRegular;
          return (
            <li key={step} className={styles.step}>
              <Icon
                className={mergeClasses(styles.icon, ok ? styles.good : optional ? styles.plain : styles.bad)}
                aria-hidden
              />
              <span>
                <Text weight="semibold">{t(`test.step.${step}`)}</Text> <Text>{said(one)}</Text>
              </span>
            </li>
          );
        })}
      </ol>
      {test.problem !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('test.failed')}</MessageBarTitle>
            {coreWords(test.problem.code, test.problem.message, test.problem.cure)}
          </MessageBarBody>
          {props.mend && (
            <MessageBarActions>
              <Button onClick={props.mend.go}>{props.mend.words}</Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      {test.permissions.length > 0 && (
        <PermissionMatrix rows={test.permissions} {...(props.wanted === undefined ? {} : { wanted: props.wanted })} />
      )}
      {props.children}
    </div>
  );
}
