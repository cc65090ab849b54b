/** The permission matrix: the original's five permissions, read-only, and nothing. */
import { describe, expect, it } from 'vitest';
import { permissionMatrix } from '../../../electron/core/graph/permissions.ts';
import { longestRetryAfter, readRetryAfter } from '../../../electron/core/graph/retryAfter.ts';

const allowed = (roles: readonly string[]) =>
  permissionMatrix({ roles, delegated: false })
    .filter((one) => one.allowed)
    .map((one) => one.feature);

describe('permissions', () => {
  it("the original's set allows all that the original did", () => {
    const five = [
      'Group.Create',
      'Group.ReadWrite.All',
      'GroupMember.Read.All',
      'IdentityRiskyUser.ReadWrite.All',
      'User.Read.All',
    ];
    expect(allowed(five)).toEqual([
      'riskyUsers.read',
      'riskActions',
      'groups.read',
      'groups.members.write',
      'groups.create',
    ]);
    expect(
      permissionMatrix({ roles: five, delegated: false }).find((one) => one.feature === 'groups.members.write'),
    ).toEqual({
      feature: 'groups.members.write',
      allowed: true,
      permission: 'GroupMember.ReadWrite.All',
      by: 'Group.ReadWrite.All',
      directoryRoles: null,
    });
  });
  it('read-only needs one permission', () => {
    expect(allowed(['IdentityRiskyUser.Read.All'])).toEqual(['riskyUsers.read']);
  });
  it('names the least permission that is missing', () => {
    expect(
      permissionMatrix({ roles: [], delegated: false }).map((one) => [
        one.feature,
        one.allowed,
        one.permission,
        one.by,
      ]),
    ).toEqual([
      ['riskyUsers.read', false, 'IdentityRiskyUser.Read.All', null],
      ['riskDetections.read', false, 'IdentityRiskEvent.Read.All', null],
      ['riskActions', false, 'IdentityRiskyUser.ReadWrite.All', null],
      ['groups.read', false, 'GroupMember.Read.All', null],
      ['groups.members.write', false, 'GroupMember.ReadWrite.All', null],
      ['groups.create', false, 'Group.Create', null],
      ['users.revokeSessions', false, 'User.RevokeSessions.All', null],
      ['users.enableDisable', false, 'User.EnableDisableAccount.All', null],
      ['users.requirePasswordChange', false, 'User-PasswordProfile.ReadWrite.All', null],
      ['organization.read', false, 'Organization.Read.All', null],
    ]);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23);
  const date = (ms: number) => new Date(now + ms).toUTCString();
  it.each([
    [{ 'retry-after': '10' }, 10_000],
    [{ 'retry-after': ' 1.5 ' }, 1500],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '99999' }, longestRetryAfter],
    [{ 'retry-after': date(20_000) }, 20_000],
    [{ 'retry-after': date(20_000), date: date(15_000) }, 5000],
    [{ 'retry-after': date(-20_000) }, 0],
    [{ 'retry-after': '-3' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '' }, null],
    [{}, null],
  ])('%j', (headers, expected) => {
    expect(readRetryAfter(headers as Record<string, string>, now)).toBe(expected);
  });
});
