/** Scores, groupings and what changing them would move. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Grouping } from '../model/riskyUser.ts';
import { filterSchema, limitSchema, nameSchema, procedure } from './base.ts';
import { mappingSchema } from './connections.ts';

export type Histogram = {
  readonly total: number;
  /** Users without a score; in no bucket. */
  readonly unscored: number;
  /**
   * Inclusive, ascending, without gaps from 0 to 1000; by the connection's own score or by the aggregate, as asked.
   * `only`: the one score that all users of the bucket have; null when they have several, or when it is empty.
   */
  readonly buckets: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly only: number | null;
  }[];
  /** By aggregate score. */
  readonly groupings: Readonly<Record<Grouping, number>>;
  readonly levels: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
};

type PerDay = { readonly day: string; readonly users: number };

export type Overview = {
  readonly users: number;
  readonly deleted: number;
  /** When the cache was last known to be whole; null before the first complete sync. Over several connections: the oldest. */
  readonly dataAsOf: string | null;
  /** Users by the UTC day of Entra's last-updated time, over the last 90 days, oldest first, days without users included. */
  readonly perDay: readonly PerDay[];
  /** Users by the UTC day on which a sync first saw them, over the same days. */
  readonly newPerDay: readonly PerDay[];
  readonly sinceLastSync: { readonly added: number; readonly changed: number; readonly gone: number } | null;
};

/** The users of one complete sync by level, state and score: history that outlives Entra's 90 days. */
export type SyncHistogram = {
  readonly syncId: number;
  readonly finishedAt: string;
  readonly cells: readonly {
    readonly riskLevel: string;
    readonly riskState: string;
    readonly score: number | null;
    readonly users: number;
  }[];
};

/** How many people a change of thresholds, mapping or weight would move, before it is saved. */
export type ScorePreview = {
  readonly moved: number;
  readonly total: number;
  readonly before: Readonly<Record<Grouping | 'none', number>>;
  readonly after: Readonly<Record<Grouping | 'none', number>>;
};

export const thresholdsSchema = z
  .strictObject({
    critical: z.int().min(0).max(1_000),
    high: z.int().min(0).max(1_000),
    medium: z.int().min(0).max(1_000),
  })
  .refine((t) => t.critical < t.high && t.high < t.medium && t.medium < 1_000, {
    message: 'must rise: critical < high < medium < 1000',
  });

export const scoresContract = {
  histogram: procedure
    .input(
      z.strictObject({ filter: filterSchema.default({}), by: z.enum(['score', 'aggregateScore']).default('score') }),
    )
    .output(type<Histogram>()),
  overview: procedure.input(z.strictObject({ connection: nameSchema.optional() })).output(type<Overview>()),
  /** Newest first. */
  history: procedure
    .input(z.strictObject({ connection: nameSchema, limit: limitSchema.default(100) }))
    .output(type<readonly SyncHistogram[]>()),
  preview: procedure
    .input(
      z.strictObject({
        thresholds: thresholdsSchema.optional(),
        connection: nameSchema.optional(),
        mapping: mappingSchema.optional(),
        weight: z.number().min(0).max(100).optional(),
      }),
    )
    .output(type<ScorePreview>()),
};
