/** Many connections in one line: the oldest data counts, one gap makes the whole incomplete. Pure. */
import type { SyncProgress, SyncState } from '../../shared/model/sync.ts';

export type SyncSummary = {
  readonly running: SyncProgress | null;
  readonly runningCount: number;
  /** ISO; null when nothing is known to be whole. */
  readonly asOf: string | null;
  readonly complete: boolean;
  /** Something was read, so that a cache without a date is not an empty one. */
  readonly begun: boolean;
  /** The last sync of some connection could not reach Graph. */
  readonly offline: boolean;
};

export function summarise(all: readonly SyncState[], scope: string | null): SyncSummary {
  const scoped = all.filter((state) => state.connection === scope);
  const states = scoped.length > 0 ? scoped : all;
  const running = states.flatMap((state) => state.running ?? []);
  const known = states.flatMap((state) => state.dataAsOf ?? []).sort();
  return {
    running: running[0] ?? null,
    runningCount: running.length,
    asOf: known[0] ?? null,
    complete: known.length === states.length && states.every((state) => state.last?.complete !== false),
    begun: states.some((state) => state.last !== null),
    offline: states.some((state) => state.last?.errorCode === 'offline'),
  };
}
