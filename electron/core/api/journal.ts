/** Routes of the action log. */
import { guarded, type Implementer } from './base.ts';
import type { Modules } from './modules.ts';

export function journalRoutes(os: Implementer, { journal, log }: Modules) {
  const routes = os.journal;
  return {
    list: routes.list.handler(({ input }) => journal.list(input.filter, { before: input.before, limit: input.limit })),
    verify: routes.verify.handler(() => journal.verify()),
    export: routes.export.handler(async ({ input }) => guarded(log, journal.export(input.filter, input.format))),
  };
}
