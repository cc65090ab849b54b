/** Numbered instructions for Microsoft's pages, with the way there. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../Copy.tsx';

const useStyles = makeStyles({
  list: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXXL,
    display: 'grid',
    gap: tokens.spacingVerticalS,
    lineHeight: tokens.lineHeightBase300,
  },
  way: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap' },
});

export function Instructions(props: { readonly children: ReactNode }): ReactElement {
  const styles = useStyles();
  return <ol className={styles.list}>{props.children}</ol>;
}

/** A link out, and its address to copy, since the analyst's Entra session may live in another browser. */
export function WayOut(props: { readonly href: string; readonly words: string }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('connections');
  return (
    <span className={styles.way}>
      <Link href={props.href} target="_blank" rel="noreferrer noopener" inline>
        {props.words} <OpenRegular aria-hidden />
      </Link>
      <CopyButton text={props.href} label={t('copy.address')} />
    </span>
  );
}
