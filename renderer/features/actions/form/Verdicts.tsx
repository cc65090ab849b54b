/**
 * Confirm compromised, dismiss and confirm safe sound alike and cannot be undone. Their difference is shown in full
 * until a person says that they know it, and stays one click away afterwards.
 */
import {
  Button,
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionKind } from '../../../../shared/model/action.ts';
import { usePage } from '../parts/page.ts';

export const verdictKinds = ['confirm-compromised', 'dismiss', 'confirm-safe'] as const;
type VerdictKind = (typeof verdictKinds)[number];
export const isVerdict = (kind: ActionKind): kind is VerdictKind =>
  (verdictKinds as readonly ActionKind[]).includes(kind);

const key = 'riskdesk.verdictsKnown';

const useStyles = makeStyles({
  table: {
    minWidth: '560px',
    '& td, & th': { paddingTop: tokens.spacingVerticalS, paddingBottom: tokens.spacingVerticalS, verticalAlign: 'top' },
  },
  chosen: { boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}` },
  own: { alignSelf: 'flex-start' },
});

export function Verdicts(props: { readonly kind: ActionKind }): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const [open, setOpen] = useState(localStorage.getItem(key) === null);
  if (!open) {
    return (
      <Button className={styles.own} appearance="subtle" aria-expanded={false} onClick={() => setOpen(true)}>
        {t('verdicts.again')}
      </Button>
    );
  }
  return (
    <section className={page.card} aria-label={t('verdicts.title')}>
      <Text weight="semibold">{t('verdicts.title')}</Text>
      <Text className={page.quiet}>{t('verdicts.intro')}</Text>
      <div className={page.scroll}>
        <Table className={styles.table} size="small" aria-label={t('verdicts.title')}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>
                <span className={page.unseen}>{t('form.kind')}</span>
              </TableHeaderCell>
              {(['what', 'then', 'use'] as const).map((head) => (
                <TableHeaderCell key={head}>{t(`verdicts.${head}`)}</TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {verdictKinds.map((kind) => (
              <TableRow key={kind} className={mergeClasses(page.line, kind === props.kind && styles.chosen)}>
                <TableCell>
                  <Text block weight="semibold">
                    {t(`kind.${kind}.name`)}
                  </Text>
                  {t(`verdict.${kind}`)}
                </TableCell>
                {(['what', 'then', 'use'] as const).map((cell) => (
                  <TableCell key={cell}>{t(`verdicts.${kind}.${cell}`)}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <Button
        className={styles.own}
        onClick={() => {
          localStorage.setItem(key, '1');
          setOpen(false);
        }}
      >
        {t('verdicts.seen')}
      </Button>
    </section>
  );
}
