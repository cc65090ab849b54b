import { describe, expect, it } from 'vitest';
import { all, eventual, tenant } from './client.ts';

describe('users', () => {
  it('list the directory: neither deleted nor dropped', async () => {
    const { twin, ask } = await tenant();
    const present = Array.from({ length: 1_200 }, (_, i) => twin.control.userAt(i)).filter((user) => !user.isDeleted);
    const { rows, sizes } = await all(ask, '/users?$top=999&$select=id');
    expect(rows.map((row) => row.id)).toEqual(present.map((user) => user.id));
    expect(sizes).toHaveLength(2);
    expect((await ask('GET', '/users?$top=1000')).status).toBe(400);
  });

  it('filter and search as the directory does', async () => {
    const { twin, ask } = await tenant();
    const [a, b] = [twin.control.userAt(1).id, twin.control.userAt(2).id];
    expect((await ask('GET', `/users?$filter=id in ('${a}','${b}')&$select=id`)).body.value.map((u) => u.id)).toEqual([
      a,
      b,
    ]);
    const guests = await ask('GET', "/users?$filter=userType eq 'Guest'&$select=id,userPrincipalName,userType");
    expect(guests.body.value.length).toBeGreaterThan(2);
    expect(guests.body.value.every((u) => String(u.userPrincipalName).includes('#EXT#'))).toBe(true);
    const search = '/users?$search="displayName:zo"&$select=displayName';
    expect((await ask('GET', search)).status).toBe(400);
    const found = await ask('GET', search, { headers: eventual });
    expect(found.body.value.length).toBeGreaterThan(0);
    expect(found.body.value.every((u) => /(^|[ -])zo/i.test(String(u.displayName)))).toBe(true);
    expect((await ask('GET', "/users?$filter=endswith(mail,'.com')")).status).toBe(400);
    const advanced = "/users?$count=true&$filter=endswith(mail,'.com')&$top=1";
    expect((await ask('GET', advanced, { headers: eventual })).body['@odata.count']).toBeGreaterThan(10);
  });

  it('are read by id or UPN, and 404 names the id', async () => {
    const { twin, ask } = await tenant();
    const user = twin.control.userAt(100);
    expect((await ask('GET', `/users/${user.id}?$select=id,accountEnabled`)).body).toMatchObject({
      id: user.id,
      accountEnabled: true,
    });
    expect((await ask('GET', `/users/${encodeURIComponent(user.userPrincipalName ?? '')}`)).body.id).toBe(user.id);
    expect((await ask('GET', `/users/${user.id}?$select=secret`)).status).toBe(400);
    twin.control.deleteUser(user.id);
    const gone = await ask('GET', `/users/${user.id}`);
    expect([gone.status, gone.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
    expect(gone.body.error.message).toContain(user.id);
  });

  it('can be disabled, enabled, and made to change the password', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.userAt(3);
    const patch = async (body: unknown) => (await ask('PATCH', `/users/${id}`, { body })).status;
    expect(await patch({ accountEnabled: false })).toBe(204);
    expect(twin.control.user(id)?.accountEnabled).toBe(false);
    expect((await ask('GET', `/users/${id}?$select=accountEnabled`)).body.accountEnabled).toBe(false);
    expect(await patch({ accountEnabled: true })).toBe(204);
    expect(twin.control.user(id)?.accountEnabled).toBe(true);
    expect(await patch({ passwordProfile: { forceChangePasswordNextSignIn: true } })).toBe(204);
    expect(twin.control.user(id)?.forceChangePasswordNextSignIn).toBe(true);
    expect(await patch({ accountEnabled: 'no' })).toBe(400);
    expect(await patch({ passwordProfile: { password: 'x' } })).toBe(400);
  });

  it('lose their sessions, except guests', async () => {
    const { twin, ask } = await tenant();
    const members = Array.from({ length: 1_200 }, (_, i) => twin.control.userAt(i)).filter((user) => !user.isDeleted);
    const guest = members.find((user) => user.isGuest)?.id ?? '';
    const member = members.find((user) => !user.isGuest)?.id ?? '';
    for (const id of [guest, member]) {
      const { status, body } = await ask('POST', `/users/${id}/revokeSignInSessions`);
      expect([status, body.value]).toEqual([200, true]);
    }
    expect(twin.control.revoked(member)).toBe(twin.control.now());
    expect(twin.control.revoked(guest)).toBeNull();
    const path = `/users/${member}?$select=signInSessionsValidFromDateTime`;
    expect((await ask('GET', path)).body.signInSessionsValidFromDateTime).toBe('2026-11-20T12:00:00Z');
  });

  it('know their groups', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.userAt(4);
    const group = twin.control.addGroup({ displayName: 'Mine', members: [id] }).id;
    const other = twin.control.addGroup().id;
    const of = await ask('GET', `/users/${id}/memberOf/microsoft.graph.group?$select=id,displayName`);
    expect(of.body.value).toContainEqual({ id: group, displayName: 'Mine' });
    const check = await ask('POST', `/users/${id}/checkMemberGroups`, { body: { groupIds: [group, other] } });
    expect(check.body.value).toEqual([group]);
  });

  it('are really deleted by the request that nobody should make, and it is noted', async () => {
    const { twin, ask } = await tenant();
    const [a, b, c] = [twin.control.userAt(5).id, twin.control.userAt(6).id, twin.control.userAt(7).id];
    const group = twin.control.addGroup({ members: [a, b] }).id;
    expect((await ask('DELETE', `/groups/${group}/members/${a}`)).status).toBe(204);
    expect(twin.control.user(a)?.isDeleted).toBe(true);
    expect(twin.control.members(group)).toEqual(new Set([b]));
    await ask('DELETE', `/users/${b}`);
    await ask('DELETE', `/directoryObjects/${c}`);
    await ask('DELETE', `/groups/${group}`);
    expect(twin.control.violations).toHaveLength(4);
    expect(twin.control.group(group)).toBeNull();
  });

  it('the organisation has a name', async () => {
    const { ask } = await tenant();
    const { body } = await ask('GET', '/organization?$select=id,displayName');
    expect(Object.keys(body.value[0] ?? {})).toEqual(['id', 'displayName']);
  });
});
