/** How many users a rule means now, as a link to them. Counted only once the row has been seen, since a list may be long. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../../host/ask.ts';
import { hrefOf } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';

const useStyles = makeStyles({ number: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground1 } });

export function RuleCount(props: { readonly rule: string }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const box = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const { rule } = props;
  const counted = useAsk(['users', 'count', 'rule', rule], (api) => api.users.count({ filter: { rule } }), {
    enabled: seen,
  });
  return (
    <span ref={box} className={styles.number}>
      {counted.data === undefined ? (
        counted.error === null ? (
          '…'
        ) : (
          '–'
        )
      ) : (
        <Link
          href={hrefOf('users', { rule })}
          aria-label={t('list.usersOf', { number: count(counted.data.total), rule })}
        >
          {count(counted.data.total)}
        </Link>
      )}
    </span>
  );
}
