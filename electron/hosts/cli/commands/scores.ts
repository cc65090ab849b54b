/** `scores`: how the cached users are spread over Netskope's scale, 0 to 1000, higher is safer. */
import type { Command } from 'commander';
import type { Histogram } from '../../../../shared/contract/scores.ts';
import { levelLabel } from '../../../../shared/model/labels.ts';
import { groupings } from '../../../../shared/model/riskyUser.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { filterFields } from '../fieldNames.ts';
import { amount, clean, count } from '../text.ts';
import { type FilterOptions, readFilter, withFilter } from './users.ts';

export function declareScores(group: Command, cli: Cli): void {
  const histogram = withFilter(
    group.command('histogram').description('count users by score, grouping and level'),
  ).action(cli.action(filterFields, (options: FilterOptions) => showHistogram(cli, options)));
  example(histogram, 'scores histogram --connection contoso');
}

async function showHistogram(cli: Cli, options: FilterOptions): Promise<ExitCode> {
  const filter = await readFilter(options);
  const histogram = await cli.core((client) => client.scores.histogram({ filter }));
  cli.out.result(histogram, () => histogramText(histogram));
  return 0;
}

const barCells = 40;

/** Bars for every bucket that has users, then groupings and levels. */
export function histogramText(histogram: Histogram): string[] {
  const most = Math.max(1, ...histogram.buckets.map((bucket) => bucket.count));
  const bars = histogram.buckets
    .filter((bucket) => bucket.count > 0)
    .map(({ from, to, count: users }) => {
      const cells = Math.max(1, Math.round((users / most) * barCells));
      return `  ${`${from}-${to}`.padStart(8)}  ${'█'.repeat(cells)} ${count(users)}`;
    });
  const levels = Object.entries(histogram.levels).filter(([, users]) => users > 0);
  return [
    `${amount(histogram.total, 'user')}, ${count(histogram.unscored)} without a score.`,
    ...(bars.length === 0 ? [] : ['Score (higher is safer):', ...bars]),
    `Groupings by aggregate score: ${groupings.map((name) => `${name} ${count(histogram.groupings[name])}`).join(', ')}`,
    ...(levels.length === 0
      ? []
      : [`Risk levels: ${levels.map(([level, users]) => `${clean(levelLabel(level))} ${count(users)}`).join(', ')}`]),
  ];
}
