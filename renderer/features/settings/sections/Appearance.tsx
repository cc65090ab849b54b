/** Theme, density and language: seen at once, so saved at once. */
import { Field, MessageBar, MessageBarBody, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../../shared/model/language.ts';
import type { Settings } from '../../../../shared/model/settings.ts';
import { useTell } from '../../../host/ask.ts';
import { hasBridge } from '../../../host/desktop.ts';
import { setTheme } from '../../../ui/themeState.ts';
import { SectionHead } from '../form/Section.tsx';
import { Background } from './Background.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '720px' },
});

const themes = ['system', 'light', 'dark', 'contrast'] as const;
const densities = ['comfortable', 'compact'] as const;
const tongues = ['system', ...languages] as const;

export function Appearance(props: { readonly settings: Settings }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { window: stored } = props.settings;
  const [said, setSaid] = useState('');
  const tell = useTell(
    (api, input: { key: string; value: string }) => api.settings.set(input),
    ['settings', 'journal'],
  );
  const choose = (name: 'theme' | 'density' | 'language', value: string) => {
    const theme = themes.find((one) => one === value);
    if (name === 'theme' && theme !== undefined) setTheme(theme);
    tell.mutate(
      { key: `window.${name}`, value },
      {
        onSuccess: () =>
          setSaid(
            t('form.change', {
              label: t(`window.${name}`),
              before: t(`window.${stored[name]}`),
              after: t(`window.${value}`),
            }),
          ),
      },
    );
  };
  const group = (name: 'theme' | 'density' | 'language', values: readonly string[]) => (
    <Field label={t(`window.${name}`)}>
      <RadioGroup
        value={tell.isPending && tell.variables.key === `window.${name}` ? tell.variables.value : stored[name]}
        onChange={(_, { value }) => choose(name, value)}
      >
        {values.map((value) => (
          <Radio key={value} value={value} label={t(`window.${value}`)} />
        ))}
      </RadioGroup>
    </Field>
  );
  return (
    <div className={styles.box}>
      <SectionHead title={t('window.title')} text={t('window.text')} />
      {group('theme', themes)}
      {group('density', densities)}
      {group('language', tongues)}
      {hasBridge && <Background stored={stored.background} />}
      <div aria-live="polite">
        {tell.error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              {tell.error.message} {tell.error.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        {tell.error === null && said !== '' && (
          <MessageBar intent="success">
            <MessageBarBody>{said}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </div>
  );
}
