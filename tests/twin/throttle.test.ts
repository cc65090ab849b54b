import { describe, expect, it } from 'vitest';
import { tenant } from './client.ts';

const risky = '/identityProtection/riskyUsers?$top=1';

describe('the throttle of Identity Protection', () => {
  it('lets one request a second through and says nothing about when to come back', async () => {
    const { twin, ask } = await tenant({ requestsPerSecond: 1 });
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) {
      statuses.push((await ask('GET', risky)).status);
      twin.control.advance(500);
    }
    expect(statuses).toEqual([200, 429, 200, 429, 200, 429, 200, 429, 200, 429]);
    const refused = await ask('GET', risky).then(async () => ask('GET', risky));
    expect([refused.status, refused.body.error.code]).toEqual([429, 'TooManyRequests']);
    expect(refused.headers.has('retry-after')).toBe(false);
    expect(twin.control.requests['429']).toBe(6);
    expect((await ask('GET', '/groups')).status).toBe(200);
  });

  it('takes a client that is a few milliseconds early, but not for long', async () => {
    const { twin, ask } = await tenant({ requestsPerSecond: 1 });
    let refused = 0;
    for (let i = 0; i < 100; i++) {
      if ((await ask('GET', risky)).status === 429) refused += 1;
      twin.control.advance(i % 2 === 0 ? 960 : 1_040);
    }
    expect(refused).toBe(0);
    for (let i = 0; i < 100; i++) {
      if ((await ask('GET', risky)).status === 429) refused += 1;
      twin.control.advance(960);
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('may be slower than one a second', async () => {
    const { twin, ask } = await tenant({ requestsPerSecond: 0.5 });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      statuses.push((await ask('GET', risky)).status);
      twin.control.advance(1_000);
    }
    expect(statuses).toEqual([200, 429, 200, 429, 200]);
  });

  it('counts actions too, saves no more than a second, and can be changed', async () => {
    const { twin, ask } = await tenant({ requestsPerSecond: 3 });
    twin.control.advance(60_000);
    const burst = await Promise.all(Array.from({ length: 5 }, async () => ask('GET', risky)));
    expect(burst.filter((answer) => answer.status === 200)).toHaveLength(3);
    const act = await ask('POST', '/identityProtection/riskyUsers/dismiss', { body: { userIds: [] } });
    expect(act.status).toBe(429);
    twin.control.setLimits({ requestsPerSecond: null });
    expect((await ask('GET', risky)).status).toBe(200);
  });
});

describe("the directory's throttle", () => {
  it('counts resource units, less with $select, and says when to come back', async () => {
    const { twin, ask } = await tenant({ directoryUnitsPer10s: 10 });
    const first = await ask('GET', '/groups');
    expect(first.headers.get('x-ms-resource-unit')).toBe('3');
    const cheaper = await ask('GET', '/groups?$select=id');
    expect(cheaper.headers.get('x-ms-resource-unit')).toBe('2');
    expect((await ask('GET', '/groups')).headers.get('x-ms-throttle-limit-percentage')).toBe('0.80');
    twin.control.advance(4_000);
    const refused = await ask('GET', '/groups');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '6']);
    expect(refused.headers.get('x-ms-throttle-scope')).not.toBeNull();
    twin.control.advance(6_000);
    expect((await ask('GET', '/groups')).status).toBe(200);
    expect((await ask('GET', risky)).status).toBe(200);
  });

  it('limits writes per 150 seconds apart from reads', async () => {
    const { twin, ask } = await tenant({ directoryWritesPer150s: 2 });
    const write = async () => ask('POST', `/users/${twin.control.userAt(1).id}/revokeSignInSessions`);
    expect([(await write()).status, (await write()).status]).toEqual([200, 200]);
    const refused = await write();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '150']);
    expect((await ask('GET', '/groups')).status).toBe(200);
    twin.control.advance(150_000);
    expect((await write()).status).toBe(200);
  });
});
