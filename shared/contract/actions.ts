/** Action configurations, plans and runs: Plan -> Review -> Confirm -> Watch -> Verified -> Undo. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { type Action, actionKinds, groupKinds } from '../model/action.ts';
import type { PlanHead, PlanStep } from '../model/plan.ts';
import { type Run, type RunStep, stepStates } from '../model/run.ts';
import { daysSchema, idSchema, limitSchema, mostByHand, nameSchema, offsetSchema, procedure } from './base.ts';

export type PickableGroup = {
  readonly id: string;
  readonly displayName: string | null;
  /** Microsoft's word: Security, Microsoft 365, Distribution, Mail-enabled security. */
  readonly type: string;
  readonly writable: boolean;
  /** Short word on a group that cannot be written: Dynamic, Synced, Role-assignable, Restricted; null when it can. */
  readonly badge: string | null;
  readonly reason: string | null;
};

export const groupTargetSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('existing'), id: idSchema }),
  z.strictObject({
    mode: z.literal('create'),
    name: z.string().trim().min(1, 'must not be empty').max(256, 'must have at most 256 characters'),
    kind: z.enum(groupKinds),
  }),
]);
export type GroupTargetInput = z.infer<typeof groupTargetSchema>;

const cap = z.int('must be a whole number').min(0, 'must be at least 0').max(1_000_000).nullable();
const byName = z.strictObject({ name: nameSchema });
const byRun = z.strictObject({ runId: idSchema });
/** The number that a person typed. */
const confirm = z.int().min(0).nullable().default(null);
const followUp = z.strictObject({ runId: idSchema, confirm });
const page = { limit: limitSchema.default(100), offset: offsetSchema.default(0) };

export type VerifyReport = {
  readonly runId: string;
  readonly state: 'verified' | 'pending' | 'not-applied' | 'nothing-to-verify';
  readonly counts: { readonly verified: number; readonly pending: number; readonly notApplied: number };
};

export const actionsContract = {
  list: procedure.output(type<readonly Action[]>()),
  add: procedure
    .input(
      z.strictObject({
        name: nameSchema,
        rule: nameSchema,
        connection: nameSchema,
        kind: z.enum(actionKinds),
        group: groupTargetSchema.nullable().default(null),
        cap: cap.default(null),
        enabled: z.boolean().default(true),
        automatic: z.boolean().default(false),
      }),
    )
    .output(type<Action>()),
  update: procedure
    .input(
      z.strictObject({
        name: nameSchema,
        change: z.strictObject({
          name: nameSchema.optional(),
          rule: nameSchema.optional(),
          group: groupTargetSchema.optional(),
          cap: cap.optional(),
          enabled: z.boolean().optional(),
          automatic: z.boolean().optional(),
        }),
      }),
    )
    .output(type<Action>()),
  remove: procedure.input(byName).output(type<{ readonly removed: string }>()),
  /** Groups of a connection for the picker, with a badge on those that cannot be written. Asks Graph. */
  groups: procedure
    .input(
      z.strictObject({
        connection: nameSchema,
        search: z.string().trim().max(256).optional(),
        type: z.enum(groupKinds).optional(),
        limit: limitSchema.default(100),
      }),
    )
    .output(type<readonly PickableGroup[]>()),
  /** Makes and stores a plan; sends nothing that writes. */
  plan: procedure.input(z.strictObject({ name: nameSchema, days: daysSchema })).output(type<PlanHead>()),
  /** The same for users picked by hand. */
  planSelection: procedure
    .input(
      z.strictObject({
        connection: nameSchema,
        kind: z.enum(actionKinds),
        group: groupTargetSchema.nullable().default(null),
        ids: z.array(idSchema).min(1, 'must name at least one user').max(mostByHand, 'must name at most 100,000 users'),
      }),
    )
    .output(type<PlanHead>()),
  getPlan: procedure.input(z.strictObject({ planId: idSchema })).output(type<PlanHead>()),
  planSteps: procedure
    .input(z.strictObject({ planId: idSchema, effect: z.enum(['act', 'already', 'skip']).optional(), ...page }))
    .output(type<{ readonly total: number; readonly rows: readonly PlanStep[] }>()),
  /** Starts the run of a plan and resolves when its start is journalled; watch it for the end. */
  run: procedure.input(z.strictObject({ planId: idSchema, confirm })).output(type<Run>()),
  runs: procedure.input(z.strictObject(page)).output(type<{ readonly total: number; readonly rows: readonly Run[] }>()),
  status: procedure.input(byRun).output(type<Run>()),
  runSteps: procedure
    .input(z.strictObject({ runId: idSchema, state: z.enum(stepStates).optional(), ...page }))
    .output(type<{ readonly total: number; readonly rows: readonly RunStep[] }>()),
  /** The latest state of the run, first at once; ends when the run is no longer running. */
  watch: procedure.input(byRun).output(eventIterator(type<Run>())),
  pause: procedure.input(byRun).output(type<Run>()),
  resume: procedure.input(byRun).output(type<Run>()),
  cancel: procedure.input(byRun).output(type<Run>()),
  /** Plans the failed users of a run once more, for review. */
  planRetry: procedure.input(byRun).output(type<PlanHead>()),
  /** Plans the failed users and runs that. `confirm` is needed above the cap where the first run needed none. */
  retry: procedure.input(followUp).output(type<Run>()),
  /** Reads back what the run changed. With `waitMinutes` it looks again until all has settled or the time is over. */
  verify: procedure
    .input(z.strictObject({ runId: idSchema, waitMinutes: z.number().min(0).max(1_440).default(0) }))
    .output(type<VerifyReport>()),
  /** Plans the inverse of what this run changed, for review. */
  planUndo: procedure.input(byRun).output(type<PlanHead>()),
  /** Plans the inverse and runs it; `confirm` as for retry. */
  undo: procedure.input(followUp).output(type<Run>()),
};
