/** Copies one value and says so. */
import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';

export function CopyButton(props: { readonly text: string; readonly label: string }): ReactElement {
  const { t } = useTranslation('users');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  const label = copied ? t('panel.copied') : props.label;
  return (
    <Button
      size="small"
      appearance="transparent"
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      aria-label={label}
      title={label}
      onClick={() => void copy()}
    />
  );
}
