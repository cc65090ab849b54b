/**
 * Which process keeps the schedule of a data folder: one at a time, by a row in the store with a heartbeat. A process that
 * is dead loses it at once; one that lives but is silent loses it when the others have watched that for two minutes by
 * their own steady clocks, so that neither sleep nor a set clock takes it away. Leaves out the taking itself, which the
 * store decides.
 */
import { hostname } from 'node:os';
import { isAlive } from '../execute/owner.ts';
import type { ScheduleOwner } from '../store/tables/schedule.ts';

const silenceMs = 120_000;

/** The row as it was read: null when nobody keeps the schedule. */
export type Lease = ScheduleOwner & { readonly heartbeat: number };

/** Since when, by the steady clock, a lease has shown the same heartbeat. */
export type LeaseWatch = { readonly token: string; readonly heartbeat: number; readonly since: number };

/**
 * Token of a process whose host refuses actions: it syncs, and makes way for one that may also plan and run, so that a
 * window without actions never keeps approved plans from running.
 */
const yields = 'yields:';

export function leaseToken(id: string, mayAct: boolean): string {
  return mayAct ? id : `${yields}${id}`;
}

/** Whether a process that may act takes the schedule over from this keeper, alive or not. */
export function makesWay(lease: Lease, mayAct: boolean): boolean {
  return mayAct && lease.token.startsWith(yields);
}

/** Tokens of the schedules in this very process: the same pid says nothing about them. */
const here = new Set<string>();

export function claimSchedule(token: string): ScheduleOwner {
  here.add(token);
  return { pid: process.pid, host: hostname(), token };
}

export function releaseClaim(token: string): void {
  here.delete(token);
}

export function watchLease(lease: Lease | null, before: LeaseWatch | null, steady: number): LeaseWatch | null {
  if (lease === null) return null;
  const same = before?.token === lease.token && before.heartbeat === lease.heartbeat;
  return same ? before : { token: lease.token, heartbeat: lease.heartbeat, since: steady };
}

/** Whether nobody lives behind the lease any more. */
export function isAbandoned(lease: Lease, watch: LeaseWatch, steady: number): boolean {
  const silent = steady - watch.since >= silenceMs;
  if (lease.host !== hostname()) return silent;
  if (lease.pid === process.pid) return !here.has(lease.token);
  return !isAlive(lease.pid) || silent;
}
