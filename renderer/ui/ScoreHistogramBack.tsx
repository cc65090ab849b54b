/** What stands behind the bars of a histogram: the groupings' bands, the lines of the counts, the scores under the axis. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { groupings } from '../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingRange } from '../../shared/model/score.ts';
import { shortCount } from './format.ts';
import { type HistogramBar, scoresToMark } from './ScoreHistogramAxis.ts';
import { tones } from './theme.ts';
import { useTheme } from './themeState.ts';

export const edge = { top: 24, bottom: 40, left: 44, right: 12 } as const;

export const useHistogramText = makeStyles({
  text: {
    fill: tokens.colorNeutralForeground2,
    fontSize: '11px',
    fontFamily: tokens.fontFamilyBase,
    '@media (forced-colors: active)': { fill: 'CanvasText' },
  },
  number: { fill: tokens.colorNeutralForeground1, fontVariantNumeric: 'tabular-nums' },
});

const useStyles = makeStyles({
  line: { stroke: tokens.colorNeutralStroke2, '@media (forced-colors: active)': { stroke: 'GrayText' } },
});

export function HistogramBack(props: {
  readonly bars: readonly HistogramBar[];
  readonly thresholds: GroupingThresholds;
  /** Counts at which a line stands. */
  readonly marks: readonly number[];
  readonly width: number;
  /** CSS pixels of a score, of a count, and of the axis. */
  readonly x: (score: number) => number;
  readonly y: (users: number) => number;
  readonly base: number;
}): ReactElement {
  const styles = useStyles();
  const words = useHistogramText();
  const { t } = useTranslation(['app', 'overview']);
  const theme = useTheme((state) => state.name);
  const { bars, thresholds, marks, width, x, y, base } = props;
  // On black, a tinted band is mud and a white line is a fence.
  const high = theme === 'contrast';
  const [unscored] = bars;
  return (
    <g aria-hidden>
      {groupings.map((name) => {
        const { from, to } = groupingRange(name, thresholds);
        const left = x(Math.max(0, from - 1));
        const room = x(to) - left;
        return (
          <g key={name}>
            <rect
              x={left}
              y={edge.top - 20}
              width={room}
              height={base - edge.top + 20}
              fill={tones[theme][name]}
              opacity={high ? 0 : 0.08}
            />
            <rect x={left} y={edge.top - 22} width={Math.max(0, room - 1)} height={3} fill={tones[theme][name]} />
            {room > 48 && (
              <text className={words.text} x={left + 6} y={edge.top - 7}>
                {t(`grouping.${name}`)}
              </text>
            )}
          </g>
        );
      })}
      {marks.map((mark) => (
        <g key={mark}>
          <line
            x1={edge.left}
            x2={width - edge.right}
            y1={y(mark)}
            y2={y(mark)}
            className={styles.line}
            strokeOpacity={high && mark > 0 ? 0.35 : 1}
          />
          <text className={words.text} x={edge.left - 6} y={y(mark) + 4} textAnchor="end">
            {shortCount(mark)}
          </text>
        </g>
      ))}
      {scoresToMark(bars, x).map(({ score, at, own }) => (
        <text
          key={`${score} ${own}`}
          className={mergeClasses(words.text, own && words.number)}
          fontWeight={own ? 600 : undefined}
          x={at}
          y={base + 15}
          textAnchor="middle"
        >
          {score}
        </text>
      ))}
      {unscored !== undefined && (
        <text className={words.text} x={unscored.x + unscored.width / 2} y={base + 15} textAnchor="middle">
          {t('noScore')}
        </text>
      )}
      <text className={words.text} x={(x(0) + x(1_000)) / 2} y={base + 31} textAnchor="middle">
        {t('overview:histogram.axis')}
      </text>
    </g>
  );
}
