/**
 * Who carries out a run, and whether that process still lives. A pid alone may have been given to another program, so a
 * run also carries a token and a heartbeat. A live process whose heartbeat is old (the machine slept) may lose its run;
 * the store then refuses its writes, because the token differs.
 */
import type { RunOwner, RunRecord } from '../journal/journal.ts';

/** Heartbeats come this often, ms. */
export const beatMs = 10_000;
/** Without a heartbeat for so long, a process with the same pid is taken for another program, ms. */
const silenceMs = 120_000;

/** Tokens of the executors in this very process. */
const here = new Set<string>();

export function claim(token: string): RunOwner {
  here.add(token);
  return { pid: process.pid, token };
}

export function release(token: string): void {
  here.delete(token);
}

/** Whether nobody carries the run out any more. `now` is epoch ms. */
export function isOrphan(record: RunRecord, now: number): boolean {
  const { owner, heartbeat } = record;
  if (owner === null) return true;
  if (owner.pid === process.pid) return !here.has(owner.token);
  return !isAlive(owner.pid) || now - heartbeat > silenceMs;
}

/** Signal 0 asks without sending anything; EPERM means that it lives under another account. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
