/** Raw rows, good and bad: what is kept, what is named, and how long it takes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstant, readRiskyUser } from '../../../electron/core/graph/rows.ts';

const good = {
  id: '6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0',
  userPrincipalName: 'Ann@contoso.com',
  userDisplayName: 'Ann 🦊',
  riskLevel: 'high',
  riskState: 'atRisk',
  riskDetail: 'none',
  riskLastUpdatedDateTime: '2026-11-23T16:18:00.1239999Z',
  isDeleted: false,
  isProcessing: true,
};
const read = (raw: unknown) => {
  const result = readRiskyUser(raw);
  return result.ok ? result : expect.fail(result.problem);
};

describe('a row', () => {
  it('in order', () => {
    expect(read(good)).toEqual({
      ok: true,
      problems: [],
      user: {
        objectId: good.id,
        userPrincipalName: 'Ann@contoso.com',
        displayName: 'Ann 🦊',
        riskLevel: 'high',
        riskState: 'atRisk',
        riskDetail: 'none',
        updatedAt: Date.UTC(2026, 10, 23, 16, 18, 0, 123),
        isDeleted: false,
        isProcessing: true,
      },
    });
  });
  it('with nothing but an id', () => {
    expect(read({ id: 'x' }).user).toEqual({
      objectId: 'x',
      userPrincipalName: null,
      displayName: null,
      riskLevel: 'none',
      riskState: 'none',
      riskDetail: 'none',
      updatedAt: null,
      isDeleted: false,
      isProcessing: false,
    });
  });
  it('with members that nobody knows yet, kept as they came', () => {
    expect(
      read({ ...good, riskLevel: 'severe', riskState: 'unknownFutureValue', riskDetail: 'quantum' }).user,
    ).toMatchObject({
      riskLevel: 'severe',
      riskState: 'unknownFutureValue',
      riskDetail: 'quantum',
    });
  });
  it('with every type wrong but the id: emptied and named', () => {
    const { user, problems } = read({
      ...good,
      userPrincipalName: 7,
      userDisplayName: {},
      riskLevel: [],
      riskState: true,
      riskDetail: 1,
      riskLastUpdatedDateTime: 5,
      isDeleted: 'no',
      isProcessing: 1,
    });
    expect(user).toMatchObject({ userPrincipalName: null, riskLevel: 'none', updatedAt: null, isDeleted: false });
    expect(problems).toHaveLength(8);
    expect(problems).toContain('userPrincipalName is not text');
  });
  it.each([
    [null, 'the row is not an object'],
    [[], 'the row is not an object'],
    ['x', 'the row is not an object'],
    [{ ...good, id: undefined }, 'id is missing'],
    [{ ...good, id: '' }, 'id is missing'],
    [{ ...good, id: 5 }, 'id is not text'],
    [{ ...good, id: 'a/b' }, 'id is not an object id'],
    [{ ...good, id: 'x'.repeat(65) }, 'id is not an object id'],
  ])('without a usable id: %j', (raw, problem) => {
    expect(readRiskyUser(raw)).toEqual({ ok: false, problem });
  });
  it('with broken Unicode', () => {
    expect(read({ ...good, userDisplayName: 'a\ud800b\0' }).user.displayName).toBe('a\ufffdb\0');
  });
  it('with a time that is none: named', () => {
    expect(read({ ...good, riskLastUpdatedDateTime: 'yesterday' })).toMatchObject({
      user: { updatedAt: null },
      problems: ['riskLastUpdatedDateTime is not a time'],
    });
  });
  it('never throws, and always hands back whole text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({ id: fc.uuid(), riskLevel: fc.anything(), userDisplayName: fc.string({ unit: 'binary' }) }),
        ),
        (raw) => {
          const result = readRiskyUser(raw);
          if (result.ok) expect(JSON.stringify(result.user)).toBe(JSON.stringify(result.user).toWellFormed());
        },
      ),
    );
  });
  it('takes 3 µs at most (best of several pages of 500)', () => {
    const page = Array.from({ length: 500 }, (_, n) => ({ ...good, id: `${n}-${good.id}` }));
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 200; round += 1) {
      const start = performance.now();
      for (const row of page) readRiskyUser(row);
      best = Math.min(best, ((performance.now() - start) * 1000) / page.length);
    }
    process.stdout.write(`rows: ${best.toFixed(2)} µs a row\n`);
    expect(best).toBeLessThan(3);
  });
});

describe('a time', () => {
  it.each([
    ['2026-11-23T16:18:00Z', Date.UTC(2026, 10, 23, 16, 18)],
    ['2026-11-23T16:18:00.9999999Z', Date.UTC(2026, 10, 23, 16, 18, 0, 999)],
    ['2026-11-23T16:18:00.1Z', Date.UTC(2026, 10, 23, 16, 18, 0, 100)],
    ['2026-11-23T18:18:00+02:00', Date.UTC(2026, 10, 23, 16, 18)],
    ['2026-11-23T16:18:00', Date.UTC(2026, 10, 23, 16, 18)],
    ['0001-01-01T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['2026-02-30T00:00:00Z', null],
    ['2026-11-23T16:18:00.1+12:00', Date.UTC(2026, 10, 23, 4, 18, 0, 100)],
    ['2024-02-29T23:59:59.001-01:30', Date.UTC(2024, 2, 1, 1, 29, 59, 1)],
    ['2026-11-23T24:00:00Z', null],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2026-11-23', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(readInstant(text)).toBe(expected);
  });
});
