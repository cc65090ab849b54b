import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime, makeStamp } from '../../../electron/core/journal/stamp.ts';
import { csvCell } from '../../../shared/model/exportText.ts';

describe('localTime', () => {
  it.each([
    [60, '2026-11-23T17:42:01.120+01:00'],
    [0, '2026-11-23T16:42:01.120+00:00'],
    [-210, '2026-11-23T13:12:01.120-03:30'],
    [345, '2026-11-23T22:27:01.120+05:45'],
    [840, '2026-11-24T06:42:01.120+14:00'],
  ])('shows an offset of %i minutes', (offset, text) => {
    expect(localTime(Date.UTC(2026, 10, 23, 16, 42, 1, 120), offset)).toBe(text);
  });

  it('names the same instant for every offset that zones use', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -720, max: 840 }), (at, offset) => {
        expect(Date.parse(localTime(at, offset))).toBe(at);
      }),
    );
  });

  it('stamps with the instant and the account', () => {
    const stamp = makeStamp(1_700_000_000_123, 'analyst');
    expect(stamp).toMatchObject({ at: 1_700_000_000_123, who: 'analyst' });
    expect(Date.parse(stamp.local)).toBe(stamp.at);
  });
});

describe('csvCell', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\r=x', `"'\r=x"`],
    ['', ''],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('leaves nothing out and lets no cell start a formula', () => {
    expect(csvCell(null)).toBe('');
    expect(csvCell(-1)).toBe('-1');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const cell = csvCell(value);
        const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(inner === value || inner === `'${value}`).toBe(true);
        expect(/^[=+\-@\t\r]/.test(inner)).toBe(false);
      }),
    );
  });
});
