/** What happens without a person: due syncs, the plans that follow them, and the approvals that these wait for. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import type { AutomaticPlan, ScheduleState } from '../model/schedule.ts';
import { idSchema, procedure } from './base.ts';

const reason = z.string().trim().max(500, 'must have at most 500 characters').optional();

export const scheduleContract = {
  state: procedure.output(type<ScheduleState>()),
  /** The latest state, first at once, then whenever it changed; does not end by itself. */
  watch: procedure.output(eventIterator(type<ScheduleState>())),
  /** Nothing begins by itself until `resume`; what runs goes on. */
  pause: procedure.input(z.strictObject({ reason }).default({})).output(type<ScheduleState>()),
  resume: procedure.output(type<ScheduleState>()),
  /**
   * Approves a waiting plan. `confirm`: the number typed, as for any other plan. The run starts at once and the plan comes
   * back as `ran` with its id; where another run or the maintenance window is in the way, it comes back as `queued`.
   */
  approve: procedure
    .input(z.strictObject({ planId: idSchema, confirm: z.int().min(0).nullable().default(null) }))
    .output(type<AutomaticPlan>()),
  /** The plan will not run. A later sync makes a new one as soon as it would be another: other users, or other risk. */
  reject: procedure.input(z.strictObject({ planId: idSchema, reason })).output(type<AutomaticPlan>()),
};
