/**
 * When a connection syncs by itself. Two clocks are asked: the wall's, which goes on while the machine sleeps and may be
 * set by a person, and a steady one, which does neither. Whichever says that more time has passed is believed: a clock put
 * back cannot put a sync off, and a night's sleep makes exactly one sync due, because being due is no number. Pure.
 */

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Both clocks at one moment, ms: since the epoch, and of a clock that never jumps. */
export type Now = { readonly wall: number; readonly steady: number };

/** Where counting began: an event at `at` by the wall clock that was `age` ms old when the steady clock showed `steady`. */
export type Anchor = { readonly at: number; readonly age: number; readonly steady: number };

/** How the last sync ended. `at` is epoch ms; `failures` counts those in a row; `jitter` is 0 to 1. */
export type Ended = {
  readonly at: number;
  readonly complete: boolean;
  readonly failures: number;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly jitter: number;
};

/** A connection that was never synced waits this long, so that whoever just added it can begin it by hand. */
const firstWaitMs = 2 * minuteMs;
/** At least so long after a failure, however often the network comes back. */
const hurriedMs = 30_000;

const transient = { first: minuteMs, most: hourMs };
const lasting = { first: 15 * minuteMs, most: 6 * hourMs };

/** Failures that only a person can mend; asking again soon would hammer the sign-in. */
const needsPerson: ReadonlySet<string> = new Set([
  'auth-failed',
  'permission-missing',
  'licence-missing',
  'certificate-untrusted',
  'keychain-unavailable',
  'bad-input',
  'not-found',
  'graph-refused',
]);

/** Ends that are no failure: a person stopped it, or it began anew because the connection was changed. */
const noFailure: ReadonlySet<string> = new Set(['cancelled', 'started-again']);

export function needsAPerson(errorCode: string | null): boolean {
  return errorCode !== null && needsPerson.has(errorCode);
}

export function anchorAt(at: number, now: Now): Anchor {
  return { at, age: Math.max(0, now.wall - at), steady: now.steady };
}

export function elapsedMs(anchor: Anchor, now: Now): number {
  return Math.max(now.wall - anchor.at, now.steady - anchor.steady + anchor.age);
}

/** From the last end to the next start, ms. `hurry`: what failed before may work now. */
export function waitMs(everyMs: number, ended: Ended | null, hurry: boolean): number {
  if (ended === null) return Math.min(everyMs, firstWaitMs);
  if (ended.failures === 0) return hurry && !ended.complete ? Math.min(hurriedMs, everyMs) : everyMs;
  const person = needsAPerson(ended.errorCode);
  const { first, most } = person ? lasting : transient;
  const grown = Math.min(most, first * 2 ** Math.min(20, ended.failures - 1));
  const spread = Math.round(grown * (0.8 + 0.4 * ended.jitter));
  if (person) return Math.max(everyMs, spread);
  return hurry ? Math.min(hurriedMs, spread) : spread;
}

/** What is remembered of a sync that has ended; `before`: of the one before it. `jitter` is drawn anew, 0 to 1. */
export function observe(
  before: Ended | null,
  report: Pick<Ended, 'at' | 'complete' | 'errorCode' | 'message'>,
  jitter: number,
): Ended {
  const { at, complete, errorCode, message } = report;
  const failed = !complete && !noFailure.has(errorCode ?? '');
  return { at, complete, failures: failed ? (before?.failures ?? 0) + 1 : 0, errorCode, message, jitter };
}

export type Timing = {
  readonly connection: string;
  readonly everyMs: number;
  readonly anchor: Anchor;
  readonly ended: Ended | null;
  readonly running: boolean;
  readonly hurry: boolean;
};

/** How long a connection has been due, ms; below 0 it is not yet. */
export function overdueMs({ anchor, everyMs, ended, hurry }: Timing, now: Now): number {
  return elapsedMs(anchor, now) - waitMs(everyMs, ended, hurry);
}

/** When it is due by the wall clock, epoch ms. Stays the same from one question to the next while the clocks agree. */
export function nextAt(timing: Timing, now: Now): number {
  const { anchor, everyMs, ended, hurry } = timing;
  const wait = waitMs(everyMs, ended, hurry);
  const agree = Math.abs(now.wall - anchor.at - (now.steady - anchor.steady + anchor.age)) < 1_000;
  if (agree) return anchor.at + wait;
  return Math.round((now.wall + wait - elapsedMs(anchor, now)) / minuteMs) * minuteMs;
}

/** Two syncs never begin closer together than this by themselves, so that a wake does not start all at once. */
export const spreadMs = 20_000;
/** Automatic syncs under way at once. */
const mostAtOnce = 2;

/**
 * The connection whose sync begins now: the one that is due the longest, at most one at a time. `lastStart` and `quietUntil`
 * are of the steady clock; until the latter nothing begins, because a machine that has just woken has no network yet.
 */
export function nextStart(
  timings: readonly Timing[],
  now: Now,
  limits: { readonly lastStart: number | null; readonly quietUntil: number },
): string | null {
  if (now.steady < limits.quietUntil) return null;
  if (limits.lastStart !== null && now.steady - limits.lastStart < spreadMs) return null;
  if (timings.filter(({ running }) => running).length >= mostAtOnce) return null;
  const due = timings
    .filter((timing) => !timing.running && overdueMs(timing, now) >= 0)
    .sort((a, b) => overdueMs(b, now) - overdueMs(a, now));
  return due[0]?.connection ?? null;
}

/** Whether the wall clock ran ahead of the steady one between two looks: the machine slept, or somebody set the clock. */
export function wasAsleep(before: Now, now: Now): boolean {
  return now.wall - before.wall - (now.steady - before.steady) > minuteMs;
}
