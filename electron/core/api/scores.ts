/** Routes of scores. */
import type { Implementer } from './base.ts';
import { resolveFilter } from './filters.ts';
import type { Modules } from './modules.ts';

export function scoreRoutes(os: Implementer, modules: Modules) {
  const { connections, queries } = modules;
  const routes = os.scores;
  return {
    histogram: routes.histogram.handler(async ({ input }) =>
      queries.histogram(await resolveFilter(modules, input.filter), input.by),
    ),
    overview: routes.overview.handler(async ({ input }) =>
      queries.overview(input.connection === undefined ? null : (await connections.get(input.connection)).id),
    ),
    history: routes.history.handler(async ({ input }) =>
      queries.history((await connections.get(input.connection)).id, input.limit),
    ),
    preview: routes.preview.handler(async ({ input }) => {
      const connection = input.connection === undefined ? null : await connections.get(input.connection);
      return queries.previewScores({ ...input, connection: connection?.id ?? null });
    }),
  };
}
