/** Level, state and detail in Microsoft's words, each with what it means. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { exactTime } from '../../../ui/format.ts';
import { detailLabel, levelLabel, stateLabel } from '../../../ui/words.ts';
import { Moment } from '../Moment.tsx';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalS,
    margin: 0,
  },
  word: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, display: 'grid' },
  meaning: { color: tokens.colorNeutralForeground2 },
});

function meaning(t: TFunction<'users'>, kind: 'level' | 'state' | 'detail', raw: string): string {
  const unknown = t('meaning.unknown', { raw });
  return t([`meaning.${kind}.${raw}`, 'meaning.unknown'] as unknown as 'meaning.unknown', {
    raw,
    defaultValue: unknown,
  });
}

export function RiskNow({ user }: { readonly user: RiskyUser }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const rows = [
    { kind: 'level', label: levelLabel(user.riskLevel), raw: user.riskLevel },
    { kind: 'state', label: stateLabel(user.riskState), raw: user.riskState },
    { kind: 'detail', label: detailLabel(user.riskDetail), raw: user.riskDetail },
  ] as const;
  return (
    <dl className={styles.list}>
      {rows.map(({ kind, label, raw }) => [
        <dt key={`${kind}-word`} className={styles.word}>
          {t(`facet.${kind}`)}
        </dt>,
        <dd key={kind} className={styles.value}>
          <Text weight="semibold">{label === '-' ? '–' : label}</Text>
          <Text size={200} className={styles.meaning}>
            {meaning(t, kind, raw)}
          </Text>
        </dd>,
      ])}
      <dt className={styles.word}>{t('column.riskLastUpdatedDateTime')}</dt>
      <dd className={styles.value}>
        <Moment at={user.riskLastUpdatedDateTime} />
        <Text size={200} className={styles.meaning}>
          {exactTime(user.riskLastUpdatedDateTime)}
        </Text>
      </dd>
    </dl>
  );
}
