/** Routes of the sync: thin, the manager keeps the state. */
import { guarded, type Implementer } from './base.ts';
import type { Modules } from './modules.ts';

export function syncRoutes(os: Implementer, { connections, sync, budget, log }: Modules) {
  const routes = os.sync;
  return {
    start: routes.start.handler(async ({ input }) =>
      sync.start(await connections.get(input.connection), { full: input.full ?? false }),
    ),
    stop: routes.stop.handler(async ({ input }) => sync.stop(await connections.get(input.connection))),
    state: routes.state.handler(async () => Promise.all((await connections.list()).map((one) => sync.state(one)))),
    budget: routes.budget.handler(() => budget()),
    watch: routes.watch.handler(async ({ input, signal }) =>
      guarded(log, sync.watch(await connections.get(input.connection), signal)),
    ),
  };
}
