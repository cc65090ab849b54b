/** When a connection syncs next, and the interval that a paused one goes back to. */
import type { Connection } from '../../../shared/model/connection.ts';
import type { SyncState } from '../../../shared/model/sync.ts';

const usualMinutes = 60;
const key = (id: number) => `riskdesk.paused.${id}`;

/** Kept on this machine: the core knows only that a paused connection does not sync by itself. */
export function rememberInterval(connection: Connection): void {
  if (connection.syncEvery !== null) localStorage.setItem(key(connection.id), String(connection.syncEvery));
}

export function intervalBefore(connection: Connection): number {
  const kept = Number(localStorage.getItem(key(connection.id)));
  return Number.isInteger(kept) && kept > 0 ? kept : usualMinutes;
}

/** ISO time of the next sync by itself; null when only a person starts one. A time in the past means now. */
export function nextSync(connection: Connection, state: SyncState | null): string | null {
  if (connection.syncEvery === null) return null;
  const last = state?.last?.finishedAt ?? connection.createdAt;
  return new Date(Date.parse(last) + connection.syncEvery * 60_000).toISOString();
}
