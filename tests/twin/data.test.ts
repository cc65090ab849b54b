import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scramble, unscramble } from '../../electron/twin/data/hash.ts';
import { makeUserIds } from '../../electron/twin/data/ids.ts';
import { formatTicks, parseTicks, toMs, toTicks } from '../../electron/twin/data/ticks.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import { all, START, tenant } from './client.ts';

describe('ids', () => {
  it('lead back to their row, and nothing else does', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(2_000_000), (seed, index) => {
        const ids = makeUserIds(seed);
        const id = ids.of(index);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(ids.indexOf(id.toUpperCase())).toBe(index);
        const last = id.endsWith('0') ? '1' : '0';
        expect(ids.indexOf(id.slice(0, -1) + last)).toBeNull();
      }),
    );
    fc.assert(fc.property(fc.nat(0xffffffff), (n) => unscramble(scramble(n)) === n));
  });
});

describe('times', () => {
  it('keep seven decimals there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2037, 0) }), fc.nat(9_999), (ms, below) => {
        const text = formatTicks(toTicks(ms, below));
        expect(text).toMatch(/\.\d{7}Z$/);
        expect(parseTicks(text)).toBe(toTicks(ms, below));
        expect(toMs(toTicks(ms, below))).toBe(ms);
      }),
    );
    expect(parseTicks('2026-11-20T12:00:00+02:00')).toBe(parseTicks('2026-11-20T10:00:00.0000000Z'));
    expect(parseTicks('2026-11-20')).toBeNull();
  });
});

describe('the tenant', () => {
  it('is the same for the same seed, and another for another', async () => {
    const path = '/identityProtection/riskyUsers?$top=500';
    const [a, b, c] = await Promise.all([tenant({ seed: 7 }), tenant({ seed: 7 }), tenant({ seed: 8 })]);
    const [first, second, other] = await Promise.all([a, b, c].map(({ ask }) => ask('GET', path)));
    expect(first?.text).toBe(second?.text);
    expect(first?.headers.get('request-id')).toBe(second?.headers.get('request-id'));
    expect(other?.text).not.toBe(first?.text);
  });

  it('has the shares of levels that were asked for, and dates of the last 400 days', () => {
    const { control } = createTwin({ users: 20_000, now: START, frozen: true });
    const users = Array.from({ length: 20_000 }, (_, index) => control.userAt(index));
    const share = (level: string) => users.filter((user) => user.riskLevel === level).length / users.length;
    expect(share('high')).toBeCloseTo(0.15, 1);
    expect(share('medium')).toBeCloseTo(0.25, 1);
    expect(share('low')).toBeCloseTo(0.3, 1);
    const deleted = users.filter((user) => user.isDeleted).length / users.length;
    expect(deleted).toBeGreaterThan(0.005);
    expect(deleted).toBeLessThan(0.015);
    const ages = users.map((user) => (START - Date.parse(user.riskLastUpdatedDateTime)) / 86_400_000);
    expect(Math.min(...ages)).toBeGreaterThan(0);
    expect(Math.max(...ages)).toBeLessThan(401);
    expect(ages.filter((age) => age < 90).length).toBeGreaterThan(users.length / 3);
  });

  it('holds the awkward people of real directories in every thousand', () => {
    const { control } = createTwin({ users: 1_000, now: START, frozen: true });
    const users = Array.from({ length: 1_000 }, (_, index) => control.userAt(index));
    expect(users.some((user) => user.displayName === null && user.userPrincipalName === null)).toBe(true);
    expect(users.some((user) => user.displayName === null && user.userPrincipalName !== null)).toBe(true);
    expect(users.some((user) => user.userPrincipalName?.includes('#EXT#') && user.isGuest)).toBe(true);
    const upns = users.flatMap((user) => user.userPrincipalName ?? []);
    expect(new Set(upns).size).toBeLessThan(upns.length);
    expect(new Set(upns.map((upn) => upn.toLowerCase())).size).toBeLessThan(new Set(upns).size);
    const many = createTwin({ users: 20_000, now: START, frozen: true }).control;
    const names = Array.from({ length: 20_000 }, (_, index) => many.userAt(index).displayName ?? '');
    expect(names.some((name) => /^[=+@-]/.test(name))).toBe(true);
    expect(names.some((name) => /\p{Extended_Pictographic}/u.test(name))).toBe(true);
    expect(names.some((name) => name.includes('"'))).toBe(true);
  });

  it('writes rows that say what the control says, the awkward ones too', async () => {
    const { twin, ask } = await tenant({ users: 3_000 });
    const { rows } = await all(ask, '/identityProtection/riskyUsers?$top=500', {
      Prefer: 'include-unknown-enum-members',
    });
    expect(rows).toHaveLength(3_000);
    for (const [index, row] of rows.entries()) {
      const user = twin.control.userAt(index);
      expect(row).toEqual({
        id: user.id,
        isDeleted: user.isDeleted,
        isProcessing: user.isProcessing,
        riskDetail: user.riskDetail,
        riskLastUpdatedDateTime: user.riskLastUpdatedDateTime,
        riskLevel: user.riskLevel,
        riskState: user.riskState,
        userDisplayName: user.displayName,
        userPrincipalName: user.userPrincipalName,
      });
    }
  });

  it('of 200,000 users is there in about a second and lists them all once', async () => {
    const begun = performance.now();
    const { ask } = await tenant({ users: 200_000 });
    expect(performance.now() - begun).toBeLessThan(3_000);
    const { rows, sizes } = await all(ask, '/identityProtection/riskyUsers?$top=500&$select=id');
    expect(sizes).toHaveLength(400);
    expect(new Set(rows.map((row) => row.id)).size).toBe(200_000);
  });
});
