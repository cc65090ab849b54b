/** The decision what a sync does: a table, and what holds for every past. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSync, type OpenSync, overlapMs, type SyncPast } from '../../../electron/core/sync/decide.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 23, 12);
const watermark = now - 2 * hour;
const wanted = { full: false, reconcileMs: 24 * hour, now };

const settled: SyncPast = { open: null, watermark, lastTook: 1_000, lastFull: now - hour, needsFull: false };
const openFull: OpenSync = {
  syncId: 7,
  kind: 'full',
  started: now - hour,
  since: null,
  left: 'pages',
  allFull: true,
};
const openIncremental: OpenSync = { ...openFull, kind: 'incremental', since: 5 };
const full = { do: 'start', kind: 'full', since: null };
const incremental = { do: 'start', kind: 'incremental', since: watermark - overlapMs };
const resume = (open: OpenSync) => ({
  do: 'resume',
  syncId: open.syncId,
  kind: open.kind,
  since: open.since,
  allFull: open.allFull,
});

const rows: readonly [string, Partial<SyncPast>, Partial<typeof wanted>, object][] = [
  ['nothing was ever synced', { watermark: null, lastFull: null, needsFull: true }, {}, full],
  ['a full one was complete', {}, {}, incremental],
  ['a full one is wanted', {}, { full: true }, full],
  ['no row had a time', { watermark: null }, {}, full],
  ['the score range changed', { needsFull: true }, {}, full],
  ['the reconcile is not due yet', { lastFull: now - 24 * hour + 1 }, {}, incremental],
  ['the reconcile is due', { lastFull: now - 24 * hour }, {}, full],
  ['the clock was set back behind the last full one', { lastFull: now + 1 }, {}, full],
  ['the last one took as long as half the overlap', { lastTook: 5 * 60_000 }, {}, incremental],
  [
    'the last one took an hour: back to its start and a little more',
    { lastTook: hour },
    {},
    { ...incremental, since: watermark - hour - 5 * 60_000 },
  ],
  ['the watermark is near 1970', { watermark: 1_000 }, {}, { ...incremental, since: 0 }],
  [
    'the first one was cut off',
    { watermark: null, lastFull: null, needsFull: true, open: openFull },
    {},
    resume(openFull),
  ],
  ['a later full one was cut off', { open: openFull }, {}, resume(openFull)],
  ['a full one was cut off and a full one is wanted', { open: openFull }, { full: true }, resume(openFull)],
  ['a full one was cut off, then the score range changed', { open: openFull, needsFull: true }, {}, full],
  ['a full one was cut off a day ago', { open: { ...openFull, started: now - 24 * hour } }, {}, incremental],
  ['a full one was cut off, and the clock was set back', { open: { ...openFull, started: now + 1 } }, {}, incremental],
  ['an incremental one was cut off', { open: openIncremental }, {}, resume(openIncremental)],
  ['an incremental one was cut off and a full one is wanted', { open: openIncremental }, { full: true }, full],
  [
    'an incremental one was cut off and the reconcile is due',
    { open: openIncremental, lastFull: now - 25 * hour },
    {},
    full,
  ],
  ['an incremental one was cut off, then the range changed', { open: openIncremental, needsFull: true }, {}, full],
  ['only the end is missing', { open: { ...openFull, left: 'end' } }, {}, { do: 'finish', syncId: 7, kind: 'full' }],
  [
    'only the end of a full one is missing, and the range changed',
    { open: { ...openFull, left: 'end' }, needsFull: true },
    {},
    full,
  ],
];

describe('what a sync does when', () => {
  it.each(rows)('%s', (_name, past, change, task) => {
    expect(decideSync({ ...settled, ...past }, { ...wanted, ...change })).toEqual(task);
  });
});

const time = fc.integer({ min: now - 90 * 24 * hour, max: now + 90 * 24 * hour });
const anyOpen: fc.Arbitrary<OpenSync | null> = fc.option(
  fc
    .record({
      syncId: fc.nat(),
      kind: fc.constantFrom('full' as const, 'incremental' as const),
      started: time,
      at: time,
      left: fc.constantFrom('pages' as const, 'end' as const),
      allFull: fc.boolean(),
    })
    .map(({ at, ...open }) => ({ ...open, since: open.kind === 'full' ? null : at })),
);
const anyPast: fc.Arbitrary<SyncPast> = fc.record({
  open: anyOpen,
  watermark: fc.option(time),
  lastTook: fc.nat({ max: 48 * hour }),
  lastFull: fc.option(time),
  needsFull: fc.boolean(),
});
const anyWanted = fc.record({ full: fc.boolean(), reconcileMs: fc.integer({ min: hour, max: 720 * hour }), now: time });

describe('whatever was before', () => {
  it('reads what changed only after a complete full sync that still counts', () => {
    fc.assert(
      fc.property(anyPast, anyWanted, (past, want) => {
        const task = decideSync(past, want);
        if (task.kind === 'full') return;
        expect(past.needsFull).toBe(false);
        expect(want.full).toBe(false);
        expect(past.lastFull).not.toBeNull();
        expect(past.watermark).not.toBeNull();
        const age = want.now - (past.lastFull ?? 0);
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThan(want.reconcileMs);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reaches back by ten minutes or more, and to where the last one began', () => {
    fc.assert(
      fc.property(anyPast, anyWanted, (past, want) => {
        const task = decideSync(past, want);
        if (task.do !== 'start' || task.kind !== 'incremental' || past.watermark === null) return;
        expect(task.since).toBeLessThanOrEqual(past.watermark - overlapMs);
        expect(task.since).toBeLessThanOrEqual(past.watermark - past.lastTook);
      }),
      { numRuns: 2_000 },
    );
  });

  it('goes on with a sync only within a day of its start', () => {
    fc.assert(
      fc.property(anyPast, anyWanted, (past, want) => {
        const task = decideSync(past, want);
        if (task.do === 'start') return;
        expect(task.syncId).toBe(past.open?.syncId);
        const age = want.now - (past.open?.started ?? 0);
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThan(24 * hour);
      }),
      { numRuns: 2_000 },
    );
  });
});
