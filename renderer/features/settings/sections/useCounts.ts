/** How much of everything there is; null while not known. Numbers only, for the diagnostics and the wipe. */
import { useAsk } from '../../../host/ask.ts';

export type Counts = Readonly<
  Record<'users' | 'deleted' | 'connections' | 'rules' | 'actions' | 'runs' | 'journal', number | null>
>;

export function useCounts(): Counts {
  const overview = useAsk(['scores', 'overview', 'all'], (api) => api.scores.overview({}));
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const actions = useAsk(['actions'], (api) => api.actions.list());
  const runs = useAsk(['runs', 'latest'], (api) => api.actions.runs({ limit: 1 }));
  const journal = useAsk(['journal', 'total'], (api) => api.journal.list({ limit: 1 }));
  return {
    users: overview.data?.users ?? null,
    deleted: overview.data?.deleted ?? null,
    connections: connections.data?.length ?? null,
    rules: rules.data?.length ?? null,
    actions: actions.data?.length ?? null,
    runs: runs.data?.total ?? null,
    journal: journal.data?.total ?? null,
  };
}
