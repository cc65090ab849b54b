/**
 * Graph's two throttles, on the twin's clock. Identity Protection: so many requests a second per tenant, all
 * applications together, and the 429 doesn't say when to come back. The directory: resource units per 10 s and writes
 * per 150 s, and the 429 does (Microsoft Graph: throttling-limits).
 */
import { Refusal } from './http/refusal.ts';

export type Limits = {
  readonly requestsPerSecond: number | null;
  readonly directoryUnitsPer10s: number | null;
  readonly directoryWritesPer150s: number | null;
};

export type Throttle = {
  /** Throws the 429 when the request is one too many; otherwise returns the headers that tell the use. */
  admit(workload: 'identity-protection' | 'directory', units: number, write: boolean): Readonly<Record<string, string>>;
  set(limits: Partial<Limits>): void;
};

/** Lets a client that paces itself exactly by its own clock through: timers are a few milliseconds early or late. */
const TOLERANCE = 0.05;

type Window = { start: number; used: number };

export function makeThrottle(initial: Limits, now: () => number): Throttle {
  let limits = initial;
  let tokens = Math.max(1, initial.requestsPerSecond ?? 1);
  let filledAt = now();
  const units: Window = { start: now(), used: 0 };
  const writes: Window = { start: now(), used: 0 };

  const admitRisk = (perSecond: number): void => {
    const elapsed = Math.max(0, now() - filledAt) / 1000;
    filledAt = now();
    tokens = Math.min(Math.max(1, perSecond), tokens + elapsed * perSecond);
    if (tokens < 1 - TOLERANCE) throw new Refusal(429, 'TooManyRequests', 'Too many requests.');
    tokens -= 1;
  };

  const spend = (window: Window, length: number, limit: number, cost: number, what: string): number => {
    if (now() - window.start >= length) {
      window.start = now();
      window.used = 0;
    }
    if (window.used + cost > limit) {
      const seconds = Math.max(1, Math.ceil((window.start + length - now()) / 1000));
      throw new Refusal(429, 'TooManyRequests', 'Too many requests.', {
        'retry-after': String(seconds),
        'x-ms-throttle-scope': 'Tenant_Application/ReadWrite',
        'x-ms-throttle-information': what,
        'x-ms-throttle-limit-percentage': '1.0',
      });
    }
    window.used += cost;
    return window.used / limit;
  };

  return {
    admit(workload, cost, write) {
      if (workload === 'identity-protection') {
        if (limits.requestsPerSecond !== null) admitRisk(limits.requestsPerSecond);
        return {};
      }
      const headers: Record<string, string> = { 'x-ms-resource-unit': String(cost) };
      if (write && limits.directoryWritesPer150s !== null) {
        spend(writes, 150_000, limits.directoryWritesPer150s, 1, 'WriteLimitExceeded');
      }
      if (limits.directoryUnitsPer10s !== null) {
        const share = spend(units, 10_000, limits.directoryUnitsPer10s, cost, 'ResourceUnitLimitExceeded');
        if (share >= 0.8) headers['x-ms-throttle-limit-percentage'] = share.toFixed(2);
      }
      return headers;
    },
    set(changed) {
      limits = { ...limits, ...changed };
      tokens = Math.min(tokens, 1);
    },
  };
}
