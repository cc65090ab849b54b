/** How a score comes about, in the order in which it is reckoned: level, score, grouping, and the mean over connections. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserDetail } from '../../../../shared/contract/users.ts';
import { groupings } from '../../../../shared/model/riskyUser.ts';
import { defaultThresholds, groupingRange } from '../../../../shared/model/score.ts';
import { useAsk } from '../../../host/ask.ts';
import { GroupingMark } from '../../../ui/GroupingMark.tsx';
import { tones } from '../../../ui/theme.ts';
import { useTheme } from '../../../ui/themeState.ts';
import { levelLabel } from '../../../ui/words.ts';

const useStyles = makeStyles({
  top: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalM },
  number: {
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  scale: { position: 'relative', display: 'flex', gap: '2px', height: '8px', margin: `${tokens.spacingVerticalS} 0` },
  band: {
    borderRadius: tokens.borderRadiusSmall,
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  pin: {
    position: 'absolute',
    top: '-5px',
    width: '4px',
    height: '18px',
    transform: 'translateX(-50%)',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralForeground1,
    outline: `2px solid ${tokens.colorNeutralBackground1}`,
  },
  ends: {
    display: 'flex',
    justifyContent: 'space-between',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
  },
  steps: { margin: 0, paddingInlineStart: '20px', display: 'grid', gap: tokens.spacingVerticalXS },
  table: {
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': { padding: '2px 12px 2px 0' },
  },
  caption: { textAlign: 'start', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  name: { textAlign: 'start', fontWeight: tokens.fontWeightRegular, overflowWrap: 'anywhere' },
  end: { textAlign: 'end', fontWeight: tokens.fontWeightRegular },
});

export function ScoreExplained({ detail }: { readonly detail: UserDetail }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const theme = useTheme((state) => state.name);
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const thresholds = settings.data?.thresholds ?? defaultThresholds;
  const { user, scores } = detail;
  const { aggregateScore: aggregate, grouping } = user;
  const counted = scores.filter(({ score, weight }) => score !== null && weight > 0);
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  const terms = counted.map(({ score, weight }) => `${score}\u00a0×\u00a0${weight}`).join(' + ');
  const range = grouping === null ? null : groupingRange(grouping, thresholds);

  return (
    <>
      <div className={styles.top}>
        <span className={styles.number}>{aggregate ?? '–'}</span>
        <span className={styles.quiet}>{aggregate === null ? t('score.none') : t('score.scale')}</span>
        <GroupingMark tone={grouping ?? 'none'} />
      </div>
      <div aria-hidden>
        <div className={styles.scale}>
          {groupings.map((name) => {
            const { from, to } = groupingRange(name, thresholds);
            return (
              <span
                key={name}
                className={styles.band}
                style={{
                  flexGrow: to - from + 1,
                  flexBasis: 0,
                  backgroundColor: tones[theme][name],
                  opacity: name === grouping ? 1 : 0.35,
                }}
              />
            );
          })}
          {aggregate !== null && <span className={styles.pin} style={{ left: `${aggregate / 10}%` }} />}
        </div>
        <div className={styles.ends}>
          <span>{t('score.worst')}</span>
          <span>{t('score.best')}</span>
        </div>
      </div>
      <ol className={styles.steps}>
        <li>
          {user.score === null
            ? t('score.levelNone', { level: levelLabel(user.riskLevel), connection: user.connection })
            : t('score.level', { level: levelLabel(user.riskLevel), connection: user.connection, score: user.score })}
        </li>
        <li>
          {aggregate === null
            ? t('score.noAggregate')
            : counted.length < 2
              ? t('score.one', { score: aggregate })
              : t('score.mean', { terms, weights, score: aggregate })}
        </li>
        {range !== null && <li>{t('score.grouping', { score: aggregate, grouping, ...range })}</li>}
      </ol>
      {scores.length > 1 && (
        <table className={styles.table}>
          <caption className={styles.caption}>{t('score.person')}</caption>
          <thead>
            <tr>
              <th className={styles.name}>{t('facet.connection')}</th>
              <th className={styles.end}>{t('score.score')}</th>
              <th className={styles.end}>{t('score.weight')}</th>
            </tr>
          </thead>
          <tbody>
            {scores.map(({ connection, score, weight }) => (
              <tr key={connection}>
                <th scope="row" className={styles.name}>
                  {connection}
                </th>
                <td className={styles.end}>{score ?? '–'}</td>
                <td className={styles.end}>{weight}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
