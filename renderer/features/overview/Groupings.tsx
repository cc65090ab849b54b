/** The four groupings and those without a score: how many people, what share, and the way to them. */
import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Histogram } from '../../../shared/contract/scores.ts';
import { groupings } from '../../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingRange } from '../../../shared/model/score.ts';
import { count, percent } from '../../ui/format.ts';
import { GroupingMark } from '../../ui/GroupingMark.tsx';
import { type Tone, tones } from '../../ui/theme.ts';
import { useTheme } from '../../ui/themeState.ts';
import { missing, oneOf, peopleHref } from './people.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))',
    gap: tokens.spacingHorizontalM,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  tile: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2 },
  },
  stripe: {
    position: 'absolute',
    insetInlineStart: 0,
    top: 0,
    height: '4px',
    width: '100%',
    forcedColorAdjust: 'none',
  },
  number: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
    color: tokens.colorNeutralForeground1,
    /** The whole tile is the link. */
    '::after': { content: '""', position: 'absolute', inset: 0 },
  },
  quiet: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
  },
});

export function Groupings(props: {
  readonly histogram: Histogram;
  readonly thresholds: GroupingThresholds;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['overview', 'app']);
  const theme = useTheme((state) => state.name);
  const { total, groupings: counts } = props.histogram;
  const named = groupings.reduce((sum, name) => sum + counts[name], 0);
  const tiles: readonly {
    readonly tone: Tone;
    readonly users: number;
    readonly range: string | null;
    readonly href: string;
  }[] = [
    ...groupings.map((name) => {
      const { from, to } = groupingRange(name, props.thresholds);
      return { tone: name, users: counts[name], range: `${from}–${to}`, href: peopleHref([oneOf('grouping', name)]) };
    }),
    { tone: 'none', users: total - named, range: null, href: peopleHref([missing('grouping')]) },
  ];
  return (
    <ul className={styles.list} aria-label={t('groupings.label')}>
      {tiles.map(({ tone, users, range, href }) => (
        <li key={tone} className={styles.tile}>
          <span className={styles.stripe} style={{ backgroundColor: tones[theme][tone] }} aria-hidden />
          <GroupingMark tone={tone} />
          <Link
            className={styles.number}
            appearance="subtle"
            href={href}
            aria-label={t('groupings.open', { name: t(`app:grouping.${tone}`), users: count(users) })}
          >
            {count(users)}
          </Link>
          <span className={styles.quiet}>
            <span>{share(users, total)}</span>
            {range !== null && <span>{t('groupings.range', { range })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** "37%"; "<1%" for a few in many, so that nobody reads as nobody. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return percent(0);
  return part / whole < 0.005 ? '<1%' : percent(part / whole);
}
