/** When a connection syncs by itself, on virtual clocks: sleep, clocks that are set, failures, many connections at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  anchorAt,
  type Ended,
  elapsedMs,
  type Now,
  nextAt,
  nextStart,
  observe,
  overdueMs,
  spreadMs,
  type Timing,
  waitMs,
  wasAsleep,
} from '../../../electron/core/schedule/due.ts';

const minute = 60_000;
const hour = 60 * minute;
const begin = Date.UTC(2026, 10, 23);

const well = (at: number): Ended => ({ at, complete: true, failures: 0, errorCode: null, message: null, jitter: 0.5 });

/** Connections, two clocks, and syncs that take a while: what the loop does, without anything real. */
function simulate(count: number, everyMinutes: readonly number[]) {
  let wall = begin;
  let steady = 0;
  let lastStart: number | null = null;
  let quietUntil = 0;
  let before: Now = { wall, steady };
  const all = Array.from({ length: count }, (_, index) => ({
    name: `c${index}`,
    everyMs: (everyMinutes[index % everyMinutes.length] ?? 60) * minute,
    ended: well(begin) as Ended,
    anchor: anchorAt(begin, { wall, steady }) as Anchor,
    endsAt: null as number | null,
    starts: [] as number[],
  }));
  const starts: number[] = [];

  function tick(takesMs: number, fails: boolean): void {
    const now = { wall, steady };
    if (wasAsleep(before, now)) quietUntil = steady + 10_000;
    before = now;
    for (const one of all) {
      if (one.endsAt === null || steady < one.endsAt) continue;
      one.endsAt = null;
      one.ended = observe(
        one.ended,
        { at: wall, complete: !fails, errorCode: fails ? 'offline' : null, message: null },
        0.5,
      );
      one.anchor = anchorAt(wall, now);
    }
    const timings: Timing[] = all.map(({ name, everyMs, anchor, ended, endsAt }) => ({
      connection: name,
      everyMs,
      anchor,
      ended,
      running: endsAt !== null,
      hurry: false,
    }));
    const name = nextStart(timings, now, { lastStart, quietUntil });
    const found = all.find((one) => one.name === name);
    if (found === undefined) return;
    expect(found.endsAt).toBeNull();
    found.endsAt = steady + takesMs;
    found.starts.push(steady);
    starts.push(steady);
    lastStart = steady;
  }

  return {
    all,
    starts,
    /** Time passes in steps of five seconds, as the loop takes them. */
    run(ms: number, takesMs = 4_000, fails = false): void {
      for (let passed = 0; passed < ms; passed += 5_000) {
        wall += 5_000;
        steady += 5_000;
        tick(takesMs, fails);
      }
    },
    /** The machine sleeps: only the wall clock goes on. */
    sleep(ms: number): void {
      wall += ms;
    },
    running: () => all.filter(({ endsAt }) => endsAt !== null).length,
  };
}

describe('a due sync', () => {
  it('comes once after any sleep, however many it slept through, and never all at the same moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 61, max: 3_000 }), (count, slept) => {
        const sim = simulate(count, [60]);
        sim.run(10 * minute);
        expect(sim.starts).toEqual([]);
        sim.sleep(slept * minute);
        sim.run(15 * minute);
        for (const one of sim.all) expect(one.starts.length, one.name).toBe(1);
        for (const [index, at] of sim.starts.entries()) {
          if (index > 0) expect(at - (sim.starts[index - 1] ?? 0)).toBeGreaterThanOrEqual(spreadMs);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its pace through any mix of sleeps and set clocks: never late by more than its turn, never twice at once', () => {
    const jump = fc.record({ after: fc.integer({ min: 1, max: 90 }), by: fc.integer({ min: -2_000, max: 2_000 }) });
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 6 }), fc.integer({ min: 1, max: 4 }), (jumps, count) => {
        const sim = simulate(count, [30]);
        for (const { after, by } of jumps) {
          sim.run(after * minute);
          sim.sleep(by * minute);
          expect(sim.running()).toBeLessThanOrEqual(2);
        }
        for (const one of sim.all) one.starts.length = 0;
        sim.run(3 * hour);
        // 30 minutes, at most a few ticks and the turns of the others late; one more where the last jump made it due early.
        for (const one of sim.all) {
          expect(one.starts.length).toBeGreaterThanOrEqual(5);
          expect(one.starts.length).toBeLessThanOrEqual(7);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not put off by a clock that was put back, nor by an end that lies in the future at the start', () => {
    const now = { wall: begin, steady: 1_000 };
    const anchor = anchorAt(begin + 5 * hour, now);
    expect(elapsedMs(anchor, { wall: begin - hour, steady: 1_000 + 10 * minute })).toBe(10 * minute);
  });

  it('is shown at the same time from one question to the next', () => {
    const anchor = anchorAt(begin, { wall: begin + 3_000, steady: 500 });
    const timing = { connection: 'c', everyMs: hour, anchor, ended: well(begin), running: false, hurry: false };
    const shown = [0, 1, 999, 50_001].map((ms) => nextAt(timing, { wall: begin + 3_000 + ms, steady: 500 + ms }));
    expect(new Set(shown)).toEqual(new Set([begin + hour]));
  });

  it('gives a new connection a little time to be synced by hand', () => {
    expect(waitMs(hour, null, false)).toBe(2 * minute);
    expect(waitMs(minute, null, false)).toBe(minute);
  });
});

describe('after a failure', () => {
  const failed = (failures: number, errorCode: string, jitter = 0.5): Ended => ({
    ...well(begin),
    complete: false,
    failures,
    errorCode,
    jitter,
  });

  it('waits longer each time, within bounds, and not the same for all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('offline', 'throttled', 'graph-failed', 'auth-failed', 'permission-missing'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 10_080 }),
        (failures, code, jitter, every) => {
          const wait = waitMs(every * minute, failed(failures, code, jitter), false);
          const more = waitMs(every * minute, failed(failures + 1, code, jitter), false);
          expect(more).toBeGreaterThanOrEqual(wait);
          expect(wait).toBeGreaterThanOrEqual(0.8 * minute);
          const person = code === 'auth-failed' || code === 'permission-missing';
          expect(wait).toBeLessThanOrEqual(person ? Math.max(every * minute, 7.2 * hour) : 1.2 * hour);
          if (person) expect(wait).toBeGreaterThanOrEqual(12 * minute);
        },
      ),
    );
    expect(waitMs(hour, failed(3, 'offline', 0), false)).toBeLessThan(waitMs(hour, failed(3, 'offline', 1), false));
  });

  it('does not hammer a sign-in that was refused: a day of it is a handful of tries', () => {
    let ended: Ended | null = null;
    let tries = 0;
    for (let at = 0; at < 24 * hour; at += ended === null ? 0 : waitMs(minute, ended, false)) {
      ended = observe(ended, { at, complete: false, errorCode: 'auth-failed', message: null }, 0.5);
      tries += 1;
    }
    expect(tries).toBeLessThanOrEqual(10);
  });

  it('tries soon when the network is back, and not sooner than half a minute; a refused sign-in waits all the same', () => {
    expect(waitMs(hour, failed(9, 'offline'), true)).toBe(30_000);
    expect(waitMs(hour, failed(1, 'auth-failed'), true)).toBeGreaterThanOrEqual(hour);
  });

  it('counts neither a stop by a person nor a success', () => {
    const before = failed(4, 'offline');
    const report = { at: begin + 1, message: null };
    expect(observe(before, { ...report, complete: false, errorCode: 'cancelled' }, 0).failures).toBe(0);
    expect(observe(before, { ...report, complete: true, errorCode: null }, 0).failures).toBe(0);
    expect(observe(before, { ...report, complete: false, errorCode: 'offline' }, 0).failures).toBe(5);
  });

  it('is due by its own wait', () => {
    const anchor = anchorAt(begin, { wall: begin, steady: 0 });
    const timing = {
      connection: 'c',
      everyMs: hour,
      anchor,
      running: false,
      hurry: false,
      ended: failed(1, 'offline'),
    };
    expect(overdueMs(timing, { wall: begin + minute, steady: minute })).toBe(0);
  });
});
