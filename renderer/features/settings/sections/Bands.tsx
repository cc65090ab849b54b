/** The scale from 0 to 1000 with its four groupings, drawn to scale. The table beside it says the same in words. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { groupings } from '../../../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingRange } from '../../../../shared/model/score.ts';
import { tones } from '../../../ui/theme.ts';
import { useTheme } from '../../../ui/themeState.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    height: '14px',
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
    gap: '2px',
    forcedColorAdjust: 'none',
  },
  labels: { display: 'flex', justifyContent: 'space-between', color: tokens.colorNeutralForeground3 },
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
});

export function Bands(props: { readonly thresholds: GroupingThresholds }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const theme = useTheme((state) => state.name);
  return (
    <div className={styles.box} aria-hidden>
      <div className={styles.bar}>
        {groupings.map((grouping) => {
          const { from, to } = groupingRange(grouping, props.thresholds);
          return (
            <span
              key={grouping}
              title={`${grouping} ${from}–${to}`}
              style={{ flexGrow: to - from + 1, flexBasis: 0, backgroundColor: tones[theme][grouping] }}
            />
          );
        })}
      </div>
      <span className={styles.labels}>
        <Text size={200}>{t('scores.riskiest')}</Text>
        <Text size={200}>{t('scores.safest')}</Text>
      </span>
    </div>
  );
}
