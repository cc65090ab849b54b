import { describe, expect, it } from 'vitest';
import type { NewGroup } from '../../electron/twin/data/groupSeed.ts';
import type { Twin } from '../../electron/twin/twin.ts';
import { all, eventual, tenant } from './client.ts';

const present = (twin: Twin, n: number): readonly string[] =>
  Array.from({ length: twin.control.userCount() }, (_, i) => twin.control.userAt(i))
    .filter((user) => !user.isDeleted)
    .slice(0, n)
    .map((user) => user.id);
const url = (id: string): string => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;
const bind = (ids: readonly string[]) => ({ body: { 'members@odata.bind': ids.map(url) } });
const one = (id: string) => ({ body: { '@odata.id': url(id) } });
const ALREADY = "One or more added object references already exist for the following modified properties: 'members'.";
const NOBODY = '00000000-0000-4000-8000-000000000000';
const absent = (id: string): string =>
  `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;

describe('listing members', () => {
  it('pages users of a large group, once each, while it changes', async () => {
    const { twin, ask } = await tenant({ users: 3_000 });
    const ids = present(twin, 2_500);
    const { id } = twin.control.addGroup({ members: ids });
    const path = `/groups/${id}/members/microsoft.graph.user?$select=id&$top=999`;
    const whole = await all(ask, path);
    expect(whole.sizes).toEqual([999, 999, 502]);
    expect(new Set(whole.rows.map((row) => row.id))).toEqual(new Set(ids));
    const first = await ask('GET', path);
    for (const gone of ids.slice(0, 10)) twin.control.removeMember(id, gone);
    const rest = await all(ask, String(first.body['@odata.nextLink']));
    expect([...first.body.value, ...rest.rows]).toHaveLength(2_500);
    expect((await ask('GET', `/groups/${id}/members?$top=1000`)).status).toBe(400);
  });

  it('tells users from nested groups, and counts', async () => {
    const { twin, ask } = await tenant();
    const [a = '', b = ''] = present(twin, 2);
    const inner = twin.control.addGroup().id;
    const { id } = twin.control.addGroup({ members: [a, b], nested: [inner] });
    const everything = await all(ask, `/groups/${id}/members?$top=1&$select=id`);
    expect(everything.rows.map((row) => [row['@odata.type'], row.id])).toEqual([
      ['#microsoft.graph.user', a],
      ['#microsoft.graph.user', b],
      ['#microsoft.graph.group', inner],
    ]);
    expect((await all(ask, `/groups/${id}/members/microsoft.graph.user?$top=1`)).rows).toHaveLength(2);
    expect((await ask('GET', `/groups/${id}/members/$count`, { headers: eventual })).text).toBe('3');
    expect((await ask('GET', `/groups/${id}/members/$count`)).status).toBe(400);
    const counted = await ask('GET', `/groups/${id}/members/microsoft.graph.user?$count=true`, { headers: eventual });
    expect(counted.body['@odata.count']).toBe(2);
    expect((await ask('GET', `/groups/${id}/members?$count=true`)).status).toBe(400);
    twin.control.deleteUser(a);
    expect(twin.control.members(id)).toEqual(new Set([b]));
  });
});

describe('adding and removing', () => {
  it('one: 204, then 400 in the words of Graph; removing: 204, then 404 that names the user', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.addGroup();
    const [user = ''] = present(twin, 1);
    expect((await ask('POST', `/groups/${id}/members/$ref`, one(user))).status).toBe(204);
    const again = await ask('POST', `/groups/${id}/members/$ref`, one(user));
    expect([again.status, again.body.error.code, again.body.error.message]).toEqual([
      400,
      'Request_BadRequest',
      ALREADY,
    ]);
    expect((await ask('DELETE', `/groups/${id}/members/${user}/$ref`)).status).toBe(204);
    expect(twin.control.members(id).size).toBe(0);
    const gone = await ask('DELETE', `/groups/${id}/members/${user}/$ref`);
    expect([gone.status, gone.body.error.code, gone.body.error.message]).toEqual([
      404,
      'Request_ResourceNotFound',
      absent(user),
    ]);
    expect(twin.control.violations).toEqual([]);
  });

  it('up to 20 at once, all or nothing', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.addGroup();
    const ids = present(twin, 60);
    const patch = async (some: readonly string[]) => ask('PATCH', `/groups/${id}`, bind(some));
    expect((await patch(ids.slice(0, 20))).status).toBe(204);
    expect((await patch(ids.slice(20, 41))).status).toBe(400);
    expect((await patch([])).status).toBe(400);
    const mixed = await patch(ids.slice(19, 39));
    expect([mixed.status, mixed.body.error.message]).toEqual([400, ALREADY]);
    const twice = await patch([...ids.slice(30, 33), ids[31] ?? '']);
    expect([
      twice.status,
      twice.body.error.message.includes('can only be present once as an add/remove change'),
    ]).toEqual([400, true]);
    const missing = await patch([...ids.slice(30, 33), NOBODY]);
    expect([missing.status, missing.body.error.message]).toEqual([404, absent(NOBODY)]);
    expect(twin.control.members(id)).toEqual(new Set(ids.slice(0, 20)));
  });

  it('of users who are deleted or dropped is 404', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.addGroup();
    const [a = '', b = ''] = present(twin, 2);
    twin.control.deleteUser(a);
    twin.control.dropUser(b);
    for (const user of [a, b]) {
      const { status, body } = await ask('POST', `/groups/${id}/members/$ref`, one(user));
      expect([status, body.error.message]).toEqual([404, absent(user)]);
    }
  });

  it('to or from a group that is not there is 404 that names the group', async () => {
    const { twin, ask } = await tenant();
    const [user = ''] = present(twin, 1);
    for (const [method, path, more] of [
      ['POST', `/groups/${NOBODY}/members/$ref`, one(user)],
      ['PATCH', `/groups/${NOBODY}`, bind([user])],
      ['DELETE', `/groups/${NOBODY}/members/${user}/$ref`, {}],
    ] as const) {
      const { status, body } = await ask(method, path, more);
      expect([status, body.error.message]).toEqual([404, absent(NOBODY)]);
    }
  });

  it.each<[string, NewGroup, number, string]>([
    [
      'distribution',
      { mailEnabled: true, securityEnabled: false },
      400,
      'Cannot Update a mail-enabled security groups',
    ],
    [
      'mail-enabled security',
      { mailEnabled: true },
      400,
      'Cannot Update a mail-enabled security groups and or distribution list.',
    ],
    ['dynamic', { groupTypes: ['DynamicMembership'], membershipRule: 'x' }, 400, 'dynamic membership rule'],
    ['synced', { onPremisesSyncEnabled: true }, 400, 'on-premises mastered'],
    ['role-assignable', { isAssignableToRole: true }, 403, 'Insufficient privileges'],
    ['restricted', { isManagementRestricted: true }, 403, 'restricted management'],
  ])('are refused for a %s group', async (_, kind, status, message) => {
    const { twin, ask } = await tenant();
    const [a = '', b = ''] = present(twin, 2);
    const { id } = twin.control.addGroup({ ...kind, members: [a] });
    for (const refused of [
      await ask('POST', `/groups/${id}/members/$ref`, one(b)),
      await ask('PATCH', `/groups/${id}`, bind([b])),
      await ask('DELETE', `/groups/${id}/members/${a}/$ref`),
    ]) {
      expect([refused.status, refused.body.error.message.includes(message)]).toEqual([status, true]);
    }
    expect(twin.control.members(id)).toEqual(new Set([a]));
  });

  it('works for Microsoft 365 groups', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.addGroup({ groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false });
    expect((await ask('PATCH', `/groups/${id}`, bind(present(twin, 20)))).status).toBe(204);
    expect(twin.control.members(id).size).toBe(20);
  });

  it('refuses malformed bodies', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.addGroup();
    const post = async (body: unknown) => (await ask('POST', `/groups/${id}/members/$ref`, { body })).status;
    expect(await post({})).toBe(400);
    expect(await post({ '@odata.id': 'not-a-url' })).toBe(400);
    expect(await post({ '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/not-a-guid' })).toBe(400);
    expect(await post('x')).toBe(400);
    expect((await ask('PATCH', `/groups/${id}`, { body: { displayName: 'x' } })).status).toBe(400);
  });
});
