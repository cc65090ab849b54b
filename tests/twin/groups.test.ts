import { describe, expect, it } from 'vitest';
import { all, eventual, tenant } from './client.ts';

const enc = encodeURIComponent;
const names = (rows: readonly { readonly [name: string]: unknown }[]) => rows.map((row) => String(row.displayName));

describe('the groups of a sample tenant', () => {
  it('are of every kind, with twins and awkward names', async () => {
    const { twin } = await tenant();
    const groups = twin.control.groups();
    const some = (is: (group: (typeof groups)[number]) => boolean) => expect(groups.some(is)).toBe(true);
    const dynamic = 'DynamicMembership';
    some((g) => g.groupTypes.length === 0 && g.securityEnabled && !g.mailEnabled);
    some((g) => g.groupTypes.includes('Unified') && !g.groupTypes.includes(dynamic));
    some((g) => g.groupTypes.includes('Unified') && g.groupTypes.includes(dynamic));
    some((g) => !g.groupTypes.includes('Unified') && g.groupTypes.includes(dynamic));
    some((g) => g.mailEnabled && !g.securityEnabled && g.groupTypes.length === 0);
    some((g) => g.mailEnabled && g.securityEnabled && g.groupTypes.length === 0);
    some((g) => g.onPremisesSyncEnabled === true);
    some((g) => g.isAssignableToRole === true);
    some((g) => g.isManagementRestricted === true);
    expect(groups.filter((g) => g.displayName === 'Contractors').length).toBeGreaterThan(1);
    expect(groups.map((g) => g.displayName)).toEqual(
      expect.arrayContaining(['=SUM(A1:A9)', '🔥 Hot list', "People's group"]),
    );
    expect(new Set(groups.map((g) => g.id)).size).toBe(groups.length);
  });
});

describe('GET /groups', () => {
  it('pages through all of them, in any size up to 999', async () => {
    const { twin, ask } = await tenant();
    const total = twin.control.groups().length;
    const list = await all(ask, '/groups?$top=50&$select=id');
    expect(list.rows).toHaveLength(total);
    expect(list.sizes).toEqual([50, 50, total - 100]);
    expect((await ask('GET', '/groups?$top=1000')).status).toBe(400);
    expect((await ask('GET', '/groups?$top=999')).body.value).toHaveLength(total);
    const sorted = await all(ask, '/groups?$orderby=displayName&$top=40');
    expect(names(sorted.rows)).toEqual(
      names(sorted.rows).toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })),
    );
    expect(sorted.rows).toHaveLength(total);
    expect((await ask('GET', '/groups?$orderby=mail')).status).toBe(400);
  });

  it.each<[string, number]>([
    ["displayName eq 'contractors'", 3],
    ["displayName eq 'People''s group'", 1],
    ["startswith(displayName,'team 00')", 9],
    ["groupTypes/any(c:c eq 'Unified')", 4],
    ["securityEnabled eq true and mailEnabled eq false and startswith(displayName,'Dyn')", 1],
    ['mailEnabled eq true', 6],
    ['onPremisesSyncEnabled eq true', 1],
    ["groupTypes/any(c:c eq 'Unified') or (mailEnabled eq true and securityEnabled eq true)", 5],
  ])('filters %s', async (filter, count) => {
    const { ask } = await tenant();
    expect((await ask('GET', `/groups?$filter=${enc(filter)}`)).body.value).toHaveLength(count);
  });

  it('needs ConsistencyLevel and $count for advanced filters', async () => {
    const { twin, ask } = await tenant();
    const filter = `$filter=${enc("not groupTypes/any(s:s eq 'DynamicMembership')")}&$top=999`;
    const bare = await ask('GET', `/groups?${filter}`);
    expect([bare.status, bare.body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
    expect((await ask('GET', `/groups?${filter}`, { headers: eventual })).status).toBe(400);
    expect((await ask('GET', `/groups?${filter}&$count=true`)).status).toBe(400);
    const full = await ask('GET', `/groups?${filter}&$count=true`, { headers: eventual });
    expect(full.body.value).toHaveLength(twin.control.groups().length - 2);
    expect(full.body['@odata.count']).toBe(twin.control.groups().length - 2);
    expect((await ask('GET', '/groups?$count=true')).status).toBe(400);
    expect((await ask('GET', "/groups?$filter=displayName ne 'x'")).status).toBe(400);
    expect((await ask('GET', "/groups?$filter=startswith(displayName,'T')&$orderby=displayName")).status).toBe(400);
    expect((await ask('GET', '/groups/$count', { headers: eventual })).text).toBe(String(twin.control.groups().length));
    expect((await ask('GET', '/groups/$count')).status).toBe(400);
  });

  it('searches beginnings of words, with the header', async () => {
    const { ask } = await tenant();
    const search = async (text: string) => ask('GET', `/groups?$search=${enc(text)}`, { headers: eventual });
    expect((await ask('GET', `/groups?$search=${enc('"displayName:risk"')}`)).status).toBe(400);
    expect(names((await search('"displayName:risk"')).body.value)).toEqual(['High risk users', 'Risk watch list']);
    expect(names((await search('"displayName:users hi"')).body.value)).toEqual(['High risk users']);
    expect(names((await search('"displayName:isk"')).body.value)).toEqual([]);
    expect((await search('"displayName:risk" OR "displayName:contractors"')).body.value).toHaveLength(5);
    expect((await search('"displayName:risk" AND "description:conditional"')).body.value).toHaveLength(1);
    expect((await search('displayName:risk')).status).toBe(400);
    expect((await search('"password:risk"')).status).toBe(400);
    expect((await search('"displayName:risk" nonsense')).status).toBe(400);
  });
});

describe('GET /groups/{id}', () => {
  it('returns isManagementRestricted only when selected', async () => {
    const { twin, ask } = await tenant();
    const restricted = twin.control.groups().find((group) => group.isManagementRestricted)?.id ?? '';
    expect((await ask('GET', `/groups/${restricted}`)).body).not.toHaveProperty('isManagementRestricted');
    const preflight =
      'id,displayName,groupTypes,mailEnabled,securityEnabled,membershipRule,onPremisesSyncEnabled,isAssignableToRole,isManagementRestricted';
    const { body } = await ask('GET', `/groups/${restricted}?$select=${preflight}`);
    expect(body).toMatchObject({ isManagementRestricted: true, groupTypes: [], onPremisesSyncEnabled: null });
    expect((await ask('GET', `/groups/${restricted}?$select=nope`)).status).toBe(400);
    const id = '00000000-0000-4000-8000-000000000000';
    const missing = await ask('GET', `/groups/${id}`);
    expect([missing.status, missing.body.error.message]).toEqual([
      404,
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    ]);
  });

  it('follows a rename and a removal', async () => {
    const { twin, ask } = await tenant();
    const { id } = twin.control.addGroup({ displayName: 'Old' });
    twin.control.updateGroup(id, { displayName: 'New' });
    expect((await ask('GET', `/groups/${id}`)).body.displayName).toBe('New');
    twin.control.removeGroup(id);
    expect((await ask('GET', `/groups/${id}`)).status).toBe(404);
  });
});

describe('POST /groups', () => {
  const security = { displayName: 'New', mailNickname: 'new-1', mailEnabled: false, securityEnabled: true };
  const m365 = { ...security, groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };

  it('creates security and Microsoft 365 groups, with members at once', async () => {
    const { twin, ask } = await tenant();
    const user = twin.control.userAt(0).id;
    const bind = [`https://graph.microsoft.com/v1.0/users/${user}`];
    const made = await ask('POST', '/groups', { body: { ...security, 'members@odata.bind': bind } });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`http://twin/graph/v1.0/groups/${made.body.id}`);
    expect(twin.control.members(String(made.body.id))).toEqual(new Set([user]));
    const unified = await ask('POST', '/groups', { body: { ...m365, mailNickname: 'new-2' } });
    expect(unified.body).toMatchObject({ groupTypes: ['Unified'], mail: 'new-2@contoso.com', visibility: 'Public' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no display name', { displayName: '' }, "A value is required for property 'displayName'"],
    ['no nickname', { mailNickname: undefined }, "A value is required for property 'mailNickname'"],
    ['no mailEnabled', { mailEnabled: undefined }, "A value is required for property 'mailEnabled'"],
    ['a name of 257', { displayName: 'x'.repeat(257) }, "'displayName'"],
    ['a nickname of 65', { mailNickname: 'x'.repeat(65) }, "'mailNickname'"],
    ['a space in the nickname', { mailNickname: 'a b' }, "'mailNickname'"],
    ['a non-ASCII nickname', { mailNickname: 'é' }, "'mailNickname'"],
    ...[...'@()\\[]";:.<>,'].map((char): [string, Record<string, unknown>, string] => [
      `${char} in the nickname`,
      { mailNickname: `a${char}b` },
      "'mailNickname'",
    ]),
    ['a taken nickname', { mailNickname: 'HOT-LIST' }, 'already exists'],
    ['a distribution list', { mailEnabled: true, securityEnabled: false }, 'mail-enabled groups'],
    ['a mail-enabled security group', { mailEnabled: true }, 'mail-enabled groups'],
    ['neither kind', { securityEnabled: false }, 'mail-enabled groups'],
    ['Unified without mail', { groupTypes: ['Unified'] }, "'mailEnabled'"],
    ['an unknown type', { groupTypes: ['Other'] }, "'groupTypes'"],
    ['dynamic without a rule', { groupTypes: ['DynamicMembership'] }, "'membershipRule'"],
    ['an unknown property', { colour: 'red' }, "'colour'"],
  ])('refuses %s', async (_, changes, message) => {
    const { twin, ask } = await tenant();
    const before = twin.control.groups().length;
    const { status, body } = await ask('POST', '/groups', { body: { ...security, ...changes } });
    expect([status, body.error.code]).toEqual([400, 'Request_BadRequest']);
    expect(body.error.message).toContain(message);
    expect(twin.control.groups()).toHaveLength(before);
  });

  it('refuses a role-assignable group, and takes names and nicknames at the limit', async () => {
    const { ask } = await tenant();
    expect((await ask('POST', '/groups', { body: { ...security, isAssignableToRole: true } })).status).toBe(403);
    const limit = { ...security, displayName: '🔥'.repeat(128), mailNickname: 'x'.repeat(64) };
    expect((await ask('POST', '/groups', { body: limit })).status).toBe(201);
  });

  it('makes a group that answers 404 until it has replicated', async () => {
    const { twin, ask } = await tenant({ replicationMs: 30_000 });
    const { body } = await ask('POST', '/groups', { body: security });
    const path = `/groups/${body.id}`;
    const add = { body: { '@odata.id': `https://x/v1.0/directoryObjects/${twin.control.userAt(0).id}` } };
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('POST', `${path}/members/$ref`, add)).body.error.message).toContain(String(body.id));
    expect((await ask('GET', "/groups?$filter=displayName eq 'New'")).body.value).toEqual([]);
    twin.control.advance(30_000);
    expect((await ask('GET', path)).status).toBe(200);
    expect((await ask('POST', `${path}/members/$ref`, add)).status).toBe(204);
  });
});
