/** A clock whose time passes only while everybody sleeps: hours of waiting run in milliseconds, always the same way. */
import type { Clock } from '../../../electron/core/ports.ts';

type Sleeper = { readonly at: number; readonly order: number; readonly wake: () => void };

export function virtualClock(start = Date.UTC(2026, 10, 23)): Clock {
  const sleepers: Sleeper[] = [];
  let time = 0;
  let order = 0;
  let ticking = false;

  function tick(): void {
    sleepers.sort((a, b) => a.at - b.at || a.order - b.order);
    const next = sleepers.shift();
    ticking = sleepers.length > 0;
    if (next === undefined) return;
    time = Math.max(time, next.at);
    next.wake();
    if (ticking) setImmediate(tick);
  }

  return {
    now: () => start + time,
    monotonic: () => time,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        order += 1;
        const mine: Sleeper = { at: time + Math.max(0, ms), order, wake: resolve };
        sleepers.push(mine);
        signal?.addEventListener(
          'abort',
          () => {
            const place = sleepers.indexOf(mine);
            if (place >= 0) sleepers.splice(place, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        if (!ticking) {
          ticking = true;
          setImmediate(tick);
        }
      });
    },
  };
}

/** Real answers over real sockets, waits that take no time: the clock jumps over every sleep. */
export function hastyClock(): Clock & { readonly slept: readonly number[] } {
  let skipped = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now() + skipped,
    monotonic: () => performance.now() + skipped,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      skipped += Math.max(0, ms);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}

/** A repeatable 0-1 sequence (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
