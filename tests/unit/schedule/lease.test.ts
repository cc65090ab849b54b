/** Who keeps the schedule: dead processes, other machines, silence by the watcher's own clock, and who makes way. */
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  claimSchedule,
  isAbandoned,
  type Lease,
  leaseToken,
  makesWay,
  releaseClaim,
  watchLease,
} from '../../../electron/core/schedule/lease.ts';

const lease = (change: Partial<Lease>): Lease => ({
  pid: process.ppid,
  host: hostname(),
  token: 't',
  heartbeat: 0,
  ...change,
});

function abandoned(present: Lease, silentMs: number): boolean {
  const watch = watchLease(present, null, 1_000);
  if (watch === null) throw new Error('no lease');
  return isAbandoned(present, watch, 1_000 + silentMs);
}

describe('a lease', () => {
  it('is abandoned at once when its process has ended, and not while its schedule lives in this one', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    expect(abandoned(lease({ pid }), 0)).toBe(true);
    const mine = claimSchedule('mine');
    expect(abandoned(lease(mine), 1e9)).toBe(false);
    releaseClaim('mine');
    expect(abandoned(lease(mine), 0)).toBe(true);
  });

  it('is abandoned when a live process has been silent for two minutes of the watcher, whatever the wall clocks say', () => {
    const silent = lease({ heartbeat: Date.UTC(1999, 0, 1) });
    expect(abandoned(silent, 119_000)).toBe(false);
    expect(abandoned(silent, 120_000)).toBe(true);
  });

  it('begins to count anew with each heartbeat', () => {
    const first = watchLease(lease({ heartbeat: 1 }), null, 0);
    expect(watchLease(lease({ heartbeat: 1 }), first, 100_000)).toBe(first);
    expect(watchLease(lease({ heartbeat: 2 }), first, 100_000)).toMatchObject({ since: 100_000 });
    expect(watchLease(lease({ heartbeat: 1, token: 'another' }), first, 100_000)).toMatchObject({ since: 100_000 });
    expect(watchLease(null, first, 100_000)).toBeNull();
  });

  it('of another machine is judged by its silence alone: a pid there says nothing here', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    const far = lease({ pid, host: 'another-machine' });
    expect(abandoned(far, 0)).toBe(false);
    expect(abandoned(far, 120_000)).toBe(true);
  });

  it('of a host without actions makes way for one with them, and for no other', () => {
    const weak = lease({ token: leaseToken('x', false) });
    const strong = lease({ token: leaseToken('x', true) });
    expect([makesWay(weak, true), makesWay(weak, false), makesWay(strong, true), makesWay(strong, false)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
