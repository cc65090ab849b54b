/** The machine's clock and ids, as ports. Tests bring their own clock; nothing else in the core reads the time. */
import { randomUUID } from 'node:crypto';
import type { Clock, NewId } from '../core/ports.ts';

/** setTimeout takes 31 bits; longer sleeps are slept in pieces. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    const until = performance.now() + ms;
    // A timer may fire a fraction of a millisecond early; a slot that is early is a slot that is refused.
    do await sleepOnce(Math.min(Math.max(until - performance.now(), 0), longestTimer), signal);
    while (performance.now() < until);
  },
};

export const newId: NewId = () => randomUUID();

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal?.addEventListener('abort', leave, { once: true });
  });
}
