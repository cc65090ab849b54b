import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, parseFaults } from '../../electron/twin/faults.ts';
import { type ServedTwin, serveTwin } from '../../electron/twin/serve.ts';
import type { TwinFetch } from '../../electron/twin/transport.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import { RiskdeskError } from '../../shared/model/errors.ts';
import { type Ask, asker, START, tokenOf } from './client.ts';

const risky = '/identityProtection/riskyUsers?$top=100';
const twin = createTwin({ users: 500, now: START, frozen: true });
let served: ServedTwin;
const asks: Record<string, Ask> = {};

beforeAll(async () => {
  served = await serveTwin(twin);
  const token = await tokenOf(twin);
  const overHttp: TwinFetch = (url, init) => fetch(url, init);
  asks['in process'] = asker(twin.fetch, token);
  asks['over HTTP'] = asker(overHttp, token, `${served.graphUrl}/v1.0`);
});
afterAll(() => served.close());

/** Sends one request under one fault. */
async function under(way: string, fault: Fault, method = 'GET', path = risky, body?: unknown) {
  twin.control.clearFaults();
  twin.control.inject({ times: 1, ...fault });
  const ask = asks[way];
  if (ask === undefined) throw new Error(way);
  return ask(method, path, body === undefined ? {} : { body });
}

describe.each(['in process', 'over HTTP'])('faults %s', (way) => {
  const adding = (index: number) => {
    const group = twin.control.addGroup().id;
    const user = twin.control.userAt(index).id;
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user}` };
    const path = `/groups/${group}/members/$ref`;
    const add = async (fault: Fault) => under(way, fault, 'POST', path, reference);
    return { add, took: () => twin.control.members(group).has(user) };
  };

  it('reset: no answer, no effect', async () => {
    const { add, took } = adding(1);
    await expect(add({ kind: 'reset' })).rejects.toThrow(TypeError);
    expect(took()).toBe(false);
    expect(twin.control.requestLog.at(-1)).toMatchObject({ status: 0, fault: 'reset', kind: 'members.add' });
  });

  it('lost: effect, no answer', async () => {
    const { add, took } = adding(2);
    await expect(add({ kind: 'lost' })).rejects.toThrow('fetch failed');
    expect(took()).toBe(true);
  });

  it('cut: the body ends in the middle', async () => {
    await expect(under(way, { kind: 'cut' })).rejects.toThrow('terminated');
    const { add, took } = adding(3);
    await expect(add({ kind: 'cut' })).rejects.toThrow('fetch failed');
    expect(took()).toBe(true);
  });

  it('truncated: a whole answer with half the JSON', async () => {
    const { status, body, text } = await under(way, { kind: 'truncated' });
    expect([status, body, text.startsWith('{"@odata.context"')]).toEqual([200, null, true]);
  });

  it('garbage and html502: no JSON', async () => {
    const garbage = await under(way, { kind: 'garbage' });
    expect([garbage.status, garbage.body]).toEqual([200, null]);
    const gateway = await under(way, { kind: 'html502' });
    expect([gateway.status, gateway.headers.get('content-type'), gateway.body]).toEqual([502, 'text/html', null]);
    expect(gateway.text).toContain('<h1>502 Bad Gateway</h1>');
  });

  it('http500, http503, http429: no effect; http504: effect', async () => {
    for (const kind of ['http500', 'http503', 'http429', 'http504'] as const) {
      const { add, took } = adding(4);
      const { status, headers } = await add({ kind });
      expect([status, took(), headers.has('retry-after')]).toEqual([Number(kind.slice(4)), kind === 'http504', false]);
    }
  });

  it('Retry-After in seconds and as a date', async () => {
    const seconds = await under(way, { kind: 'http503', retryAfter: 'seconds', retryAfterSeconds: 7 });
    expect(seconds.headers.get('retry-after')).toBe('7');
    const date = await under(way, { kind: 'http429', retryAfter: 'date', retryAfterSeconds: 60 });
    expect(date.headers.get('retry-after')).toBe('Fri, 20 Nov 2026 12:01:00 GMT');
  });

  it('repeat-link: the page links to itself', async () => {
    const page = await under(way, { kind: 'repeat-link' });
    const link = String(page.body['@odata.nextLink']);
    expect(link.replaceAll('%24', '$')).toMatch(/\/v1\.0\/identityProtection\/riskyUsers\?\$top=100$/);
    expect(page.body.value).toHaveLength(100);
  });

  it('expired-link: the next link answers 400, the first page does not', async () => {
    const first = await under(way, { kind: 'expired-link' });
    expect(first.status).toBe(200);
    const next = await asks[way]?.('GET', String(first.body['@odata.nextLink']));
    expect([next?.status, next?.body.error.code]).toEqual([400, 'Directory_ExpiredPageToken']);
  });

  it('slow: comes late, and can be given up', async () => {
    const begun = performance.now();
    expect((await under(way, { kind: 'slow', delayMs: 120 })).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(110);
    twin.control.inject({ kind: 'slow', delayMs: 5_000, times: 1 });
    const send: TwinFetch = way === 'in process' ? twin.fetch : (url, init) => fetch(url, init);
    const late = send(`${served.graphUrl}/v1.0${risky}`, { signal: AbortSignal.timeout(50) });
    await expect(late).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('when faults fire', () => {
  const fired = async (fault: Fault, n: number, seed = 1) => {
    const own = createTwin({ users: 3, seed, now: START, frozen: true });
    const ask = asker(own.fetch, await tokenOf(own));
    own.control.inject(fault);
    const statuses: boolean[] = [];
    for (let i = 0; i < n; i++) statuses.push((await ask('GET', risky)).status === 500);
    return statuses;
  };

  it('after, times and match are kept', async () => {
    expect(await fired({ kind: 'http500', after: 2, times: 1 }, 5)).toEqual([false, false, true, false, false]);
    expect(await fired({ kind: 'http500', match: (method) => method === 'POST' }, 2)).toEqual([false, false]);
    expect(
      await fired(
        { kind: 'http500', match: (_, path, query) => path.endsWith('riskyUsers') && query.includes('$top') },
        1,
      ),
    ).toEqual([true]);
  });

  it('probability follows from the seed', async () => {
    const first = await fired({ kind: 'http500', probability: 0.3 }, 200);
    expect(first.filter(Boolean).length).toBeGreaterThan(35);
    expect(first.filter(Boolean).length).toBeLessThan(85);
    expect(await fired({ kind: 'http500', probability: 0.3 }, 200)).toEqual(first);
    expect(await fired({ kind: 'http500', probability: 0.3 }, 200, 2)).not.toEqual(first);
  });
});

describe('parseFaults', () => {
  it('reads kinds and probabilities', () => {
    expect(parseFaults('reset:0.01, http503-seconds:0.02,http429-date:1')).toEqual([
      { kind: 'reset', probability: 0.01, retryAfter: 'none' },
      { kind: 'http503', probability: 0.02, retryAfter: 'seconds' },
      { kind: 'http429', probability: 1, retryAfter: 'date' },
    ]);
    expect(parseFaults('')).toEqual([]);
  });

  it.each([
    'nonsense:0.1',
    'reset',
    'reset:',
    'reset:x',
    'reset:2',
    'reset:-1',
    'reset:0.1:2',
    'reset-date:0.1',
    ',',
    'reset:0.1,',
  ])('refuses %s, naming the field and the cure', (text) => {
    const caught = (() => {
      try {
        return parseFaults(text);
      } catch (error) {
        return error;
      }
    })();
    expect(caught).toBeInstanceOf(RiskdeskError);
    expect(caught).toMatchObject({ code: 'bad-input', field: 'faults', cure: expect.stringMatching(/reset/) });
  });
});
