// biome-ignore-all lint/a11y/useSemanticElements: a drawing has no fieldset and no buttons
/**
 * Users by day over 90 days: first seen here, or by Entra's time of the last update. Right after the first sync everybody
 * is new on one day, which says nothing, so Entra's time is shown then.
 */
import { Button, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/contract/scores.ts';
import type { Failure } from '../../host/failure.ts';
import { go } from '../../host/navigation.ts';
import { count, shortCount, shortDay } from '../../ui/format.ts';
import { marksUpTo, stepOf, useWidth } from '../../ui/ScoreHistogramAxis.ts';
import { Loading } from '../../ui/States.tsx';
import { Card } from './Card.tsx';
import { DayTable } from './DayTable.tsx';
import { paramsOf } from './people.ts';

const useStyles = makeStyles({
  picture: { width: '100%', display: 'block', overflow: 'visible' },
  text: {
    fill: tokens.colorNeutralForeground2,
    fontSize: '11px',
    fontFamily: tokens.fontFamilyBase,
    '@media (forced-colors: active)': { fill: 'CanvasText' },
  },
  fill: { fill: tokens.colorBrandBackground, '@media (forced-colors: active)': { fill: 'CanvasText' } },
  line: { stroke: tokens.colorNeutralStroke2, '@media (forced-colors: active)': { stroke: 'GrayText' } },
  bar: {
    cursor: 'pointer',
    outlineStyle: 'none',
    ':focus-visible > [data-frame]': { stroke: tokens.colorStrokeFocus2, strokeWidth: '2px' },
  },
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

const height = 180;
const edge = { top: 12, bottom: 22, left: 44, right: 4 } as const;

type Clock = 'new' | 'updated';

/** Undefined while the numbers are on their way, or before the first sync is whole. */
export function PerDay(props: {
  readonly overview: Overview | undefined;
  readonly filled: boolean;
  readonly failure: Failure | null;
}): ReactElement {
  const { t } = useTranslation('overview');
  if (props.overview !== undefined) return <Days overview={props.overview} />;
  return (
    <Card wide={3} title={t('perDay.title')}>
      {!props.filled ? (
        t('perDay.later')
      ) : props.failure !== null ? (
        [props.failure.message, props.failure.cure].filter((part) => part !== null).join(' ')
      ) : (
        <Loading lines={4} label={t('perDay.title')} />
      )}
    </Card>
  );
}

function Days({ overview }: { readonly overview: Overview }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['overview', 'app']);
  const titleId = useId();
  const telling = overview.newPerDay.filter(({ users }) => users > 0).length > 1;
  const [wanted, setWanted] = useState<Clock | null>(null);
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const [stop, setStop] = useState<number | null>(null);
  const [box, width] = useWidth<HTMLDivElement>(600);
  const clock = wanted ?? (telling ? 'new' : 'updated');
  const days = clock === 'new' ? overview.newPerDay : overview.perDay;
  const title = t(clock === 'new' ? 'perDay.newTitle' : 'perDay.updatedTitle');

  const marks = marksUpTo(Math.max(1, ...days.map(({ users }) => users)));
  const top = marks.at(-1) ?? 1;
  const base = height - edge.bottom;
  const y = (value: number) => base - (value / top) * (base - edge.top);
  const step = (width - edge.left - edge.right) / Math.max(1, days.length);
  const stopAt = stop ?? days.length - 1;
  const open = (day: string) =>
    go(
      'users',
      paramsOf([{ field: clock === 'new' ? 'firstSeen' : 'riskLastUpdatedDateTime', operator: '=', value: day }]),
    );
  const onKey = (index: number, day: string) => (event: KeyboardEvent<SVGGElement>) => {
    const next = stepOf(event.key, index, days.length);
    if (next !== null) {
      setStop(next);
      (event.currentTarget.parentElement?.children[next] as SVGElement | undefined)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') open(day);
    else return;
    event.preventDefault();
  };
  const read = at === null ? undefined : days[at];

  return (
    <Card
      wide={3}
      title={t('perDay.title')}
      aside={
        <TabList
          size="small"
          selectedValue={clock}
          onTabSelect={(_, { value }) => setWanted(value === 'new' ? 'new' : 'updated')}
        >
          <Tab value="new">{t('perDay.new')}</Tab>
          <Tab value="updated">{t('perDay.updated')}</Tab>
        </TabList>
      }
    >
      <div ref={box}>
        {asTable ? (
          <DayTable days={days} title={title} field={clock === 'new' ? 'firstSeen' : 'riskLastUpdatedDateTime'} />
        ) : (
          <svg
            className={styles.picture}
            width={width}
            height={height}
            role="group"
            aria-labelledby={titleId}
            onPointerLeave={() => setAt(null)}
          >
            <title id={titleId}>{title}</title>
            <g aria-hidden>
              {marks.map((mark) => (
                <g key={mark}>
                  <line x1={edge.left} x2={width - edge.right} y1={y(mark)} y2={y(mark)} className={styles.line} />
                  <text className={styles.text} x={edge.left - 6} y={y(mark) + 4} textAnchor="end">
                    {shortCount(mark)}
                  </text>
                </g>
              ))}
              {days.map(({ day }, index) =>
                (days.length - 1 - index) % 15 === 0 ? (
                  <text
                    key={day}
                    className={styles.text}
                    x={edge.left + step * (index + 0.5)}
                    y={base + 16}
                    textAnchor={index === days.length - 1 ? 'end' : 'middle'}
                  >
                    {index === days.length - 1 ? t('perDay.today') : shortDay(new Date(day))}
                  </text>
                ) : null,
              )}
            </g>
            <g>
              {days.map(({ day, users }, index) => {
                const x = edge.left + step * index;
                const tall = users === 0 ? 0 : Math.max(2, base - y(users));
                return (
                  <g
                    key={day}
                    role="button"
                    tabIndex={index === stopAt ? 0 : -1}
                    aria-label={`${day}: ${count(users)}`}
                    className={styles.bar}
                    onClick={() => open(day)}
                    onKeyDown={onKey(index, day)}
                    onFocus={() => setAt(index)}
                    onBlur={() => setAt(null)}
                    onPointerEnter={() => setAt(index)}
                  >
                    <rect
                      data-frame
                      x={x}
                      y={edge.top}
                      width={step}
                      height={base - edge.top}
                      fill={at === index ? tokens.colorNeutralForeground1 : 'transparent'}
                      fillOpacity={0.1}
                    />
                    <rect
                      x={x + step * 0.15}
                      y={base - tall}
                      width={Math.max(1, step * 0.7)}
                      height={tall}
                      rx={1}
                      className={styles.fill}
                    />
                  </g>
                );
              })}
            </g>
          </svg>
        )}
      </div>
      <div className={styles.under}>
        <span>
          {asTable
            ? null
            : read === undefined
              ? title
              : t('perDay.read', { day: read.day, count: read.users, users: count(read.users) })}
        </span>
        <Button className={styles.switch} size="small" appearance="subtle" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'app:table.hide' : 'app:table.show')}
        </Button>
      </div>
    </Card>
  );
}
