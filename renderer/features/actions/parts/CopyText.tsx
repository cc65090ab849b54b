/** Copies a text that people hand on (a request id), and says that it did. */
import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export function CopyText(props: { readonly text: string; readonly what: string }): ReactElement {
  const { t } = useTranslation('actions');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      size="small"
      appearance="transparent"
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      title={t(copied ? 'copy.done' : 'copy.do')}
      aria-label={copied ? t('copy.done') : t('copy.label', { what: props.what })}
      onClick={() => void navigator.clipboard.writeText(props.text).then(() => setCopied(true))}
    />
  );
}
