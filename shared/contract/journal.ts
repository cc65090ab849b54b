/** The action log: what was done, by whom, to whom, and the proof that nobody rewrote it. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import type { ExportChunk } from '../model/exportText.ts';
import type { JournalCheck, JournalEntry } from '../model/journalEntry.ts';
import { idSchema, limitSchema, nameSchema, procedure } from './base.ts';

export const journalFilterSchema = z.strictObject({
  search: z.string().max(200).optional(),
  /** `run`, `step.failed`: an event or the beginning of one. */
  event: z.string().max(60).optional(),
  connection: nameSchema.optional(),
  runId: idSchema.optional(),
  objectId: idSchema.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type JournalFilter = z.infer<typeof journalFilterSchema>;

export const journalContract = {
  /** Newest first. `before` is the `seq` of the last row of the page before. */
  list: procedure
    .input(
      z.strictObject({
        filter: journalFilterSchema.default({}),
        before: z.int().min(1).optional(),
        limit: limitSchema.default(100),
      }),
    )
    .output(type<{ readonly total: number; readonly rows: readonly JournalEntry[]; readonly next: number | null }>()),
  verify: procedure.output(type<JournalCheck>()),
  export: procedure
    .input(z.strictObject({ filter: journalFilterSchema.default({}), format: z.enum(['csv', 'json']) }))
    .output(eventIterator(type<ExportChunk>())),
};
