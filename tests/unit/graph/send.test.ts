/** One call over real HTTP: every row of Graph's error table that the client decides, and what may be repeated. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addMember,
  addMembers,
  getGroup,
  listGroups,
  removeMember,
} from '../../../electron/core/graph/calls/groups.ts';
import { followLink } from '../../../electron/core/graph/calls/links.ts';
import { listRiskyUsers, riskAction } from '../../../electron/core/graph/calls/risk.ts';
import { setAccountEnabled } from '../../../electron/core/graph/calls/users.ts';
import type { GraphCall, GraphError, SendOptions } from '../../../electron/core/graph/types.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import {
  cut,
  graphError,
  json,
  reset,
  type ScriptedServer,
  scriptedServer,
  status,
  testClient,
  text,
} from './server.ts';

const person: SendOptions = { priority: 'person' };
const user = '6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0';
const group = '02bd9fd6-8f93-4758-87c3-1fb73740a315';
let server: ScriptedServer;
beforeAll(async () => {
  server = await scriptedServer();
});
afterAll(() => server.close());

/** The error of a call that must fail. */
async function failure(
  call: GraphCall,
  parts: Parameters<typeof testClient>[1] = {},
  url = server.url,
): Promise<GraphError> {
  return await testClient(url, parts)
    .client.send(call, person)
    .then(
      () => expect.fail('the call was answered'),
      (error: GraphError) => error,
    );
}

describe('what goes on the wire', () => {
  it('sends every header, the select and the filter', async () => {
    server.script(json(200, { value: [] }));
    const { client } = testClient(`${server.url}/v1.0/`);
    const answer = await client.send(listRiskyUsers({ since: '2026-11-23T10:00:00Z' }), { priority: 'background' });
    expect(answer.requestId).toBe('req-200');
    expect(answer.clientRequestId).toBe('id-1');
    const [seen] = server.seen;
    expect(decodeURIComponent(seen?.url ?? '')).toBe(
      '/v1.0/identityProtection/riskyUsers?$top=500&$select=id,userPrincipalName,userDisplayName,riskLevel,riskState,riskDetail,riskLastUpdatedDateTime,isDeleted,isProcessing&$filter=riskLastUpdatedDateTime ge 2026-11-23T10:00:00Z',
    );
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer token-0',
      'user-agent': 'riskdesk/9.9.9',
      'client-request-id': 'id-1',
      'x-ms-throttle-priority': 'Low',
      prefer: 'include-unknown-enum-members',
      accept: 'application/json',
    });
    expect(seen?.headers['content-type']).toBeUndefined();
  });
  it("names objects below the server's own root, with a path prefix", async () => {
    server.script(status(204));
    const { client } = testClient(`${server.url}/tenant-a/graph/v1.0`);
    const answer = await client.send(addMembers(group, [user, group]), person);
    expect(answer).toMatchObject({ status: 204, body: null });
    expect(server.seen[0]).toMatchObject({
      method: 'PATCH',
      url: `/tenant-a/graph/v1.0/groups/${group}`,
      body: {
        'members@odata.bind': [
          `${server.url}/tenant-a/graph/v1.0/directoryObjects/${user}`,
          `${server.url}/tenant-a/graph/v1.0/directoryObjects/${group}`,
        ],
      },
    });
    expect(server.seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-ms-throttle-priority': 'High',
    });
  });
});

describe('refusals', () => {
  const rows: readonly [string, GraphCall, number, string, string, Partial<GraphError>][] = [
    [
      'already a member',
      addMember(group, user),
      400,
      'Request_BadRequest',
      "One or more added object references already exist for the following modified properties: 'members'.",
      { code: 'graph-refused' },
    ],
    [
      'twice in one body',
      addMembers(group, [user]),
      400,
      'Request_BadRequest',
      'can only be present once as an add/remove change',
      { code: 'graph-refused' },
    ],
    [
      'not a member',
      removeMember(group, user),
      404,
      'Request_ResourceNotFound',
      `Resource '${user}' does not exist or one of its queried reference-property objects are not present.`,
      { code: 'not-found' },
    ],
    [
      'distribution group',
      addMember(group, user),
      400,
      'Request_BadRequest',
      'Cannot Update a mail-enabled security groups and or distribution list.',
      { code: 'graph-refused' },
    ],
    [
      'no licence',
      listRiskyUsers(),
      403,
      'Forbidden',
      'Your tenant is not licensed for this feature.',
      { code: 'licence-missing' },
    ],
    [
      'no permission',
      addMember(group, user),
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
      { code: 'permission-missing', permission: 'GroupMember.ReadWrite.All' },
    ],
    ['expired link', listRiskyUsers(), 400, 'BadRequest', 'The skip token has expired.', { code: 'graph-refused' }],
  ];
  it.each(rows)('%s', async (_name, call, code, name, message, expected) => {
    server.script(graphError(code, name, message));
    const error = await failure(call);
    expect(error).toMatchObject({
      effect: 'none',
      status: code,
      graphCode: name,
      graphMessage: message,
      requestId: `req-${code}`,
      ...expected,
    });
    expect(server.seen).toHaveLength(1);
  });
  it('names the permission and where to grant it', async () => {
    server.script(graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'));
    const error = await failure(addMember(group, user), { roles: ['GroupMember.Read.All'] });
    expect(error.message).toBe(
      "The token lacks GroupMember.ReadWrite.All, which 'add members' needs. Grant it in Entra admin center > App registrations > API permissions and give admin consent.",
    );
  });
  it('does not blame a permission that the token has', async () => {
    server.script(graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'));
    const error = await failure(addMember(group, user), { roles: ['Group.ReadWrite.All'] });
    expect(error.code).toBe('graph-refused');
    expect(error.message).toContain('role-assignable');
  });
  it('takes the request-id from innerError where no header brings it', async () => {
    server.script((seen, response, socket) => graphError(404, 'x', 'y', { 'request-id': '' })(seen, response, socket));
    const error = await failure(getGroup(group));
    expect([error.requestId, error.code]).toEqual(['inner-1', 'not-found']);
  });
  it('renews a token once on 401, then says that sign-in failed', async () => {
    server.script(graphError(401, 'InvalidAuthenticationToken', 'Access token has expired.'), json(200, { value: [] }));
    const good = testClient(server.url);
    await good.client.send(listGroups(), person);
    expect(good.tokens.forced).toBe(1);
    expect(server.seen.map((one) => one.headers.authorization)).toEqual(['Bearer token-0', 'Bearer token-1']);
    server.script(graphError(401, 'InvalidAuthenticationToken', 'Access token validation failure.'));
    const error = await failure(setAccountEnabled(user, false));
    expect(error).toMatchObject({ code: 'auth-failed', effect: 'none', status: 401 });
    expect(server.seen).toHaveLength(2);
  });
  it('a failed sign-in is a GraphError with its cause', async () => {
    const cause = new RiskdeskError('auth-failed', 'The client secret is wrong.', {
      field: 'secret',
      cure: 'Give its value.',
    });
    const error = await failure(listGroups(), { tokens: { get: () => Promise.reject(cause) } });
    expect(error).toMatchObject({
      code: 'auth-failed',
      effect: 'none',
      cause,
      message: 'The client secret is wrong. Give its value.',
    });
  });
  it.each([
    ['a redirect', text(302, ''), 'graph-failed'],
    ["a proxy's page with 403", text(403, '<html>blocked</html>'), 'graph-failed'],
    ['404 of another server', text(404, 'nothing here', 'text/plain'), 'graph-failed'],
  ])('%s is not mistaken for Graph', async (_name, step, code) => {
    server.script(step);
    expect((await failure(listGroups())).code).toBe(code);
    expect(server.seen).toHaveLength(1);
  });
});

describe('losses', () => {
  const faults = [
    ['500', graphError(500, 'InternalServerError', 'oops')],
    ['502 with HTML', text(502, '<html>Bad gateway</html>')],
    ['503', status(503)],
    ['reset', reset],
    ['cut', cut],
    ['not JSON', text(200, 'hello', 'text/plain')],
  ] as const;
  it.each(faults)('a GET survives %s', async (_name, fault) => {
    server.script(fault, fault, json(200, { value: [1] }));
    const { client } = testClient(server.url);
    expect((await client.send(listGroups(), person)).body).toEqual({ value: [1] });
    expect(client.counters()).toEqual({ requests: 3, throttled: 0, retries: 2 });
  });
  it.each(faults)('a GET gives up on %s after five more tries and less than a minute', async (_name, fault) => {
    server.script(fault);
    const { client, clock } = testClient(server.url);
    await expect(client.send(listGroups(), person)).rejects.toMatchObject({
      code: expect.stringMatching(/graph-failed|offline/),
      effect: 'none',
    });
    expect(server.seen).toHaveLength(6);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
  });
  it.each(faults)('a write is never repeated after %s: its effect is unknown', async (_name, fault) => {
    server.script(fault);
    const error = await failure(riskAction('dismiss', [user]));
    expect(error.effect).toBe('unknown');
    expect(server.seen).toHaveLength(1);
  });
  it('a timeout is a loss', async () => {
    server.script(() => {});
    const error = await failure(addMember(group, user), { timeoutMs: 60 });
    expect(error).toMatchObject({ code: 'offline', effect: 'unknown' });
    expect(error.message).toContain('no answer came in time');
  });
  it('a refused connection never left: tried again, without effect', async () => {
    const gone = await scriptedServer();
    await gone.close();
    const { client, clock } = testClient(gone.url);
    const error = await client.send(addMember(group, user), person).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'offline', effect: 'none', status: null });
    expect(String(error)).toMatch(/127\.0\.0\.1:\d+: the connection was refused \(ECONNREFUSED\)/);
    expect(clock.slept).toHaveLength(2);
  });
  it('an unknown name is offline', async () => {
    const error = await failure(listGroups(), {}, 'https://graph.does-not-exist.invalid');
    expect(error).toMatchObject({ code: 'offline', effect: 'none' });
  });
  it('obeys the Retry-After of a 503', async () => {
    server.script(status(503, { 'Retry-After': '7' }), json(200, { value: [] }));
    const { client, clock } = testClient(server.url);
    await client.send(listGroups(), person);
    expect(clock.slept).toEqual([7000]);
  });
  it('stops with the reason of the signal, on the wire and while waiting', async () => {
    server.script(() => {});
    const stop = new AbortController();
    const { client } = testClient(server.url);
    const sent = client.send(listGroups(), { priority: 'person', signal: stop.signal });
    setTimeout(() => stop.abort(new Error('closed the window')), 20);
    await expect(sent).rejects.toThrow('closed the window');
    await expect(client.send(listGroups(), { priority: 'person', signal: stop.signal })).rejects.toThrow('closed');
  });
});

describe('429', () => {
  const date = (ms: number) => new Date(ms).toUTCString();
  it.each([
    ['seconds', { 'Retry-After': '3' }, 3000],
    ['upper-case name', { 'RETRY-AFTER': '3' }, 3000],
    [
      'a date by the server clock, hours off ours',
      { 'Retry-After': date(1_000_000_000_000 + 4000), Date: date(1_000_000_000_000) },
      4000,
    ],
    ['a day: capped at five minutes', { 'Retry-After': '86400' }, 300_000],
  ])('waits as told by %s', async (_name, headers, wait) => {
    server.script(status(429, headers), status(204));
    const { client, clock } = testClient(server.url);
    await client.send(addMember(group, user), person);
    expect(clock.slept[0]).toBeGreaterThan(wait - 50);
    expect(clock.slept[0]).toBeLessThan(wait + 50);
    expect(client.counters()).toEqual({ requests: 2, throttled: 1, retries: 1 });
  });
  it.each(['', 'soon', '-5'])("waits all the same when Retry-After is '%s'", async (value) => {
    server.script(status(429, value === '' ? {} : { 'Retry-After': value }), status(204));
    const { client, clock } = testClient(server.url);
    await client.send(addMember(group, user), person);
    expect(clock.slept[0]).toBeGreaterThan(500);
  });
  it('falls to a request a second where Identity Protection says nothing, and shows it', async () => {
    server.script(json(200, { value: [] }), status(429), json(200, { value: [] }));
    const { client, clock } = testClient(server.url);
    await client.send(listRiskyUsers(), person);
    await client.send(listRiskyUsers(), person);
    expect(clock.slept[0]).toBeGreaterThan(900);
    expect(clock.slept[0]).toBeLessThan(1100);
    expect(client.pace()[0]).toMatchObject({ workload: 'identity-protection', mode: 'paced', requestsPerSecond: 1 });
  });
  it('gives up after 15 minutes, as throttled', async () => {
    server.script(status(429));
    const error = await failure(listRiskyUsers());
    expect(error).toMatchObject({ code: 'throttled', effect: 'none', status: 429 });
  });
});

describe('links', () => {
  it.each(['https://evil.example/v1.0/riskyUsers?$skiptoken=1', 'http://127.0.0.1:1/x', '//evil.example/x'])(
    'never follows %s',
    async (link) => {
      server.script(json(200, { value: [] }));
      const error = await failure(followLink(link.replace(/^\/\//, 'http://'), listRiskyUsers()));
      expect(error).toMatchObject({ code: 'graph-failed', effect: 'none' });
      expect(server.seen).toHaveLength(0);
    },
  );
  it('takes localhost and 127.0.0.1 at one port for one origin', async () => {
    server.script(json(200, { value: [] }));
    const { client } = testClient(server.url);
    await client.send(
      followLink(`http://localhost:${server.port}/elsewhere?$skiptoken=a%20b`, listRiskyUsers()),
      person,
    );
    expect(server.seen[0]?.url).toBe('/elsewhere?$skiptoken=a%20b');
    expect(server.seen[0]?.headers.prefer).toBe('include-unknown-enum-members');
  });
});
