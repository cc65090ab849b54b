/** One connection's sync: followed live while it runs, started and stopped from here. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyncState } from '../../../shared/model/sync.ts';
import { useAsk, useTell, useWatch } from '../../host/ask.ts';
import type { Failure } from '../../host/failure.ts';

export type Sync = {
  readonly state: SyncState | null;
  readonly start: (options?: { readonly full: boolean }) => void;
  readonly stop: () => void;
  readonly starting: boolean;
  readonly stopping: boolean;
  readonly failure: Failure | null;
};

export function useSync(connection: string): Sync {
  const client = useQueryClient();
  const all = useAsk(['sync', 'all'], (api) => api.sync.state());
  const polled = all.data?.find((one) => one.connection === connection) ?? null;
  const [live, setLive] = useState<{ readonly key: string; readonly state: SyncState } | null>(null);
  const runs = polled?.running ?? null;
  const key = runs === null ? null : `${connection} ${runs.startedAt}`;
  useWatch(
    key,
    (api, signal) => api.sync.watch({ connection }, { signal }),
    (state) => {
      setLive({ key: key ?? '', state });
      if (state.running !== null) return;
      for (const subject of ['sync', 'connections', 'scores']) void client.invalidateQueries({ queryKey: [subject] });
    },
  );
  const start = useTell(
    (api, options: { readonly full: boolean }) => api.sync.start({ connection, ...options }),
    ['sync'],
  );
  const stop = useTell((api) => api.sync.stop({ connection }), ['sync']);
  return {
    state: live !== null && live.key === key ? live.state : polled,
    start: (options = { full: false }) => start.mutate(options),
    stop: () => stop.mutate(undefined),
    starting: start.isPending,
    stopping: stop.isPending,
    failure: start.error ?? stop.error,
  };
}
