/** Routes of users. The cache answers; only the `entra*` routes, detections and memberships ask Graph, for one user. */
import { guarded, type Implementer } from './base.ts';
import { resolveFilter } from './filters.ts';
import type { Modules } from './modules.ts';

export function userRoutes(os: Implementer, modules: Modules) {
  const { connections, directory, queries, log } = modules;
  const routes = os.users;
  return {
    list: routes.list.handler(async ({ input: { filter, ...page } }) =>
      queries.list(await resolveFilter(modules, filter), page),
    ),
    count: routes.count.handler(async ({ input }) => ({
      total: await queries.count(await resolveFilter(modules, input.filter)),
    })),
    get: routes.get.handler(async ({ input }) =>
      queries.detail((await connections.get(input.connection)).name, input.id),
    ),
    entraHistory: routes.entraHistory.handler(async ({ input }) =>
      directory.entraHistory((await connections.get(input.connection)).name, input.id),
    ),
    detections: routes.detections.handler(async ({ input }) =>
      directory.detections((await connections.get(input.connection)).name, input.id),
    ),
    memberships: routes.memberships.handler(async ({ input }) =>
      directory.memberships((await connections.get(input.connection)).name, input.id),
    ),
    export: routes.export.handler(async ({ input }) =>
      guarded(log, queries.export(await resolveFilter(modules, input.filter), input.format, input.sort)),
    ),
  };
}
