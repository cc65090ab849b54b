/** Scores, groupings and what changing them would move. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Grouping } from '../model/riskyUser.ts';
import { filterSchema, nameSchema, procedure } from './base.ts';
import { mappingSchema } from './connections.ts';

export type Histogram = {
  readonly total: number;
  /** Users without a score; in no bucket. */
  readonly unscored: number;
  /** Inclusive, ascending, without gaps from 0 to 1000; by the connection's own score. */
  readonly buckets: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** By aggregate score. */
  readonly groupings: Readonly<Record<Grouping, number>>;
  readonly levels: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
};

export type Overview = {
  readonly users: number;
  readonly deleted: number;
  readonly dataAsOf: string | null;
  /** New risky users per UTC day over the last 90 days, by Entra's last-updated time. */
  readonly perDay: readonly { readonly day: string; readonly users: number }[];
  readonly sinceLastSync: { readonly added: number; readonly changed: number; readonly gone: number } | null;
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
  histogram: procedure.input(z.strictObject({ filter: filterSchema.default({}) })).output(type<Histogram>()),
  overview: procedure.input(z.strictObject({ connection: nameSchema.optional() })).output(type<Overview>()),
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
