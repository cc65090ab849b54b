/** `$batch` over real HTTP: any order, each answer judged on its own, 429 inside, losses, and cancellation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, addMembers, getGroup, removeMember } from '../../../electron/core/graph/calls/groups.ts';
import { followLink } from '../../../electron/core/graph/calls/links.ts';
import { listRiskyUsers } from '../../../electron/core/graph/calls/risk.ts';
import { setAccountEnabled } from '../../../electron/core/graph/calls/users.ts';
import { type GraphCall, GraphError } from '../../../electron/core/graph/types.ts';
import {
  json,
  reset,
  type ScriptedServer,
  type Seen,
  type Step,
  scriptedServer,
  status,
  testClient,
} from './server.ts';

const group = 'g-1';
const id = (n: number) => `user-${n}`;
let server: ScriptedServer;
beforeAll(async () => {
  server = await scriptedServer();
});
afterAll(() => server.close());

type Inner = { id: string; method: string; url: string; headers: Record<string, string>; body?: unknown };
type Answer = { status: number; headers?: Record<string, string | undefined> | undefined; body?: unknown } | null;
const requestsOf = (seen: Seen | undefined): Inner[] =>
  seen === undefined ? [] : (seen.body as { requests: Inner[] }).requests;

/** Answers a batch request by request, the last one first. */
const batchStep =
  (answer: (request: Inner) => Answer): Step =>
  (seen, response, socket) => {
    const responses = requestsOf(seen)
      .map((request) => ({ id: request.id, ...answer(request) }))
      .filter((one) => 'status' in one)
      .reverse();
    return json(200, { responses })(seen, response, socket);
  };
const bodyOf = (code: string, message: string, requestId?: string) => ({
  error: { code, message, ...(requestId === undefined ? {} : { innerError: { 'request-id': requestId } }) },
});

async function send(calls: readonly GraphCall[], signal?: AbortSignal) {
  const { client, clock, tokens } = testClient(server.url);
  const results = await client.batch(calls, { priority: 'person', signal });
  return { results, clock, tokens, counters: client.counters() };
}

describe('the request', () => {
  it('numbers calls, sends relative URLs, bodies and their Content-Type', async () => {
    server.script(batchStep(() => ({ status: 204 })));
    await send([addMembers(group, [id(1), id(2)]), removeMember(group, id(3))]);
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/v1.0/$batch' });
    const ref = (n: number) => `${server.url}/v1.0/directoryObjects/${id(n)}`;
    expect(requestsOf(server.seen[0])).toEqual([
      {
        id: '1',
        method: 'PATCH',
        url: '/groups/g-1',
        headers: { 'Content-Type': 'application/json' },
        body: { 'members@odata.bind': [ref(1), ref(2)] },
      },
      { id: '2', method: 'DELETE', url: '/groups/g-1/members/user-3/$ref', headers: {} },
    ]);
  });
  it('refuses more than 20, and links', async () => {
    const many = Array.from({ length: 21 }, (_, n) => getGroup(id(n)));
    await expect(send(many)).rejects.toMatchObject({ code: 'bad-input', field: 'calls' });
    await expect(send([followLink(`${server.url}/x`, listRiskyUsers())])).rejects.toMatchObject({ code: 'bad-input' });
  });
  it('sends nothing for nothing', async () => {
    server.script(status(500));
    expect((await send([])).results).toEqual([]);
    expect(server.seen).toHaveLength(0);
  });
});

describe('answers', () => {
  it('come back in the order of the calls, each with its request-id', async () => {
    server.script(
      batchStep(({ id: n }) =>
        n === '2'
          ? { status: 404, headers: { 'REQUEST-ID': 'r2' }, body: bodyOf('Request_ResourceNotFound', 'gone') }
          : n === '3'
            ? { status: 400, body: bodyOf('Request_BadRequest', 'exists', 'inner-3') }
            : { status: 200, headers: { 'Request-Id': `r${n}` }, body: { id: `group-${n}` } },
      ),
    );
    const { results } = await send([getGroup('a'), removeMember(group, id(2)), addMember(group, id(3)), getGroup('d')]);
    expect(results.map((one) => [one.status, one.requestId, one instanceof GraphError ? one.code : one.body])).toEqual([
      [200, 'r1', { id: 'group-1' }],
      [404, 'r2', 'not-found'],
      [400, 'inner-3', 'graph-refused'],
      [200, 'r4', { id: 'group-4' }],
    ]);
    expect(results[1]).toMatchObject({ purpose: 'remove members', effect: 'none' });
  });
  it('sends what was refused with 429 again, after the longest Retry-After, and nothing else', async () => {
    let round = 0;
    server.script((seen, response, socket) => {
      round += 1;
      return batchStep(({ url }) =>
        round === 1 && /g-(2|4)$/.test(url)
          ? { status: 429, headers: url.endsWith('2') ? { 'RETRY-AFTER': '4' } : { 'retry-after': '9' } }
          : { status: 204 },
      )(seen, response, socket);
    });
    const calls = [1, 2, 3, 4].map((n) => addMembers(`g-${n}`, [id(n)]));
    const { results, clock, counters } = await send(calls);
    expect(results.map((one) => one.status)).toEqual([204, 204, 204, 204]);
    expect(requestsOf(server.seen[1]).map((one) => one.url)).toEqual(['/groups/g-2', '/groups/g-4']);
    expect(clock.slept[0]).toBeGreaterThan(8900);
    expect(counters).toEqual({ requests: 2, throttled: 2, retries: 2 });
  });
  it('gives up on 429 inside as throttled, in the end', async () => {
    server.script(batchStep(() => ({ status: 429 })));
    const { results } = await send([addMember(group, id(1)), getGroup('a')]);
    expect(results.map((one) => one instanceof GraphError && [one.code, one.effect])).toEqual([
      ['throttled', 'none'],
      ['throttled', 'none'],
    ]);
  });
  it('repeats reads that failed inside, never writes', async () => {
    let round = 0;
    server.script((seen, response, socket) => {
      round += 1;
      return batchStep(() =>
        round === 1 ? { status: 503, body: bodyOf('ServiceUnavailable', 'later') } : { status: 200, body: {} },
      )(seen, response, socket);
    });
    const { results } = await send([getGroup('a'), setAccountEnabled(id(1), false)]);
    expect(results[0]).toMatchObject({ status: 200 });
    expect(results[1]).toMatchObject({ code: 'graph-failed', effect: 'unknown', status: 503 });
    expect(requestsOf(server.seen[1])).toHaveLength(1);
  });
  it('an answer that is missing is unknown for a write, asked again for a read', async () => {
    server.script(batchStep(({ method }) => (method === 'GET' ? null : null)));
    const { results } = await send([addMember(group, id(1)), getGroup('a')]);
    expect(results[0]).toMatchObject({ effect: 'unknown', code: 'graph-failed' });
    expect(results[1]).toMatchObject({ effect: 'none', code: 'graph-failed' });
    expect(server.seen).toHaveLength(6);
  });
  it('renews the token once for a 401 inside', async () => {
    let round = 0;
    server.script((seen, response, socket) => {
      round += 1;
      return batchStep(() =>
        round === 1 ? { status: 401, body: bodyOf('InvalidAuthenticationToken', 'expired') } : { status: 204 },
      )(seen, response, socket);
    });
    const { results, tokens } = await send([addMember(group, id(1))]);
    expect(results[0]).toMatchObject({ status: 204 });
    expect(tokens.forced).toBe(1);
  });
});

describe('the batch as a whole', () => {
  it('lost: unknown for writes, none for reads, and never repeated', async () => {
    server.script(reset);
    const { results } = await send([addMember(group, id(1)), getGroup('a'), removeMember(group, id(2))]);
    expect(results.map((one) => one instanceof GraphError && [one.code, one.effect, one.purpose])).toEqual([
      ['offline', 'unknown', 'add members'],
      ['offline', 'none', 'get group'],
      ['offline', 'unknown', 'remove members'],
    ]);
    expect(server.seen).toHaveLength(1);
  });
  it('of reads alone is repeated', async () => {
    server.script(
      reset,
      status(502),
      batchStep(() => ({ status: 200, body: {} })),
    );
    const { results } = await send([getGroup('a'), getGroup('b')]);
    expect(results.map((one) => one.status)).toEqual([200, 200]);
  });
  it('refused: none for all', async () => {
    server.script(json(403, bodyOf('Forbidden', 'no')));
    const { results } = await send([addMember(group, id(1)), getGroup('a')]);
    expect(results).toMatchObject([{ effect: 'none' }, { effect: 'none' }]);
  });
  it('429 for the whole: waited out', async () => {
    server.script(
      status(429, { 'Retry-After': '2' }),
      batchStep(() => ({ status: 204 })),
    );
    const { results } = await send([addMember(group, id(1))]);
    expect(results[0]).toMatchObject({ status: 204 });
  });
  it('cancelled: what was answered keeps its answer', async () => {
    const stop = new AbortController();
    let round = 0;
    server.script((seen, response, socket) => {
      round += 1;
      if (round === 2) {
        stop.abort(new Error('cancel'));
        return;
      }
      return batchStep(({ id: n }) => ({ status: n === '1' ? 204 : 429 }))(seen, response, socket);
    });
    const { results } = await send([addMember(group, id(1)), addMember(group, id(2))], stop.signal);
    expect(results[0]).toMatchObject({ status: 204 });
    expect(results[1]).toMatchObject({ code: 'cancelled', effect: 'unknown' });
    const before = await send([addMember(group, id(3))], AbortSignal.abort());
    expect(before.results[0]).toMatchObject({ code: 'cancelled', effect: 'none' });
  });
});
