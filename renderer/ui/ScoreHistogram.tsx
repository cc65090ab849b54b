/**
 * Users by score. Bars take the hue of their grouping, whose band and name stand behind them; users without a score stand
 * apart, since no score is not a number. A stretch is brushed with the mouse, or with Shift and the arrow keys and Enter.
 * Its twin is a table with the same numbers.
 */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, type PointerEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Histogram } from '../../shared/contract/scores.ts';
import { type GroupingThresholds, groupingOf } from '../../shared/model/score.ts';
import { count, shortCount } from './format.ts';
import { type HistogramBar, marksUpTo, stepOf, thickest, useWidth } from './ScoreHistogramAxis.ts';
import { edge, HistogramBack, useHistogramText } from './ScoreHistogramBack.tsx';
import { HistogramTable } from './ScoreHistogramTable.tsx';
import { tones } from './theme.ts';
import { useTheme } from './themeState.ts';

export type ScoreRangeChoice = { readonly from: number; readonly to: number } | 'unscored';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  picture: { width: '100%', display: 'block', touchAction: 'pan-y', userSelect: 'none', overflow: 'visible' },
  /** Where the system sets the colours, words and places tell groupings apart. */
  fill: { '@media (forced-colors: active)': { fill: 'CanvasText' } },
  brush: {
    fill: tokens.colorBrandBackground,
    stroke: tokens.colorBrandStroke1,
    '@media (forced-colors: active)': { fill: 'Highlight', stroke: 'Highlight' },
  },
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

const gap = 3;
/** Between those without a score and the scale. */
const aside = 16;

type Stretch = { readonly low: number; readonly high: number };

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
  const words = useHistogramText();
  const { t } = useTranslation(['app', 'overview']);
  const theme = useTheme((state) => state.name);
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const [brush, setBrush] = useState<{ readonly start: number; readonly end: number } | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [stop, setStop] = useState(0);
  const [focused, setFocused] = useState(false);
  const [empty, setEmpty] = useState<string | null>(null);
  const dragging = useRef(false);
  const [box, width] = useWidth<HTMLDivElement>(640);
  const height = props.height ?? 240;
  const { buckets, unscored } = props.histogram;
  const active = props.onChoose !== undefined;

  const marks = marksUpTo(Math.max(1, unscored, ...buckets.map((bucket) => bucket.count)));
  const top = marks.at(-1) ?? 1;
  const base = height - edge.bottom;
  const y = (value: number) => base - (value / top) * (base - edge.top);
  const room = Math.min(64, Math.max(52, width * 0.08));
  const start = edge.left + room + aside;
  const x = (score: number) => start + (score / 1_000) * (width - edge.right - start);
  const bars: readonly HistogramBar[] = [
    { key: 'none', x: edge.left, width: room, name: t('noScore'), count: unscored, tone: 'none', only: null },
    ...buckets.map(({ from, to, count: users, only }): HistogramBar => {
      const left = x(Math.max(0, from - 1));
      const name = only === null ? `${from}–${to}` : String(only);
      const tone = groupingOf(to, props.thresholds) ?? 'none';
      return { key: String(from), x: left, width: x(to) - left, name, count: users, tone, only };
    }),
  ];

  const between = (first: number, last: number): Stretch => {
    const low = Math.min(first, last);
    const high = Math.max(first, last);
    // The bar without a score is no part of a stretch of scores.
    return high === 0 ? { low, high } : { low: Math.max(1, low), high };
  };
  const chosen = brush === null ? null : between(brush.start, brush.end);
  const nameOf = ({ low, high }: Stretch) =>
    low === high ? (bars[low]?.name ?? '') : `${buckets[low - 1]?.from}–${buckets[high - 1]?.to}`;
  const countOf = ({ low, high }: Stretch) => bars.slice(low, high + 1).reduce((sum, bar) => sum + bar.count, 0);
  const choose = (first: number, last: number) => {
    const stretch = between(first, last);
    if (countOf(stretch) === 0) return setEmpty(t('overview:histogram.nobody', { range: nameOf(stretch) }));
    if (stretch.high === 0) return props.onChoose?.('unscored');
    const from = buckets[stretch.low - 1]?.from;
    const to = buckets[stretch.high - 1]?.to;
    if (from !== undefined && to !== undefined) props.onChoose?.({ from, to });
  };
  const barAt = (event: PointerEvent<SVGElement>): number => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    if (left < start - aside / 2) return 0;
    const found = bars.findIndex((bar, index) => index > 0 && left <= bar.x + bar.width);
    return found < 0 ? bars.length - 1 : found;
  };
  const point = (index: number | null) => {
    setAt(index);
    if (index !== at) setEmpty(null);
  };
  const onMove = (event: PointerEvent<SVGElement>) => {
    const index = barAt(event);
    point(index);
    if (dragging.current && brush !== null) setBrush({ start: brush.start, end: index });
  };
  const onUp = () => {
    if (dragging.current && brush !== null) choose(brush.start, brush.end);
    dragging.current = false;
    setBrush(null);
  };
  const brushing = brush !== null;
  useEffect(() => {
    if (!brushing) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      dragging.current = false;
      setBrush(null);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [brushing]);
  const onKey = (index: number) => (event: KeyboardEvent<SVGGElement>) => {
    const next = stepOf(event.key, index, bars.length);
    if (next !== null) {
      setBrush(event.shiftKey ? { start: brush?.start ?? index, end: next } : null);
      setStop(next);
      (event.currentTarget.parentElement?.children[next] as SVGElement | undefined)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(brush?.start ?? index, brush?.end ?? index);
      setBrush(null);
    } else return;
    event.preventDefault();
  };

  const read = chosen ?? (at === null ? null : { low: at, high: at });
  const reading = () => {
    if (asTable) return t('overview:histogram.emptyLeftOut');
    if (empty !== null) return empty;
    if (read === null) return active ? t('overview:histogram.hint') : null;
    const said = t('overview:histogram.read', {
      range: nameOf(read),
      count: countOf(read),
      users: count(countOf(read)),
    });
    return focused && active ? `${said} · ${t('overview:histogram.keys')}` : said;
  };
  const barEvents = (bar: HistogramBar, index: number) =>
    active
      ? {
          role: 'button',
          tabIndex: index === stop ? 0 : -1,
          'aria-label': `${bar.name}: ${count(bar.count)}`,
          onKeyDown: onKey(index),
          onFocus: () => {
            point(index);
            setFocused(true);
          },
          onBlur: () => {
            point(null);
            setFocused(false);
          },
        }
      : {};

  return (
    <div className={styles.box} ref={box}>
      {asTable ? (
        <HistogramTable bars={bars} title={props.title} onOpen={active ? (index) => choose(index, index) : undefined} />
      ) : (
        <svg
          className={styles.picture}
          height={height}
          width={width}
          role={active ? 'group' : 'img'}
          aria-labelledby={titleId}
          onPointerMove={onMove}
          onPointerLeave={() => point(null)}
          {...(active
            ? {
                onPointerDown: (event: PointerEvent<SVGElement>) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  dragging.current = true;
                  setBrush({ start: barAt(event), end: barAt(event) });
                },
                onPointerUp: onUp,
                onPointerCancel: () => {
                  dragging.current = false;
                  setBrush(null);
                },
              }
            : {})}
        >
          <title id={titleId}>{props.title}</title>
          <HistogramBack
            bars={bars}
            thresholds={props.thresholds}
            marks={marks}
            width={width}
            x={x}
            y={y}
            base={base}
          />
          {chosen !== null && (
            <Brush bars={bars} stretch={chosen} top={edge.top} base={base} className={styles.brush} />
          )}
          <g>
            {bars.map((bar, index) => {
              const inside = chosen === null || (index >= chosen.low && index <= chosen.high);
              const tall = bar.count === 0 ? 0 : Math.max(2, base - y(bar.count));
              const wide = Math.max(1, Math.min(thickest, bar.width - gap));
              const middle = bar.x + bar.width / 2;
              const alone = (bars[index - 1]?.count ?? 0) === 0 && (bars[index + 1]?.count ?? 0) === 0;
              return (
                <g
                  key={bar.key}
                  className={mergeClasses(styles.bar, active && styles.active)}
                  opacity={inside ? 1 : 0.3}
                  {...barEvents(bar, index)}
                >
                  <rect
                    data-frame
                    x={bar.x}
                    y={edge.top}
                    width={bar.width}
                    height={base - edge.top}
                    fill={at === index ? tokens.colorNeutralForeground1 : 'transparent'}
                    fillOpacity={0.1}
                  />
                  <rect
                    className={styles.fill}
                    x={middle - wide / 2}
                    y={base - tall}
                    width={wide}
                    height={tall}
                    fill={tones[theme][bar.tone]}
                    rx={2}
                  />
                  {bar.count > 0 && (bar.width > 26 || alone) && (
                    <text
                      className={mergeClasses(words.text, words.number)}
                      x={middle}
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
        <span role={brush === null && empty === null ? undefined : 'status'}>{reading()}</span>
        <Button className={styles.switch} size="small" appearance="subtle" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'table.hide' : 'table.show')}
        </Button>
      </div>
    </div>
  );
}

/** The stretch that is being brushed. */
function Brush(props: {
  readonly bars: readonly HistogramBar[];
  readonly stretch: Stretch;
  readonly top: number;
  readonly base: number;
  readonly className: string;
}): ReactElement | null {
  const first = props.bars[props.stretch.low];
  const last = props.bars[props.stretch.high];
  if (first === undefined || last === undefined) return null;
  return (
    <rect
      aria-hidden
      className={props.className}
      x={first.x}
      y={props.top}
      width={last.x + last.width - first.x}
      height={props.base - props.top}
      fillOpacity={0.12}
      rx={2}
    />
  );
}
