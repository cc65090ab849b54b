/** Copies a text that people hand on (a name, an id, a request id), and says whether it did. */
import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular, ErrorCircleRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { writeClipboard } from './clipboard.ts';

const icons = { do: CopyRegular, done: CheckmarkRegular, refused: ErrorCircleRegular } as const;

/** `what`: what is copied, in words: "Copy {{what}}". */
export function CopyText(props: { readonly text: string; readonly what: string }): ReactElement {
  const { t } = useTranslation('app');
  const [state, setState] = useState<keyof typeof icons>('do');
  useEffect(() => {
    if (state === 'do') return;
    const timer = setTimeout(() => setState('do'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await writeClipboard(props.text);
      setState('done');
    } catch {
      setState('refused');
    }
  };
  const Icon = icons[state];
  const label = t(`copy.${state}`, { what: props.what });
  return (
    <Button
      size="small"
      appearance="transparent"
      icon={<Icon />}
      title={label}
      aria-label={label}
      onClick={() => void copy()}
    />
  );
}
