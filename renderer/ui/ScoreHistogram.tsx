/**
 * Users by score. Bars take the hue of their grouping, whose band and name stand behind them; users without a score stand
 * apart, since no score is not a number. A stretch is brushed with the mouse, or with Shift and the arrow keys and Enter.
 * Its twin is a table with the same numbers.
 */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, type PointerEvent, type ReactElement, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Histogram } from '../../shared/contract/scores.ts';
import { groupings } from '../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingOf, groupingRange } from '../../shared/model/score.ts';
import { count, shortCount } from './format.ts';
import { type HistogramBar, marksUpTo, stepOf, useWidth } from './ScoreHistogramAxis.ts';
import { HistogramTable } from './ScoreHistogramTable.tsx';
import { type Tone, tones } from './theme.ts';
import { useTheme } from './themeState.ts';

export type ScoreRangeChoice = { readonly from: number; readonly to: number } | 'unscored';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  picture: { width: '100%', display: 'block', touchAction: 'none', userSelect: 'none', overflow: 'visible' },
  text: {
    fill: tokens.colorNeutralForeground2,
    fontSize: '11px',
    fontFamily: tokens.fontFamilyBase,
    '@media (forced-colors: active)': { fill: 'CanvasText' },
  },
  /** Where the system sets the colours, words and places tell groupings apart. */
  fill: { '@media (forced-colors: active)': { fill: 'CanvasText' } },
  line: { stroke: tokens.colorNeutralStroke2, '@media (forced-colors: active)': { stroke: 'GrayText' } },
  number: { fill: tokens.colorNeutralForeground1, fontVariantNumeric: 'tabular-nums' },
  bar: {
    outlineStyle: 'none',
    ':focus-visible > [data-frame]': { stroke: tokens.colorStrokeFocus2, strokeWidth: '2px' },
  },
  active: { cursor: 'col-resize' },
  under: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    minHeight: '28px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  switch: { marginLeft: 'auto', flexShrink: 0 },
});

const edge = { top: 24, bottom: 40, left: 44, right: 12 } as const;
const gap = 3;

export function ScoreHistogram(props: {
  readonly histogram: Histogram;
  readonly thresholds: GroupingThresholds;
  readonly title: string;
  /** Called with the brushed range; without it the picture only shows. */
  readonly onChoose?: ((choice: ScoreRangeChoice) => void) | undefined;
  /** CSS pixels, axes included. */
  readonly height?: number | undefined;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'overview']);
  const theme = useTheme((state) => state.name);
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const [brush, setBrush] = useState<{ readonly start: number; readonly end: number } | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [stop, setStop] = useState(0);
  const dragging = useRef(false);
  const [box, width] = useWidth<HTMLDivElement>(640);
  const height = props.height ?? 240;
  const { buckets, unscored } = props.histogram;
  const active = props.onChoose !== undefined;

  const marks = marksUpTo(Math.max(1, unscored, ...buckets.map((bucket) => bucket.count)));
  const top = marks.at(-1) ?? 1;
  const base = height - edge.bottom;
  const y = (value: number) => base - (value / top) * (base - edge.top);
  const apart = Math.min(72, Math.max(44, width * 0.08));
  const start = edge.left + apart + 20;
  const x = (score: number) => start + (score / 1_000) * (width - edge.right - start);
  const bars: readonly HistogramBar[] = [
    { key: 'none', x: edge.left, width: apart, name: t('noScore'), count: unscored, tone: 'none' },
    ...buckets.map(({ from, to, count: users }) => ({
      key: String(from),
      x: x(Math.max(0, from - 1)) + gap / 2,
      width: Math.max(1, x(to) - x(Math.max(0, from - 1)) - gap),
      name: `${from}–${to}`,
      count: users,
      tone: (groupingOf(to, props.thresholds) ?? 'none') as Tone,
    })),
  ];

  const between = (first: number, last: number) => {
    const low = Math.min(first, last);
    const high = Math.max(first, last);
    // The bar without a score is no part of a stretch of scores.
    return high === 0 ? { low, high } : { low: Math.max(1, low), high };
  };
  const chosen = brush === null ? null : between(brush.start, brush.end);
  const nameOf = ({ low, high }: { readonly low: number; readonly high: number }) =>
    low === 0 ? t('noScore') : `${buckets[low - 1]?.from}–${buckets[high - 1]?.to}`;
  const countOf = ({ low, high }: { readonly low: number; readonly high: number }) =>
    bars.slice(low, high + 1).reduce((sum, bar) => sum + bar.count, 0);
  const choose = (first: number, last: number) => {
    const { low, high } = between(first, last);
    if (high === 0) return props.onChoose?.('unscored');
    const from = buckets[low - 1]?.from;
    const to = buckets[high - 1]?.to;
    if (from !== undefined && to !== undefined) props.onChoose?.({ from, to });
  };
  const barAt = (event: PointerEvent<SVGElement>): number => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    if (left < start - 10) return 0;
    const found = bars.findIndex((bar, index) => index > 0 && left <= bar.x + bar.width + gap / 2);
    return found < 0 ? bars.length - 1 : found;
  };
  const onMove = (event: PointerEvent<SVGElement>) => {
    const index = barAt(event);
    setAt(index);
    if (dragging.current && brush !== null) setBrush({ start: brush.start, end: index });
  };
  const onUp = () => {
    if (dragging.current && brush !== null) choose(brush.start, brush.end);
    dragging.current = false;
    setBrush(null);
  };
  const onKey = (index: number) => (event: KeyboardEvent<SVGGElement>) => {
    const next = stepOf(event.key, index, bars.length);
    if (next !== null) {
      setBrush(event.shiftKey ? { start: brush?.start ?? index, end: next } : null);
      setStop(next);
      (event.currentTarget.parentElement?.children[next] as SVGElement | undefined)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(brush?.start ?? index, brush?.end ?? index);
      setBrush(null);
    } else if (event.key === 'Escape' && brush !== null) {
      setBrush(null);
    } else return;
    event.preventDefault();
  };

  const read = chosen ?? (at === null ? null : { low: at, high: at });
  return (
    <div className={styles.box} ref={box}>
      {asTable ? (
        <HistogramTable bars={bars} title={props.title} />
      ) : (
        <svg
          className={styles.picture}
          height={height}
          width={width}
          role={active ? 'group' : 'img'}
          aria-labelledby={titleId}
          onPointerMove={onMove}
          onPointerLeave={() => setAt(null)}
          {...(active
            ? {
                onPointerDown: (event: PointerEvent<SVGElement>) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  dragging.current = true;
                  setBrush({ start: barAt(event), end: barAt(event) });
                },
                onPointerUp: onUp,
                onPointerCancel: onUp,
              }
            : {})}
        >
          <title id={titleId}>{props.title}</title>
          <g aria-hidden>
            {groupings.map((name) => {
              const { from, to } = groupingRange(name, props.thresholds);
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
                    opacity={0.08}
                  />
                  <rect x={left} y={edge.top - 22} width={Math.max(0, room - 1)} height={3} fill={tones[theme][name]} />
                  {room > 48 && (
                    <text className={styles.text} x={left + 6} y={edge.top - 7}>
                      {t(`grouping.${name}`)}
                    </text>
                  )}
                </g>
              );
            })}
            {marks.map((mark) => (
              <g key={mark}>
                <line x1={edge.left} x2={width - edge.right} y1={y(mark)} y2={y(mark)} className={styles.line} />
                <text className={styles.text} x={edge.left - 6} y={y(mark) + 4} textAnchor="end">
                  {shortCount(mark)}
                </text>
              </g>
            ))}
            {[0, 250, 500, 750, 1_000].map((mark) => (
              <text key={mark} className={styles.text} x={x(mark)} y={base + 15} textAnchor="middle">
                {mark}
              </text>
            ))}
            <text className={styles.text} x={edge.left + apart / 2} y={base + 15} textAnchor="middle">
              {t('noScore')}
            </text>
            <text className={styles.text} x={(x(0) + x(1_000)) / 2} y={base + 31} textAnchor="middle">
              {t('overview:histogram.axis')}
            </text>
          </g>
          <g>
            {bars.map((bar, index) => {
              const inside = chosen === null || (index >= chosen.low && index <= chosen.high);
              const tall = bar.count === 0 ? 0 : Math.max(2, base - y(bar.count));
              return (
                <g
                  key={bar.key}
                  className={active ? `${styles.bar} ${styles.active}` : styles.bar}
                  opacity={inside ? 1 : 0.3}
                  {...(active
                    ? {
                        role: 'button',
                        tabIndex: index === stop ? 0 : -1,
                        'aria-label': `${bar.name}: ${count(bar.count)}`,
                        onKeyDown: onKey(index),
                        onFocus: () => setAt(index),
                        onBlur: () => setAt(null),
                      }
                    : {})}
                >
                  <rect
                    data-frame
                    x={bar.x - 1}
                    y={edge.top}
                    width={bar.width + 2}
                    height={base - edge.top}
                    fill={at === index ? tokens.colorNeutralBackground1Hover : 'transparent'}
                    fillOpacity={0.6}
                  />
                  <rect
                    className={styles.fill}
                    x={bar.x}
                    y={base - tall}
                    width={bar.width}
                    height={tall}
                    fill={tones[theme][bar.tone]}
                    rx={2}
                  />
                  {bar.count > 0 && bar.width > 14 && (
                    <text
                      className={`${styles.text} ${styles.number}`}
                      x={bar.x + bar.width / 2}
                      y={base - tall - 4}
                      textAnchor="middle"
                    >
                      {shortCount(bar.count)}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
        </svg>
      )}
      <div className={styles.under}>
        <span role={brush === null ? undefined : 'status'}>
          {read !== null && !asTable
            ? t('overview:histogram.read', { range: nameOf(read), count: countOf(read), users: count(countOf(read)) })
            : asTable
              ? t('overview:histogram.emptyLeftOut')
              : active
                ? t('overview:histogram.hint')
                : null}
        </span>
        <Button className={styles.switch} size="small" appearance="subtle" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'table.hide' : 'table.show')}
        </Button>
      </div>
    </div>
  );
}
