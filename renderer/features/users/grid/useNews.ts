/**
 * Whether the cache has changed since the rows in sight were read. Rows never move by themselves: the change announces
 * itself. During the very first sync, while there is less than a screen of users, the list follows by itself.
 */
import { useEffect, useRef } from 'react';
import type { SyncState } from '../../../../shared/model/sync.ts';
import { useAsk } from '../../../host/ask.ts';

export type News = {
  /** Users that syncs added, changed or lost since then. */
  readonly changed: number;
  /** Changes with every sync that ended: part of the key of counts. */
  readonly mark: string;
  readonly states: readonly SyncState[];
  readonly firstSync: boolean;
};

const screenful = 60;

type Ended = { readonly finishedAt: number; readonly users: number };

export function useNews(scope: string | null, readAt: number, total: number, again: () => void): News {
  const { data } = useAsk(['sync', 'all'], (api) => api.sync.state(), { refetchInterval: 2_000 });
  const states = (data ?? []).filter((state) => scope === null || state.connection === scope);
  const ended = states.flatMap(({ last }) => (last === null ? [] : [last]));
  // The core tells of the last sync alone: those before it that ended since the rows were read are remembered here.
  const met = useRef(new Map<number, Ended>());
  for (const { syncId, finishedAt, added, changed, gone } of ended) {
    met.current.set(syncId, { finishedAt: Date.parse(finishedAt), users: added + changed + gone });
  }
  let changed = 0;
  for (const [syncId, { finishedAt, users }] of met.current) {
    if (finishedAt <= readAt) met.current.delete(syncId);
    else if (readAt > 0) changed += users;
  }
  const running = states.find((state) => state.running !== null)?.running ?? null;
  const firstSync = running !== null && states.every(({ dataAsOf }) => dataAsOf === null);
  const sparse = firstSync && total < screenful;
  const pulse = sparse ? (running?.pages ?? 0) : 0;
  useEffect(() => {
    if (pulse > 0) again();
  }, [pulse, again]);
  const wasFirst = useRef(false);
  useEffect(() => {
    // What the first sync brought is not news to anybody who watched it come.
    if (wasFirst.current && !firstSync) again();
    wasFirst.current = firstSync;
  }, [firstSync, again]);
  return {
    changed: firstSync ? 0 : changed,
    mark: ended.map(({ syncId }) => syncId).join(),
    states,
    firstSync,
  };
}
