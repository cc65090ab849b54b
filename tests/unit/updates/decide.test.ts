/** The state of updates after every report, and release notes that try to be more than text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterEvent,
  afterPostpone,
  afterWish,
  initialState,
  looksByItself,
} from '../../../electron/core/updates/decide.ts';
import { plainNotes } from '../../../electron/core/updates/notes.ts';
import { whyNoUpdates } from '../../../electron/hosts/desktop/updateSupport.ts';
import type { UpdateEvent, UpdateState } from '../../../shared/model/update.ts';

const start = initialState(null);
const busy = { runs: 1, syncs: 0 };
const idle = { runs: 0, syncs: 0 };
const found: UpdateEvent = { kind: 'found', version: '2.0.0', notes: 'new' };
const ready: UpdateEvent = { kind: 'ready', version: '2.0.0' };
const play = (...events: readonly UpdateEvent[]): UpdateState =>
  events.reduce((state, event, index) => afterEvent(state, event, index + 1), start);

describe('the state of updates', () => {
  it('goes from a look to a download that is ready', () => {
    expect(play({ kind: 'checking' }).phase).toBe('checking');
    expect(play({ kind: 'checking' }, { kind: 'none' })).toMatchObject({
      phase: 'current',
      checkedAt: 2,
      version: null,
    });
    expect(play(found, { kind: 'progress', percent: 41.7 })).toMatchObject({ phase: 'downloading', percent: 41 });
    expect(play(found, ready)).toMatchObject({ phase: 'ready', version: '2.0.0', notes: 'new', percent: null });
  });

  it('keeps a downloaded update whatever a later look says, unless that finds a newer one', () => {
    for (const later of [{ kind: 'checking' }, { kind: 'none' }, { kind: 'failed' }, found] as const) {
      expect(play(found, ready, later)).toMatchObject({ phase: 'ready', version: '2.0.0' });
    }
    const newer = play(found, ready, { kind: 'found', version: '2.1.0', notes: null });
    expect(newer).toMatchObject({ phase: 'downloading', version: '2.1.0', notes: null });
  });

  it('installs at once when nothing is under way, else waits and names what for', () => {
    const held = play(found, ready);
    expect(afterWish(held, idle)).toMatchObject({ phase: 'installing', waitingFor: null });
    expect(afterWish(held, busy)).toMatchObject({ phase: 'waiting', waitingFor: busy });
    expect(afterWish(afterWish(held, busy), { runs: 0, syncs: 1 })).toMatchObject({ phase: 'waiting' });
    expect(afterWish(afterWish(held, busy), idle).phase).toBe('installing');
    expect(afterPostpone(afterWish(held, busy))).toMatchObject({ phase: 'ready', waitingFor: null });
    expect(afterPostpone(afterWish(held, idle)).phase).toBe('installing');
  });

  it('never installs what is not downloaded, nor while something is under way, in whatever order things come', () => {
    const event = fc.oneof(
      fc.constantFrom<UpdateEvent>({ kind: 'checking' }, { kind: 'none' }, { kind: 'failed' }),
      fc.record({
        kind: fc.constant('found' as const),
        version: fc.constantFrom('2.0.0', '2.1.0'),
        notes: fc.constant(null),
      }),
      fc.record({ kind: fc.constant('progress' as const), percent: fc.double({ noNaN: true }) }),
      fc.record({ kind: fc.constant('ready' as const), version: fc.constantFrom('2.0.0', '2.1.0') }),
    );
    const step = fc.oneof(
      event.map((one) => ({ event: one })),
      fc.record({ wish: fc.record({ runs: fc.nat(1), syncs: fc.nat(1) }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let state = start;
        for (const one of steps) {
          const before = state;
          state = 'event' in one ? afterEvent(state, one.event, 1) : afterWish(state, one.wish);
          if (state.phase === 'installing' && before.phase !== 'installing') {
            expect(['ready', 'waiting']).toContain(before.phase);
            expect(one).toMatchObject({ wish: { runs: 0, syncs: 0 } });
          }
          expect(state.percent === null || (state.percent >= 0 && state.percent <= 100)).toBe(true);
          expect(state.waitingFor === null).toBe(state.phase !== 'waiting');
        }
      }),
    );
  });

  it('looks by itself only where it can and may, and not while one is on its way', () => {
    const on = { automatic: true, channel: 'latest' } as const;
    expect(looksByItself(start, on)).toBe(true);
    expect(looksByItself(start, { ...on, automatic: false })).toBe(false);
    expect(looksByItself(initialState('policy'), on)).toBe(false);
    expect(looksByItself(play(found), on)).toBe(false);
    expect(looksByItself(play(found, ready), on)).toBe(false);
    expect(looksByItself(play({ kind: 'failed' }), on)).toBe(true);
  });
});

describe('release notes', () => {
  it('become plain text', () => {
    const html = '<h2>2.0.0</h2><ul><li>Faster &amp; calmer</li><li>a &lt;b&gt; stays text</li></ul>';
    expect(plainNotes(html)).toBe('2.0.0\n\n- Faster & calmer\n\n- a <b> stays text');
    expect(plainNotes('- one\r\n- two')).toBe('- one\n- two');
    expect(plainNotes('5 < 6 and 7 > 2')).toBe('5 < 6 and 7 > 2');
  });

  it('lose scripts, comments, hidden characters and everything beyond a sensible length', () => {
    expect(plainNotes('a<script>alert(1)</script >b<!-- c -->d<img src=x onerror=alert(1)>')).toBe('abd');
    expect(plainNotes('a<script>never closed')).toBe('a');
    expect(plainNotes('safe\u202Egnihton\u200B\u0007')).toBe('safegnihton');
    expect(plainNotes('x'.repeat(100_000))).toHaveLength(20_000);
    expect(plainNotes('<p> </p>')).toBeNull();
    expect(plainNotes(null)).toBeNull();
  });

  it('hold no tag, whatever came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', 'script', '/', 'b', ' ', '&lt;', '!--', '-->', 'x=1')),
        (parts) => {
          const input = parts.filter((part) => part !== '&lt;').join('');
          expect(plainNotes(input) ?? '').not.toMatch(/<\/?[a-z][^>]*>/i);
        },
      ),
    );
  });
});

describe('whether this program may replace itself', () => {
  const facts = {
    packaged: true,
    platform: 'win32',
    turnedOff: false,
    hasFeed: true,
    hasUninstaller: true,
    isAppImage: false,
  } as const;
  it.each([
    ['a signed per-user installation', {}, null],
    ['a run from source', { packaged: false }, 'source'],
    ['an administrator who said no', { turnedOff: true }, 'policy'],
    ['a package without a source of updates', { hasFeed: false }, 'no-feed'],
    ['an MSI', { hasUninstaller: false }, 'managed'],
    ['a deb', { platform: 'linux' }, 'managed'],
    ['an AppImage', { platform: 'linux', isAppImage: true }, null],
    ['macOS', { platform: 'darwin', hasUninstaller: false }, null],
  ] as const)('%s', (_name, change, expected) => {
    expect(whyNoUpdates({ ...facts, ...change })).toBe(expected);
  });
});
