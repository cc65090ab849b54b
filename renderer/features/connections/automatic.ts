/** The interval that a paused connection goes back to. */
import type { Connection } from '../../../shared/model/connection.ts';

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
