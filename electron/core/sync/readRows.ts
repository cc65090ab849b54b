/** Turns the raw items of a page into rows for the store, and tells how many were not clean and what was wrong. Pure. */
import { type RiskyUserIn, readRiskyUser } from '../graph/rows.ts';

export type PageRows = {
  readonly users: readonly RiskyUserIn[];
  /** Rows without a usable id: the only ones that cannot be kept. */
  readonly skipped: number;
  /** Rows kept with a field emptied. */
  readonly repaired: number;
  /** At most five, those of skipped rows first, in English; ids and field names only, never values. */
  readonly examples: readonly string[];
};

const keptExamples = 5;

export function readRows(items: readonly unknown[]): PageRows {
  const users: RiskyUserIn[] = [];
  const losses: string[] = [];
  const repairs: string[] = [];
  let skipped = 0;
  let repaired = 0;
  for (const item of items) {
    const read = readRiskyUser(item);
    if (!read.ok) {
      skipped += 1;
      if (losses.length < keptExamples) losses.push(`skipped a row: ${read.problem}`);
      continue;
    }
    users.push(read.user);
    if (read.problems.length === 0) continue;
    repaired += 1;
    if (repairs.length < keptExamples) repairs.push(`kept ${read.user.objectId}: ${read.problems.join(', ')}`);
  }
  return { users, skipped, repaired, examples: [...losses, ...repairs].slice(0, keptExamples) };
}
