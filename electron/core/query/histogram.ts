/**
 * Users by score, grouping, level and state, for any filter. Adds up the cube where it can, else the columns; while these
 * are behind, one index.
 */
import { type Grouping, groupings, knownTerms } from '../../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingOf, maxScore } from '../../../shared/model/score.ts';
import type { Reader } from '../store/types.ts';
import { andAll, fitsCube, paramsOf, usersTable, usesText } from './conditions.ts';
import { countCompiled } from './count.ts';
import { type CompiledFilter, compileFilter, type Filter, type QueryContext } from './filter.ts';
import { compileMatch, fitsCells } from './match.ts';
import { withIndexesAsTheyAre } from './retry.ts';

type Bucket = { readonly from: number; readonly to: number; readonly count: number; readonly only: number | null };
/** Whose scores fill the buckets: those of the connections, or the persons' over all of them. */
export type HistogramOf = 'score' | 'aggregateScore';

export type Histogram = {
  readonly total: number;
  /** Users without a score; in no bucket. */
  readonly unscored: number;
  /** Inclusive, ascending, without gaps from 0 to 1000. `only`: the score of all in it, null when there are several. */
  readonly buckets: readonly Bucket[];
  /** By aggregate score; users without one are in none. */
  readonly groupings: Readonly<Record<Grouping, number>>;
  /** Every known level and state, and any other that occurs. */
  readonly levels: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
};

/** Users alike in all that a histogram tells apart. */
type Cell = {
  readonly level: string;
  readonly state: string;
  readonly score: number | null;
  readonly aggregate: number | null;
  readonly users: number;
};

/** Up to so many matches are sorted into cells; more are read in the order of an index that has them sorted. */
const sortable = 5_000;

const defaultBucketWidth = 50;

/**
 * The histogram of the users that match. Buckets hold `bucketWidth` scores each, aligned to the default groupings:
 * 0-50, 51-100 … 951-1000 by default, so that no bucket lies in two groupings.
 */
export async function histogram(
  reader: Reader,
  filter: Filter,
  context: QueryContext,
  bucketWidth = defaultBucketWidth,
  by: HistogramOf = 'score',
): Promise<Histogram> {
  const cells = await withIndexesAsTheyAre(async () => {
    const selected = await selectCells(reader, filter, context);
    return selected ?? cellsOf(reader, await compileFilter(reader, filter, context));
  });
  return addUp(cells, context.thresholds, bucketWidth, by);
}

/** From the columns; null when the cube is the better place, or the columns are behind. */
async function selectCells(reader: Reader, filter: Filter, context: QueryContext): Promise<readonly Cell[] | null> {
  const match = await compileMatch(reader, filter, context);
  const selected = match === null || fitsCells(match) ? null : await reader.select({ match, cells: true });
  if (selected === null) return null;
  const terms = await reader.all<{ kind: string; code: number; text: string }>('SELECT kind, code, text FROM term');
  const texts = new Map(terms.map(({ kind, code, text }) => [`${kind} ${code}`, text]));
  return selected.cells.map((cell) => ({
    ...cell,
    level: texts.get(`level ${cell.level}`) ?? '',
    state: texts.get(`state ${cell.state}`) ?? '',
  }));
}

async function cellsOf(reader: Reader, filter: CompiledFilter): Promise<readonly Cell[]> {
  const conditions = filter.indexed;
  const params = paramsOf(conditions);
  const select = (users: string, from: string) => `
    SELECT (SELECT text FROM term WHERE kind = 'level' AND code = x.level) AS level,
      (SELECT text FROM term WHERE kind = 'state' AND code = x.state) AS state, x.score, x.aggregate, x.users
    FROM (SELECT u.level, u.state, u.score, u.aggregate, ${users} AS users FROM ${from} GROUP BY u.level, u.state, u.score, u.aggregate) x`;
  if (fitsCube(conditions)) {
    return reader.all<Cell>(select('sum(u.users)', `user_cube u WHERE u.users > 0${andAll(conditions)}`), params);
  }
  const text = usesText(conditions) ? ' CROSS JOIN user_text t ON t.id = u.id' : '';
  const many = filter.hasIndexes && (await countCompiled(reader, filter)) > sortable;
  const table = many
    ? 'risky_user u INDEXED BY user_cells'
    : filter.hasIndexes
      ? usersTable(conditions)
      : 'risky_user u';
  return reader.all<Cell>(select('count(*)', `${table}${text} WHERE u.gone IS NULL${andAll(conditions)}`), params);
}

function addUp(
  cells: readonly Cell[],
  thresholds: GroupingThresholds,
  bucketWidth: number,
  by: HistogramOf,
): Histogram {
  const buckets = emptyBuckets(bucketWidth);
  const byGrouping: Record<Grouping, number> = { Critical: 0, High: 0, Medium: 0, Low: 0 };
  const levels = zeroes(knownTerms.level);
  const states = zeroes(knownTerms.state);
  let total = 0;
  let unscored = 0;
  for (const { level, state, score, aggregate, users } of cells) {
    total += users;
    levels.set(level, (levels.get(level) ?? 0) + users);
    states.set(state, (states.get(state) ?? 0) + users);
    const grouping = groupingOf(aggregate, thresholds);
    if (grouping !== null) byGrouping[grouping] += users;
    const counted = by === 'score' ? score : aggregate;
    const bucket = counted === null ? undefined : buckets[bucketIndex(counted, bucketWidth)];
    if (bucket === undefined) unscored += users;
    else {
      bucket.only = bucket.count === 0 || bucket.only === counted ? counted : null;
      bucket.count += users;
    }
  }
  return {
    total,
    unscored,
    buckets,
    groupings: byGrouping,
    levels: Object.fromEntries(levels),
    states: Object.fromEntries(states),
  };
}

function zeroes(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name) => [name, 0]));
}

/** The first bucket has one score more: 0 belongs to it. */
function bucketIndex(score: number, width: number): number {
  return Math.max(0, Math.ceil(score / width) - 1);
}

function emptyBuckets(width: number): { from: number; to: number; count: number; only: number | null }[] {
  const buckets: { from: number; to: number; count: number; only: number | null }[] = [];
  for (
    let to = Math.min(width, maxScore), from = 0;
    from <= maxScore;
    from = to + 1, to = Math.min(to + width, maxScore)
  ) {
    buckets.push({ from, to, count: 0, only: null });
  }
  return buckets;
}

/** Users per grouping, and those without an aggregate score, as `none`. */
export type GroupingCounts = Readonly<Record<Grouping | 'none', number>>;

export function emptyGroupings(): Record<Grouping | 'none', number> {
  return { ...(Object.fromEntries(groupings.map((name) => [name, 0])) as Record<Grouping, number>), none: 0 };
}
