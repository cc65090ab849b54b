/** Holds the lease of this process on the schedule: takes it when it is free or its keeper is dead, and keeps it alive. */
import type { Log, NewId } from '../ports.ts';
import type { Reader, Writer } from '../store/types.ts';
import type { Now } from './due.ts';
import {
  claimSchedule,
  isAbandoned,
  type LeaseWatch,
  leaseToken,
  makesWay,
  releaseClaim,
  watchLease,
} from './lease.ts';
import { readSchedule } from './records.ts';

/** A sign of life every so often is enough: it is missed after two minutes, and each one is a commit of the store. */
const beatMs = 15_000;

export type Keeping = {
  readonly holds: () => boolean;
  /** Beats or tries to take over; resolves with whether this process keeps the schedule now. */
  renew(now: Now): Promise<boolean>;
  /** True when the keeper named in the store is known to be dead. */
  abandoned(now: Now): Promise<boolean>;
  release(): Promise<void>;
};

export function createKeeping(ports: {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly newId: NewId;
  readonly log: Log;
  /** Why the host refuses actions; null when it allows them. */
  readonly hostReadOnly: string | null;
}): Keeping {
  const { reader, writer, newId, log } = ports;
  const mayAct = ports.hostReadOnly === null;
  let token: string | null = null;
  /** By the steady clock. */
  let beaten = 0;
  let watch: LeaseWatch | null = null;

  async function look(now: Now) {
    const { lease } = await readSchedule(reader);
    watch = watchLease(lease, watch, now.steady);
    return { lease, dead: lease !== null && watch !== null && isAbandoned(lease, watch, now.steady) };
  }

  async function take(now: Now): Promise<boolean> {
    const { lease, dead } = await look(now);
    if (lease !== null && !dead && !makesWay(lease, mayAct)) return false;
    const mine = leaseToken(newId(), mayAct);
    const owner = claimSchedule(mine);
    const { taken } = await writer.takeSchedule({ owner, dead: lease?.token ?? null, now: now.wall });
    if (!taken) {
      releaseClaim(mine);
      return false;
    }
    token = mine;
    beaten = now.steady;
    log('info', 'schedule.kept', { pid: owner.pid, tookOver: lease !== null });
    return true;
  }

  async function isOurs(mine: string, now: Now): Promise<boolean> {
    if (now.steady - beaten < beatMs) return (await readSchedule(reader)).lease?.token === mine;
    beaten = now.steady;
    return (await writer.beatSchedule({ token: mine, now: now.wall })).owned;
  }

  return {
    holds: () => token !== null,
    async renew(now) {
      if (token === null) return take(now);
      if (await isOurs(token, now)) return true;
      log('warn', 'schedule.lost', {});
      releaseClaim(token);
      token = null;
      return false;
    },
    abandoned: async (now) => {
      const { lease, dead } = await look(now);
      return lease === null || dead;
    },
    async release() {
      if (token === null) return;
      await writer.releaseSchedule({ token });
      releaseClaim(token);
      token = null;
    },
  };
}
