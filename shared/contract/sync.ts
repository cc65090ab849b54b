/** Pulling risky users from Graph into the cache. One sync per connection at a time. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import type { RequestBudget, SyncState } from '../model/sync.ts';
import { nameSchema, procedure } from './base.ts';

const byConnection = z.strictObject({ connection: nameSchema });

export const syncContract = {
  /** Resolves when the sync is under way, not when it is done; watch it, or call `finished`. Joins one that runs. */
  start: procedure
    .input(z.strictObject({ connection: nameSchema, full: z.boolean().optional() }))
    .output(type<SyncState>()),
  /** Stops after the page at hand; what was read stays, and the next start goes on from there. */
  stop: procedure.input(byConnection).output(type<SyncState>()),
  state: procedure.output(type<readonly SyncState[]>()),
  /** Of every connection that Graph was asked for since the start. Asks nothing itself. */
  budget: procedure.output(type<readonly RequestBudget[]>()),
  /** The latest state of one connection, first at once, then whenever it changed; versions may be skipped. */
  watch: procedure.input(byConnection).output(eventIterator(type<SyncState>())),
};
