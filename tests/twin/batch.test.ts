import { describe, expect, it } from 'vitest';
import { type Ask, tenant } from './client.ts';

type Reply = {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly id?: string; readonly error?: { readonly code: string; readonly message: string } };
};

const JSON_BODY = { 'Content-Type': 'application/json' };

async function send(ask: Ask, requests: readonly unknown[]) {
  const answer = await ask('POST', '/$batch', { body: { requests } });
  const replies = (answer.body as unknown as { responses?: readonly Reply[] }).responses ?? [];
  return { answer, replies, of: (id: string) => replies.find((reply) => reply.id === id) };
}
const get = (id: string, url: string) => ({ id, method: 'GET', url });

describe('$batch', () => {
  it('judges each request on its own and answers in another order', async () => {
    const { twin, ask } = await tenant();
    const group = twin.control.addGroup().id;
    const user = twin.control.userAt(1).id;
    const body = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user}` };
    const { replies, of } = await send(ask, [
      get('read', `/users/${user}?$select=id`),
      { id: 'add', method: 'POST', url: `/groups/${group}/members/$ref`, headers: JSON_BODY, body },
      { id: 'again', method: 'POST', url: `/groups/${group}/members/$ref`, headers: JSON_BODY, body },
      get('missing', '/groups/00000000-0000-4000-8000-000000000000'),
      get('relative', 'organization'),
    ]);
    expect(replies.map((reply) => reply.id)).not.toEqual(['read', 'add', 'again', 'missing', 'relative']);
    expect(of('read')).toMatchObject({ status: 200, body: { id: user } });
    expect(of('add')?.status).toBe(204);
    expect(of('add')).not.toHaveProperty('body');
    expect(of('again')).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } });
    expect(of('missing')?.status).toBe(404);
    expect(of('relative')?.status).toBe(200);
    expect(new Set(replies.map((reply) => reply.headers['request-id'])).size).toBe(5);
    expect(twin.control.requests).toMatchObject({ batch: 1, http: 2, 'members.add': 2 });
  });

  it('never answers two or more in the order they came', async () => {
    const { ask } = await tenant();
    for (let n = 2; n <= 20; n++) {
      const ids = Array.from({ length: n }, (_, i) => String(i));
      const { replies } = await send(
        ask,
        ids.map((id) => get(id, '/organization')),
      );
      expect(replies.map((reply) => reply.id)).not.toEqual(ids);
      expect(replies.map((reply) => reply.id).toSorted()).toEqual(ids.toSorted());
    }
  });

  it('refuses as a whole what is not a batch', async () => {
    const { twin, ask } = await tenant();
    const group = twin.control.addGroup().id;
    const many = (n: number) => Array.from({ length: n }, (_, i) => get(String(i), '/organization'));
    const status = async (requests: readonly unknown[]) => (await send(ask, requests)).answer.status;
    expect(await status(many(20))).toBe(200);
    expect(await status(many(21))).toBe(400);
    expect(await status([])).toBe(400);
    expect(await status([get('1', '/organization'), get('1', '/organization')])).toBe(400);
    expect(await status([{ method: 'GET', url: '/organization' }])).toBe(400);
    expect(await status([get('1', 'https://graph.microsoft.com/v1.0/organization')])).toBe(400);
    expect(await status([{ id: '1', method: 'FETCH', url: '/organization' }])).toBe(400);
    const bodied = { id: '1', method: 'PATCH', url: `/groups/${group}`, body: { 'members@odata.bind': [] } };
    expect((await send(ask, [bodied])).answer.body.error.message).toContain('does not contain Content-Type');
    const nested = { id: '1', method: 'POST', url: '/$batch', headers: JSON_BODY, body: { requests: many(1) } };
    expect((await send(ask, [nested])).of('1')?.status).toBe(400);
  });

  it('keeps to dependsOn', async () => {
    const { ask } = await tenant();
    const { of } = await send(ask, [get('a', '/nothing'), { ...get('b', '/organization'), dependsOn: ['a'] }]);
    expect([of('a')?.status, of('b')?.status]).toEqual([404, 424]);
    const { answer } = await send(ask, [{ ...get('b', '/organization'), dependsOn: ['a'] }]);
    expect(answer.status).toBe(400);
  });

  it('counts batched risk calls against the same throttle', async () => {
    const { ask } = await tenant({ requestsPerSecond: 2 });
    const { replies } = await send(
      ask,
      ['1', '2', '3', '4', '5'].map((id) => get(id, '/identityProtection/riskyUsers?$top=1')),
    );
    expect(replies.map((reply) => reply.status).toSorted()).toEqual([200, 200, 429, 429, 429]);
    const throttled = replies.find((reply) => reply.status === 429);
    expect(Object.keys(throttled?.headers ?? {}).map((name) => name.toLowerCase())).not.toContain('retry-after');
  });

  it('throttles directory calls one by one, with Retry-After', async () => {
    const { ask } = await tenant({ directoryUnitsPer10s: 3 });
    const { replies } = await send(
      ask,
      ['1', '2', '3', '4'].map((id) => get(id, '/organization')),
    );
    expect(replies.filter((reply) => reply.status === 429)).toHaveLength(1);
    expect(replies.find((reply) => reply.status === 429)?.headers['Retry-After']).toBe('10');
  });

  it('faults requests one by one: what is lost is a 504 that took effect', async () => {
    const { twin, ask } = await tenant();
    const users = [1, 2, 3].map((index) => twin.control.userAt(index).id);
    const group = twin.control.addGroup().id;
    const add = (user: string) => ({
      id: user,
      method: 'POST',
      url: `/groups/${group}/members/$ref`,
      headers: JSON_BODY,
      body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user}` },
    });
    const inGroup = (_: string, path: string) => path.startsWith(`/groups/${group}`);
    twin.control.inject({ kind: 'lost', match: inGroup, times: 1 });
    twin.control.inject({ kind: 'reset', match: inGroup, times: 1 });
    const { of } = await send(ask, users.map(add));
    expect(users.map((user) => of(user)?.status)).toEqual([504, 504, 204]);
    expect(users.map((user) => twin.control.members(group).has(user))).toEqual([true, false, true]);
  });

  it('can write header names in upper case', async () => {
    const { ask } = await tenant({ upperCaseHeaders: true });
    const { replies } = await send(ask, [get('1', '/organization')]);
    const names = Object.keys(replies[0]?.headers ?? {});
    expect(names.length).toBeGreaterThan(3);
    expect(names.every((name) => name === name.toUpperCase())).toBe(true);
  });
});
