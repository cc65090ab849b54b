/**
 * Decides when the next request of a workload may leave. Two policies, both pure state machines over a monotonic clock in
 * milliseconds; `throttle.ts` holds the queue and the timers.
 *
 * Identity Protection: as fast as answers come, until a 429. Then the documented 1 request/s per tenant (Microsoft Graph:
 * throttling-limits), measured from the last request that was *granted*, so that a refusal costs a request but no time.
 * After enough clean answers it probes a shorter spacing; a probe that fails falls back to the old slot at once.
 *
 * Everything else: Retry-After, or exponential backoff where there is none.
 */

export type Pace = {
  /** Monotonic ms before which nothing may leave. `inFlight`: when the youngest unanswered request left, or null. */
  notBefore(inFlight: number | null): number;
  /** The server did the work (any answer that is not 429). */
  granted(sentAt: number, at: number): void;
  /** 429. `retryAfter` in ms, null where the header was absent. */
  refused(sentAt: number, at: number, retryAfter: number | null): void;
  /** The request may have reached the server, but no answer came. */
  lost(sentAt: number): void;
  /** Requests a second at the present spacing; null: as fast as answers come. */
  requestsPerSecond(): number | null;
  /** Monotonic ms until which a refusal holds everything back. */
  holdUntil(): number;
};

/** Spacings in ms, from the documented rate upwards. Beyond the last one there is none. */
const spacings = [1000, 500, 250, 125, 60] as const;
const documented = 0;
/** Keeps a slot from being early when the way to the server is a little faster than last time. */
const guard = 8;
const guardJitter = 8;
/** What a way of uneven length adds to the guard at most, and the steps in which a missed slot is neared, ms. */
const mostUnevenness = 24;
const step = 30;
/** Clean answers before the first probe; doubled by every probe that failed. */
const cleanBeforeProbe = 20;
const cleanBetweenProbes = 5;
/** A probe that fails costs a Retry-After: the longer one was, the rarer they get, up to this, ms. */
const longestRemembered = 30_000;
/**
 * Waits, ms, when even a full slot was refused: the slot was missed by a little, or other applications share the tenant's
 * second. Only the first is short: refused requests may count against the limit, too.
 */
const ladder = [100, 1000, 2000, 4000, 8000, 16_000, 30_000] as const;

export function identityProtectionPace(random: () => number): Pace {
  let level: number | null = null;
  let hold = Number.NEGATIVE_INFINITY;
  let jitter = 0;
  let lastSent = Number.NEGATIVE_INFINITY;
  let lastAnswered = Number.NEGATIVE_INFINITY;
  let clean = 0;
  let refusals = 0;
  let rung = 0;
  let failedProbes = 0;
  /** The present spacing was reached by a probe, and nothing was refused since. */
  let climbing = false;
  let unevenness = 0;
  let longestAsked = 0;

  const spacing = (): number => (level === null ? 0 : (spacings[level] ?? 0) + guard + jitter + unevenness);

  function stepDown(retryAfter: number | null): void {
    climbing = false;
    if (level === null) {
      // A server that says how long knows its window: only when it refuses again at once is a pace called for.
      if (retryAfter === null || clean < 3) level = documented;
    } else if (level > documented) {
      failedProbes += 1;
      level = refusals === 1 ? level - 1 : documented;
    }
  }

  function stepUp(): void {
    if (level === null) return;
    const patient = Math.max(cleanBeforeProbe * 2 ** Math.min(failedProbes, 5), longestAsked / 25);
    if (clean < (climbing ? cleanBetweenProbes : patient)) return;
    if (climbing) failedProbes = 0;
    climbing = true;
    level = level + 1 < spacings.length ? level + 1 : null;
    clean = 0;
  }

  return {
    notBefore: (inFlight) => Math.max(hold, Math.max(lastSent, inFlight ?? Number.NEGATIVE_INFINITY) + spacing()),
    granted(sentAt, at) {
      lastSent = Math.max(lastSent, sentAt);
      lastAnswered = at;
      refusals = 0;
      rung = 0;
      clean += 1;
      unevenness *= 0.95;
      jitter = random() * guardJitter;
      stepUp();
    },
    refused(_sentAt, at, retryAfter) {
      refusals += 1;
      stepDown(retryAfter);
      clean = 0;
      if (retryAfter !== null && (retryAfter > 0 || refusals === 1)) {
        longestAsked = Math.min(Math.max(longestAsked, retryAfter), longestRemembered);
        hold = at + retryAfter + random() * guardJitter;
        return;
      }
      // The granted request reached the server somewhere between leaving and its answer, so one slot after the answer
      // is late enough whatever the way there did; it is neared in small steps. Past that, somebody else takes the slots.
      if (lastSent + spacing() > at + 5) return;
      unevenness = Math.min(unevenness + 8, mostUnevenness);
      const latest = lastAnswered + spacing();
      if (latest > at + 5) {
        hold = Math.min(latest, at + step);
        return;
      }
      hold = at + (ladder[Math.min(rung, ladder.length - 1)] ?? 0) * (0.9 + 0.2 * random());
      rung += 1;
    },
    lost(sentAt) {
      lastSent = Math.max(lastSent, sentAt);
    },
    requestsPerSecond: () => (level === null ? null : 1000 / (spacings[level] ?? 1000)),
    holdUntil: () => hold,
  };
}

const backoffFirst = 1000;
const backoffMost = 60_000;

/** Users and groups: Retry-After is always sent (Microsoft Graph: throttling); the backoff is for servers that forget. */
export function directoryPace(random: () => number): Pace {
  let hold = Number.NEGATIVE_INFINITY;
  let refusals = 0;
  return {
    notBefore: () => hold,
    granted() {
      refusals = 0;
    },
    refused(_sentAt, at, retryAfter) {
      refusals += 1;
      const backoff = Math.min(backoffFirst * 2 ** Math.min(refusals - 1, 6), backoffMost) * (0.5 + 0.5 * random());
      const asked = retryAfter === null ? backoff : retryAfter === 0 && refusals > 1 ? backoff : retryAfter;
      hold = Math.max(hold, at + asked + random() * guardJitter);
    },
    lost() {},
    requestsPerSecond: () => null,
    holdUntil: () => hold,
  };
}
