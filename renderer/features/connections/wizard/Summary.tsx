/** What will be stored, before it is: everything but the secret. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { longDay } from '../../../ui/format.ts';
import { type Draft, hasExpiry } from '../draft.ts';
import { type Ability, permissionsFor } from '../features.ts';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(100px, 180px) minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
});

export function Summary(props: { readonly draft: Draft; readonly wanted: readonly Ability[] }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { draft } = props;
  const credential = {
    secret: t('summary.secret'),
    'secret-env': t('summary.variable', { reference: draft.variable }),
    certificate: t('summary.certificate', { reference: draft.file }),
    interactive: t('summary.interactive'),
  }[draft.kind];
  const rows = [
    ['name', draft.name],
    ['cloud', t(`cloud.${draft.cloud}`)],
    ['tenant', draft.tenant.trim()],
    ['client', draft.client.trim()],
    ['kind', credential],
    [
      'range',
      `${t('last.range', { min: draft.min, max: draft.max })}${t(draft.unscored ? 'last.andUnscored' : 'last.noUnscored')}`,
    ],
    ['automatic', draft.automatic ? t('summary.every', { count: Number(draft.every) }) : t('fact.byHand')],
    ...(hasExpiry(draft.kind) && draft.expires !== '' ? [['expires', longDay(draft.expires)] as const] : []),
    ['permissions', permissionsFor(props.wanted, draft.kind === 'interactive' ? 'person' : 'application').join(', ')],
  ] as const;
  return (
    <dl className={styles.facts} aria-label={t('summary.label')}>
      {rows.map(([key, value]) => [
        <dt key={`${key}-name`}>{t(key === 'range' || key === 'permissions' ? `summary.${key}` : `field.${key}`)}</dt>,
        <dd key={key}>{value}</dd>,
      ])}
    </dl>
  );
}
