/** What the desktop host decides without Electron: links, options, places on screens, names of files, states of leaving. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeepLink } from '../../../electron/hosts/desktop/deepLink.ts';
import { cliArguments, linkIn, readDesktopOptions } from '../../../electron/hosts/desktop/options.ts';
import { fitOnScreen, type Rectangle } from '../../../electron/hosts/desktop/windowState.ts';
import { isCommand, isWish } from '../../../shared/contract/desktop.ts';

describe('a deep link', () => {
  it.each([
    ['riskdesk://run/0b9f-12', { view: 'actions', params: { run: '0b9f-12' } }],
    ['riskdesk://run/0b9f-12/', { view: 'actions', params: { run: '0b9f-12' } }],
    ['RISKDESK://Rule/High%20risk', { view: 'rules', params: { rule: 'High risk' } }],
    [
      'riskdesk://user/Contoso%20%28sample%29/0b9f',
      { view: 'users', params: { connection: 'Contoso (sample)', user: '0b9f' } },
    ],
  ])('%s shows a place', (link, place) => {
    expect(readDeepLink(link)).toEqual(place);
  });

  it.each([
    'riskdesk://run/',
    'riskdesk://run/a/b',
    'riskdesk://run/a?confirm=1',
    'riskdesk://run/a#/actions?new=1',
    'riskdesk://run/..%2Fusers',
    'riskdesk://run/a b',
    'riskdesk://rule/%',
    'riskdesk://rule/%00',
    'riskdesk://rule/%20',
    `riskdesk://rule/${'x'.repeat(121)}`,
    `riskdesk://run/${'x'.repeat(65)}`,
    'riskdesk://user/Contoso',
    'riskdesk://settings/wipe',
    'riskdesk://run\\a',
    'riskdesk:run/a',
    'javascript://run/a',
    'xriskdesk://run/a',
    'riskdesk://run/a\nriskdesk://run/b',
  ])('%j shows nothing', (link) => {
    expect(readDeepLink(link)).toBeNull();
  });

  it('of any text never throws, and shows nothing but one of three views with its own parameters', () => {
    const text = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom('run', 'user', 'rule'), fc.string()).map(([a, b]) => `riskdesk://${a}/${b}`),
    );
    fc.assert(
      fc.property(text, (link) => {
        const place = readDeepLink(link);
        if (place === null) return;
        expect(['actions', 'users', 'rules']).toContain(place.view);
        expect(['run', 'rule', 'connection,user']).toContain(Object.keys(place.params).join());
        expect(isCommand({ kind: 'go', ...place })).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('options', () => {
  it('pass over the switches of Chromium and take their own', () => {
    const options = readDesktopOptions(['riskdesk', '--no-sandbox', '--demo', '--users=500', '--data-dir', '/a b']);
    expect(options).toMatchObject({ demo: true, users: 500, dataDir: '/a b', link: null, problems: [] });
  });

  it('are not read behind a link: what stands there came from outside', () => {
    const options = readDesktopOptions(['riskdesk', 'riskdesk://run/a', '--data-dir', '/elsewhere', '--demo']);
    expect(options).toMatchObject({ demo: false, dataDir: undefined, link: 'riskdesk://run/a' });
    expect(linkIn(['riskdesk', '--x', 'Riskdesk://run/a'])).toBe('Riskdesk://run/a');
    expect(cliArguments(['riskdesk', 'riskdesk://run/a', '--cli', 'settings'], true)).toBeNull();
  });

  it('that are wrong are said, and do no harm', () => {
    const options = readDesktopOptions(['riskdesk', '--users', 'many', '--data-dir', '--demo']);
    expect(options).toMatchObject({ users: 20_000, dataDir: undefined });
    expect(options.problems.length).toBe(2);
  });

  it('--cli counts as the first word alone', () => {
    expect(cliArguments(['riskdesk', '--cli', 'users', 'list'], true)).toEqual(['users', 'list']);
    expect(cliArguments(['electron', '--no-sandbox', 'out/main/main.js', '--cli', '--version'], false)).toEqual([
      '--version',
    ]);
    expect(cliArguments(['electron', 'out/main/main.js'], false)).toBeNull();
    expect(cliArguments(['riskdesk', '--demo', '--cli'], true)).toBeNull();
  });
});

describe('a window', () => {
  const screens: readonly Rectangle[] = [
    { x: 0, y: 0, width: 1_920, height: 1_040 },
    { x: 1_920, y: -200, width: 3_840, height: 2_120 },
  ];

  it('stands where it stood, in the middle when that screen has gone, and is never larger than its screen', () => {
    const there = { x: 2_500, y: 100, width: 1_000, height: 700 };
    expect(fitOnScreen(there, screens)).toEqual(there);
    expect(fitOnScreen(there, screens.slice(0, 1))).toEqual({ x: 460, y: 170, width: 1_000, height: 700 });
    expect(fitOnScreen({ x: 0, y: 0, width: 9_000, height: 9_000 }, screens)).toMatchObject({
      width: 1_920,
      height: 1_040,
    });
    expect(fitOnScreen(null, [])).toEqual({ width: 1_280, height: 800 });
  });

  it('can always be taken hold of', () => {
    const side = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(fc.record({ x: side, y: side, width: fc.nat(8_000), height: fc.nat(8_000) }), (wanted) => {
        const { x = 0, y = 0, width } = fitOnScreen(wanted, screens);
        const held = screens.some(
          (screen) =>
            Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= 120 &&
            y >= screen.y &&
            y + 32 <= screen.y + screen.height,
        );
        expect(held).toBe(true);
      }),
    );
  });
});

it('a message that is not exactly a command or a wish passes no boundary', () => {
  for (const bad of [
    null,
    'go',
    {},
    { kind: 'eval' },
    { kind: 'go', view: 'x', params: {} },
    { kind: 'go', view: 'users', params: { a: 1 } },
  ])
    expect(isCommand(bad)).toBe(false);
  expect(isCommand({ kind: 'palette' })).toBe(true);
  expect([isWish('quit'), isWish('run'), isWish(undefined)]).toEqual([true, false, false]);
});
