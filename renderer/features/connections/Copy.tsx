/** A name to be typed elsewhere, with a button that copies it and says so. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { writeClipboard } from '../../ui/clipboard.ts';

const useStyles = makeStyles({
  row: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, maxWidth: '100%' },
  text: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
});

export function CopyButton(props: {
  readonly text: string;
  readonly label: string;
  /** With words beside the icon; else the label is the name for screen readers and the hover. */
  readonly words?: string;
}): ReactElement {
  const { t } = useTranslation('connections');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? t('copy.done') : props.label;
  return (
    <>
      <Button
        size="small"
        appearance={props.words === undefined ? 'subtle' : 'secondary'}
        icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
        title={label}
        aria-label={props.words === undefined ? props.label : undefined}
        onClick={() => void writeClipboard(props.text).then(() => setCopied(true))}
      >
        {props.words === undefined ? null : copied ? t('copy.done') : props.words}
      </Button>
      <span
        role="status"
        style={{ position: 'absolute', clip: 'rect(0 0 0 0)', width: 1, height: 1, overflow: 'hidden' }}
      >
        {copied ? t('copy.done') : ''}
      </span>
    </>
  );
}

/** A long name may break after a dot, and only there. */
function breakable(name: string): readonly ReactNode[] {
  return name.split(/(?<=\.)/).flatMap((part, n) => (n === 0 ? [part] : [<wbr key={part} />, part]));
}

export function CopyName(props: { readonly name: string; readonly className?: string }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('connections');
  return (
    <span className={styles.row}>
      <code className={styles.text}>{breakable(props.name)}</code>
      <CopyButton text={props.name} label={t('copy.name', { name: props.name })} />
    </span>
  );
}
