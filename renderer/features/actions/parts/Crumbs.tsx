/**
 * Where a page stands: a link back to all actions, then its title. A step that was left takes the focus with it, so the
 * title of the next one takes it up: whoever works by keyboard goes on from there.
 */
import { Link, makeStyles, mergeClasses, Subtitle1, tokens } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../host/navigation.ts';
import { isFocusFree } from '../../../ui/freeFocus.ts';
import { usePage } from './page.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  title: { outlineStyle: 'none' },
  back: { alignSelf: 'flex-start', fontSize: tokens.fontSizeBase200 },
});

export function Crumbs(props: { readonly title: string; readonly children?: ReactNode }): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocusFree()) title.current?.focus();
  }, []);
  return (
    <header className={styles.box}>
      <Link className={styles.back} href={hrefOf('actions')}>
        ‹ {t('crumb')}
      </Link>
      <h2 ref={title} tabIndex={-1} className={mergeClasses(page.title, styles.title)}>
        <Subtitle1>{props.title}</Subtitle1>
      </h2>
      {props.children}
    </header>
  );
}
