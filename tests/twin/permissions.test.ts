import { describe, expect, it } from 'vitest';
import { twinDefaults } from '../../electron/twin/options.ts';
import { tenant } from './client.ts';

const risky = '/identityProtection/riskyUsers';

async function statuses(roles: readonly string[]) {
  const { twin, ask } = await tenant({ users: 50, roles });
  const user = twin.control.userAt(3).id;
  const group = twin.control.addGroup().id;
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user}` };
  const created = { displayName: 'x', mailNickname: 'x-1', mailEnabled: false, securityEnabled: true };
  const asked = {
    risk: await ask('GET', risky),
    act: await ask('POST', `${risky}/dismiss`, { body: { userIds: [user] } }),
    detections: await ask('GET', `/identityProtection/riskDetections?$filter=userId eq '${user}'`),
    groups: await ask('GET', '/groups'),
    members: await ask('GET', `/groups/${group}/members`),
    add: await ask('POST', `/groups/${group}/members/$ref`, { body: reference }),
    create: await ask('POST', '/groups', { body: created }),
    user: await ask('GET', `/users/${user}`),
    disable: await ask('PATCH', `/users/${user}`, { body: { accountEnabled: false } }),
    password: await ask('PATCH', `/users/${user}`, {
      body: { passwordProfile: { forceChangePasswordNextSignIn: true } },
    }),
    revoke: await ask('POST', `/users/${user}/revokeSignInSessions`),
    organization: await ask('GET', '/organization'),
  };
  return Object.fromEntries(Object.entries(asked).map(([name, { status }]) => [name, status]));
}

const granted = {
  risk: 200,
  act: 204,
  detections: 200,
  groups: 200,
  members: 200,
  add: 204,
  create: 201,
  user: 200,
  disable: 204,
  password: 204,
  revoke: 200,
  organization: 200,
};
const denied = Object.fromEntries(Object.keys(granted).map((name) => [name, 403]));

describe('application permissions', () => {
  it.each([
    ['everything, by default', twinDefaults.roles, granted],
    ['nothing, without any', [], denied],
    ['reading risk', ['IdentityRiskyUser.Read.All'], { ...denied, risk: 200 }],
    ['risk actions and their reading', ['IdentityRiskyUser.ReadWrite.All'], { ...denied, risk: 200, act: 204 }],
    ['detections', ['IdentityRiskEvent.Read.All'], { ...denied, detections: 200 }],
    ['group reading', ['GroupMember.Read.All'], { ...denied, groups: 200, members: 200 }],
    ['member writing', ['GroupMember.ReadWrite.All'], { ...denied, groups: 200, members: 200, add: 204 }],
    ['group creation alone', ['Group.Create'], { ...denied, create: 201 }],
    ['all of groups', ['Group.ReadWrite.All'], { ...denied, groups: 200, members: 200, add: 204, create: 201 }],
    ['all of users', ['User.ReadWrite.All'], { ...denied, user: 200, disable: 204, password: 204, revoke: 200 }],
    ['the account switch alone', ['User.EnableDisableAccount.All'], { ...denied, disable: 204 }],
    ['the password alone', ['User-PasswordProfile.ReadWrite.All'], { ...denied, password: 204 }],
    ['sessions alone', ['User.RevokeSessions.All'], { ...denied, revoke: 200 }],
    [
      "the original's five",
      twinDefaults.originalRoles,
      { ...granted, detections: 403, disable: 403, password: 403, revoke: 403, organization: 403 },
    ],
  ])('grant %s', async (_, roles, expected) => {
    expect(await statuses(roles)).toEqual(expected);
  });

  it('are refused in the words of each service', async () => {
    const { ask } = await tenant({ roles: [] });
    expect((await ask('GET', risky)).body.error).toMatchObject({
      code: 'Forbidden',
      message: 'You cannot perform the requested operation, required scopes are missing in the token.',
    });
    expect((await ask('GET', '/groups')).body.error.code).toBe('Authorization_RequestDenied');
  });

  it('show in the next token after a change', async () => {
    const { twin, ask } = await tenant();
    twin.control.setRoles([]);
    expect((await ask('GET', risky)).status).toBe(200);
  });
});

describe('an unlicensed tenant', () => {
  it('refuses Identity Protection and nothing else', async () => {
    const { twin, ask } = await tenant({ licensed: false });
    const refused = await ask('GET', risky);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      'Your tenant is not licensed for this feature.',
    ]);
    expect((await ask('GET', '/groups')).status).toBe(200);
    twin.control.setLicensed(true);
    expect((await ask('GET', risky)).status).toBe(200);
  });
});

describe('every answer', () => {
  it('carries request-id, the echoed client-request-id, a date and JSON', async () => {
    const { ask } = await tenant();
    const { headers } = await ask('GET', risky, { headers: { 'client-request-id': 'mine-1' } });
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('client-request-id')).toBe('mine-1');
    expect(headers.get('date')).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    const refused = await ask('GET', '/nothing', { headers: { 'client-request-id': 'mine-2' } });
    expect(refused.status).toBe(404);
    expect(refused.body.error.innerError['client-request-id']).toBe('mine-2');
    expect(refused.body.error.innerError['request-id']).toBe(refused.headers.get('request-id'));
  });

  it('is 404 for an unknown path, 405 for a wrong method, 400 for an unknown option', async () => {
    const { ask } = await tenant();
    expect((await ask('GET', '/me')).status).toBe(404);
    expect((await ask('PUT', '/groups')).status).toBe(405);
    expect((await ask('GET', '/groups?$expand=members')).status).toBe(400);
    expect((await ask('GET', '/groups?$top=5&$top=6')).status).toBe(400);
    expect((await ask('GET', '/groups?$filter=%zz')).status).toBe(400);
  });
});
