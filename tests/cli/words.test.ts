/** The small pure parts: tables, times, bars, paths, and which option an error belongs to. */
import { describe, expect, it } from 'vitest';
import { dataDirOf, fromHere } from '../../electron/adapters/dataDir.ts';
import { anyNumber, days, instant, wholeNumber } from '../../electron/hosts/cli/arguments.ts';
import { describeFailure } from '../../electron/hosts/cli/failure.ts';
import { filterFields, optionOf } from '../../electron/hosts/cli/fieldNames.ts';
import { describe as describeStep } from '../../electron/hosts/cli/progress.ts';
import { commandLine, programName, quote } from '../../electron/hosts/cli/self.ts';
import { amount, clean, duration, table, width } from '../../electron/hosts/cli/text.ts';
import { RiskdeskError } from '../../shared/model/errors.ts';

describe('tables', () => {
  it('align by what a terminal shows, numbers to the right', () => {
    const rows = [
      { name: 'Zoë', users: 7 },
      { name: '山田太郎', users: 12_345 },
    ];
    const lines = table(rows, [
      { title: 'NAME', of: (row) => row.name },
      { title: 'USERS', of: (row) => row.users, right: true },
    ]);
    expect(lines).toEqual(['NAME       USERS', 'Zoë            7', '山田太郎  12,345']);
    expect(width('Zoe\u0308')).toBe(3);
  });

  it('let no name rewrite the terminal', () => {
    expect(clean('a\u001b[2Jb\r\nc\u202ed')).toBe('a [2Jb c d');
    expect(clean(null)).toBe('-');
  });
});

describe('words', () => {
  it('count and time', () => {
    expect([amount(1, 'user'), amount(2_000, 'user'), amount(0, 'entry', 'entries')]).toEqual([
      '1 user',
      '2,000 users',
      '0 entries',
    ]);
    expect([0.2, 59, 60, 200, 7_500].map(duration)).toEqual(['1 s', '59 s', '1 min', '3 min 20 s', '2 h 5 min']);
  });

  it('tell how far something is', () => {
    const step = { done: 90_000, total: 200_000, unit: 'user', etaSeconds: 12, note: 'resumed' };
    expect(describeStep(step)).toBe('45 %, 90,000 of 200,000 users, 12 s to go, resumed');
    expect(describeStep({ ...step, total: null, etaSeconds: null, note: null })).toBe('90,000 users');
    expect(describeStep({ ...step, done: 250_000, etaSeconds: null, note: null })).toBe(
      '100 %, 200,000 of 200,000 users',
    );
  });

  it('give command lines that can be pasted', () => {
    expect(quote("it's")).toBe("'it'\\''s'");
    expect(quote('http://127.0.0.1:4711/graph')).toBe('http://127.0.0.1:4711/graph');
    expect(programName({ npm_lifecycle_event: 'cli' }, 'x/main.ts')).toBe('npm run -s cli --');
    expect(programName({}, '/opt/riskdesk/riskdesk')).toBe('riskdesk');
    expect(commandLine('sync', 'My tenant')).toMatch(/ sync 'My tenant'$/);
  });
});

describe('the data folder', () => {
  const home = '/home/ada';
  it('is where the system keeps the data of applications', () => {
    expect(dataDirOf(undefined, { platform: 'linux', env: {}, home })).toBe('/home/ada/.local/share/riskdesk');
    expect(dataDirOf(undefined, { platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/riskdesk');
    expect(dataDirOf(undefined, { platform: 'darwin', env: {}, home })).toBe(
      '/home/ada/Library/Application Support/Riskdesk',
    );
    expect(dataDirOf(undefined, { platform: 'win32', env: { APPDATA: '/roaming' }, home })).toBe('/roaming/Riskdesk');
  });

  it('is what the option says, then the environment', () => {
    const around = { platform: 'linux', env: { RISKDESK_DATA_DIR: '/env' }, home };
    expect(dataDirOf(undefined, around)).toBe('/env');
    expect(dataDirOf('/option', around)).toBe('/option');
    expect(dataDirOf(undefined, { ...around, env: { RISKDESK_DATA_DIR: '' } })).toBe('/home/ada/.local/share/riskdesk');
  });

  it('is found from the folder that the person is in, also through npm', () => {
    expect(fromHere('x', { npm_lifecycle_event: 'cli', INIT_CWD: '/home/ada' })).toBe('/home/ada/x');
    expect(fromHere('x', { npm_lifecycle_event: 'test', INIT_CWD: '/home/ada' })).toBe(`${process.cwd()}/x`);
  });
});

describe('option values', () => {
  it.each([
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T10:00', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00+01:00', '2026-11-23T09:00:00.000Z'],
    ['2024-02-29T23:59:59.5Z', '2024-02-29T23:59:59.500Z'],
  ])('%s is %s', (text, iso) => expect(instant(text)).toBe(iso));

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-11-23T25:00', '23.11.2026', '1764000000'])(
    '"%s" is no time',
    (text) => expect(() => instant(text)).toThrow(/date or a time/),
  );

  it('keep to their ranges', () => {
    expect(wholeNumber(0, 10)('10')).toBe(10);
    for (const text of ['11', '-1', '1.5', '1e1', '', ' ', 'NaN', '0x1'])
      expect(() => wholeNumber(0, 10)(text)).toThrow();
    for (const text of ['', 'Infinity', 'x']) expect(() => anyNumber(0, 10)(text)).toThrow();
    expect(() => days('0')).toThrow(/more than 0/);
  });
});

describe('errors', () => {
  it('name the option for a path of the contract', () => {
    expect(optionOf('filter.query.rules[0].field', filterFields)).toEqual({ name: '--filter', rest: 'rules[0].field' });
    expect(optionOf('rules[1].value', filterFields)).toEqual({ name: '--filter', rest: 'rules[1].value' });
    expect(optionOf('change.name', { name: 'NAME', 'change.name': '--name' })).toEqual({ name: '--name', rest: '' });
    expect(optionOf('scoreRange.max', { scoreRange: '--score-min', 'scoreRange.max': '--score-max' })?.name).toBe(
      '--score-max',
    );
    expect(optionOf('searches', filterFields)).toBeNull();
  });

  it('are wrong usage only when this command was given what is wrong', () => {
    const wrong = new RiskdeskError('bad-input', 'certificate: is damaged', {
      field: 'certificate',
      cure: 'Export it.',
    });
    expect(describeFailure(wrong, { certificate: '--certificate' })).toEqual({
      code: 'bad-input',
      message: '--certificate: is damaged',
      field: '--certificate',
      cure: 'Export it.',
      facts: {},
      exitCode: 2,
    });
    expect(describeFailure(wrong, {})).toMatchObject({ field: 'certificate', exitCode: 1 });
    const missing = new RiskdeskError('not-found', 'There is no rule "x".', { field: 'name' });
    expect(describeFailure(missing, { name: 'NAME' })).toMatchObject({ field: 'NAME', exitCode: 1 });
  });

  it('hide the text of what nobody expected', () => {
    const failure = describeFailure(new Error('secret=hunter2'), {});
    expect(failure).toMatchObject({ code: 'internal', exitCode: 1 });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });
});
