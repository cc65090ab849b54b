/** One section: what it is about, its fields, and a button that saves it, with what was saved named afterwards. */
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../host/failure.ts';
import type { Form } from './drafts.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '720px' },
  title: { margin: '0' },
  text: { color: tokens.colorNeutralForeground2 },
  head: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  foot: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
});

/** One line of what a save changed: "Cap per run: 200 → 500". */
export type Saved = { readonly label: string; readonly before: string; readonly after: string };

export function SectionHead(props: { readonly title: string; readonly text: string }): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.head}>
      <Title3 as="h2" className={styles.title}>
        {props.title}
      </Title3>
      <Text className={styles.text}>{props.text}</Text>
    </div>
  );
}

export function Section(props: {
  readonly title: string;
  readonly text: string;
  readonly form: Form;
  /** How many fields are wrong; they say so themselves. */
  readonly faults: number;
  readonly children: ReactNode;
  readonly onSave: () => Promise<readonly Saved[]>;
  readonly extra?: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<readonly Saved[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [refused, setRefused] = useState(false);
  const { form, faults } = props;
  const save = async () => {
    setSaved([]);
    setFailure(null);
    setRefused(faults > 0);
    if (faults > 0 || !form.changed) return;
    setBusy(true);
    try {
      setSaved(await props.onSave());
      form.discard();
    } catch (error) {
      setFailure(error as Failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SectionHead title={props.title} text={props.text} />
      {props.children}
      <div className={styles.foot}>
        <Button
          appearance="primary"
          type="submit"
          disabledFocusable={busy || !form.changed}
          title={form.changed ? '' : t('form.unchanged')}
        >
          {t(busy ? 'form.saving' : 'form.save')}
        </Button>
        <Button
          disabledFocusable={!form.changed}
          title={form.changed ? '' : t('form.unchanged')}
          onClick={form.discard}
        >
          {t('form.discard')}
        </Button>
        {props.extra}
      </div>
      <div aria-live="polite">
        {refused && faults > 0 && (
          <MessageBar intent="warning">
            <MessageBarBody>{t('form.faults', { count: faults })}</MessageBarBody>
          </MessageBar>
        )}
        {failure !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t('form.notSaved')}</MessageBarTitle>
              {failure.message} {failure.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        {saved.length > 0 && !form.changed && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t('form.saved')}</MessageBarTitle>
              <ul className={styles.list}>
                {saved.map((one) => (
                  <li key={one.label}>
                    {t('form.change', { label: one.label, before: one.before, after: one.after })}
                  </li>
                ))}
              </ul>
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
    </form>
  );
}
