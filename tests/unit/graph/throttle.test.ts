/** Pace, measured against simulated servers on a virtual clock: the budget is 1.05 x (pages x 1 s) at 1 request/s. */
import { describe, expect, it } from 'vitest';
import { createThrottle, patience, type Throttle } from '../../../electron/core/graph/throttle.ts';
import type { Clock } from '../../../electron/core/ports.ts';
import { seeded, virtualClock } from './virtualClock.ts';

/** Says whether a request that arrives at `at` (ms) is granted. */
type Window = (at: number) => boolean;

const since = (gap: number): Window => {
  let last = Number.NEGATIVE_INFINITY;
  return (at) => {
    if (at - last < gap) return false;
    last = at;
    return true;
  };
};
/** Windows of the wall clock, `most` in each. */
const fixed = (most: number, length = 1000, phase = 0): Window => {
  let window = -1;
  let used = 0;
  return (at) => {
    const now = Math.floor((at + phase) / length);
    if (now !== window) used = 0;
    window = now;
    if (used >= most) return false;
    used += 1;
    return true;
  };
};
const bucket = (capacity: number, perSecond: number): Window => {
  let level = capacity;
  let filled = 0;
  return (at) => {
    level = Math.min(capacity, level + ((at - filled) * perSecond) / 1000);
    filled = at;
    if (level < 1 - 1e-9) return false;
    level -= 1;
    return true;
  };
};
/** The last second holds at most `most` granted requests. */
const sliding = (most: number): Window => {
  let granted: number[] = [];
  return (at) => {
    granted = granted.filter((one) => one > at - 1000);
    if (granted.length >= most) return false;
    granted.push(at);
    return true;
  };
};

type Server = {
  readonly window: Window;
  /** One-way times, ms. */
  readonly there: () => number;
  readonly back: () => number;
  readonly retryAfter: ((at: number) => number) | null;
};

/** A walk as `pages.ts` does it: the next request as soon as the answer is in. */
async function walk(pages: number, server: Server, throttle: Throttle, clock: Clock) {
  let refused = 0;
  for (let page = 0; page < pages; ) {
    const turn = await throttle.turn({ priority: 'background' });
    turn.sent();
    await clock.sleep(server.there());
    const at = clock.monotonic();
    const granted = server.window(at);
    await clock.sleep(server.back());
    turn.end(granted ? 'granted' : 'refused', granted ? null : (server.retryAfter?.(at) ?? null));
    if (granted) page += 1;
    else refused += 1;
  }
  return { refused, seconds: clock.monotonic() / 1000 };
}

async function run(pages: number, server: Partial<Server> & { readonly window: Window }, seed = 1) {
  const clock = virtualClock();
  const random = seeded(seed);
  const throttle = createThrottle({ workload: 'identity-protection', clock, random });
  const full: Server = { there: () => 2, back: () => 8 + 4 * random(), retryAfter: null, ...server };
  return { ...(await walk(pages, full, throttle, clock)), throttle };
}

describe('1 request/s without Retry-After', () => {
  const uneven = seeded(7);
  const windows: readonly [string, () => Partial<Server> & { window: Window }][] = [
    ['1 s since the last granted', () => ({ window: since(1000) })],
    ['fixed windows', () => ({ window: fixed(1) })],
    ['fixed windows, other phase', () => ({ window: fixed(1, 1000, 990) })],
    ['token bucket of 1', () => ({ window: bucket(1, 1) })],
    ['token bucket of 10', () => ({ window: bucket(10, 1) })],
    ['sliding second', () => ({ window: sliding(1) })],
    ['uneven way there, 1-40 ms', () => ({ window: since(1000), there: () => 1 + 39 * uneven(), back: () => 30 })],
    ['slow answers, 700 ms', () => ({ window: since(1000), there: () => 20, back: () => 680 })],
    ['Retry-After: 1', () => ({ window: since(1000), retryAfter: () => 1000 })],
  ];
  it.each(windows)('%s: 400 pages within 1.05 x 400 s', async (name, server) => {
    const { seconds, refused } = await run(400, server());
    expect(seconds, `${name}: ${(seconds / 400).toFixed(4)} s a page, ${refused} refused`).toBeLessThanOrEqual(
      400 * 1.05,
    );
    expect(refused).toBeLessThan(60);
    process.stdout.write(`pace: ${name}: ${(seconds / 400).toFixed(4)} x, ${refused} refused\n`);
  });
  it.each([5, 20, 40])('%i pages within 1.05 x', async (pages) => {
    const { seconds } = await run(pages, { window: since(1000) });
    expect(seconds).toBeLessThanOrEqual(pages * 1.05);
  });
});

describe('other limits', () => {
  it('goes as fast as answers come while nothing is refused', async () => {
    const { seconds, throttle } = await run(400, { window: () => true });
    expect(seconds).toBeLessThan(400 * 0.02);
    expect(throttle.state()).toEqual({
      workload: 'identity-protection',
      mode: 'free',
      requestsPerSecond: null,
      waitingUntil: null,
    });
  });
  it.each([2, 5])('finds back up to a looser limit of %i a second', async (perSecond) => {
    const pages = 1000;
    const { seconds, refused } = await run(pages, { window: sliding(perSecond) });
    expect(seconds).toBeLessThan((pages / perSecond) * 2.2);
    expect(refused).toBeLessThan(pages / 4);
    process.stdout.write(`pace: ${perSecond}/s: ${((seconds * perSecond) / pages).toFixed(2)} x, ${refused} refused\n`);
  });
  it('is free again after one refusal in passing', async () => {
    let refuse = 1;
    const { throttle } = await run(100, { window: () => refuse-- <= 0 });
    expect(throttle.state().mode).toBe('free');
  });
  it('obeys a Retry-After of 30 s to the second', async () => {
    const until = 30_000;
    let early = 0;
    const { refused } = await run(50, {
      window: (at) => {
        if (at > 20 && at < until) early += 1;
        return at < 15 || at >= until;
      },
      retryAfter: (at) => until - at,
    });
    expect(refused).toBe(1);
    expect(early).toBe(1);
  });
});

describe('queue', () => {
  it('lets a person go before background work that waited longer', async () => {
    const clock = virtualClock();
    const throttle = createThrottle({ workload: 'identity-protection', clock, random: seeded(1) });
    const first = await throttle.turn({ priority: 'background' });
    first.sent();
    first.end('granted');
    const second = await throttle.turn({ priority: 'background' });
    second.sent();
    second.end('refused', null);
    expect(throttle.state().mode).toMatch(/paced|waiting/);
    const order: string[] = [];
    const ask = async (name: string, priority: 'person' | 'background') => {
      const turn = await throttle.turn({ priority });
      turn.sent();
      order.push(`${name}@${Math.round(clock.monotonic() / 1000)}`);
      turn.end('granted');
    };
    await Promise.all([ask('a', 'background'), ask('b', 'background'), ask('click', 'person')]);
    expect(order).toEqual(['click@1', 'a@2', 'b@3']);
  });
  it('takes an aborted request out of the queue', async () => {
    const clock = virtualClock();
    const throttle = createThrottle({ workload: 'directory', clock, random: seeded(1) });
    const turn = await throttle.turn({ priority: 'person' });
    turn.end('refused', 60_000);
    const stop = new AbortController();
    const waiting = throttle.turn({ priority: 'person', signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(clock.monotonic()).toBeLessThan(1000);
    expect(throttle.state()).toMatchObject({ mode: 'waiting' });
    const next = await throttle.turn({ priority: 'person' });
    expect(clock.monotonic()).toBeGreaterThanOrEqual(60_000);
    next.end('granted');
  });
  it('keeps eight on the wire at most', async () => {
    const clock = virtualClock();
    const throttle = createThrottle({ workload: 'directory', clock });
    let open = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        const turn = await throttle.turn({ priority: 'person' });
        open += 1;
        most = Math.max(most, open);
        await clock.sleep(10);
        open -= 1;
        turn.end('granted');
      }),
    );
    expect(most).toBe(8);
  });
  it('is hopeless only after 15 minutes without one granted request', async () => {
    const clock = virtualClock();
    const throttle = createThrottle({ workload: 'identity-protection', clock, random: seeded(3) });
    let asked = 0;
    while (!throttle.hopeless()) {
      const turn = await throttle.turn({ priority: 'person' });
      turn.sent();
      asked += 1;
      await clock.sleep(5);
      turn.end('refused', null);
    }
    expect(clock.monotonic()).toBeGreaterThanOrEqual(patience);
    expect(clock.monotonic()).toBeLessThan(patience + 35_000);
    expect(asked).toBeLessThan(60);
  });
  it('backs off in growing steps where a directory server forgets Retry-After', async () => {
    const clock = virtualClock();
    const throttle = createThrottle({ workload: 'directory', clock, random: seeded(3) });
    const gaps: number[] = [];
    let last = 0;
    for (let n = 0; n < 6; n += 1) {
      const turn = await throttle.turn({ priority: 'person' });
      gaps.push(clock.monotonic() - last);
      last = clock.monotonic();
      turn.end('refused', null);
    }
    expect(gaps[1]).toBeGreaterThanOrEqual(500);
    expect(gaps[5]).toBeGreaterThan(8000);
  });
});
