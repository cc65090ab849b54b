/**
 * What an analyst wants to be able to do, and the least application permissions for it (docs/permissions.md; a broader one
 * that contains a narrower one takes its place). Pure.
 */

export const abilities = [
  'read',
  'detections',
  'riskActions',
  'groups',
  'createGroup',
  'revoke',
  'disable',
  'password',
  'tenantName',
] as const;
export type Ability = (typeof abilities)[number];

const needs: Readonly<Record<Ability, string>> = {
  read: 'IdentityRiskyUser.Read.All',
  detections: 'IdentityRiskEvent.Read.All',
  riskActions: 'IdentityRiskyUser.ReadWrite.All',
  groups: 'GroupMember.ReadWrite.All',
  createGroup: 'Group.Create',
  revoke: 'User.RevokeSessions.All',
  disable: 'User.EnableDisableAccount.All',
  password: 'User-PasswordProfile.ReadWrite.All',
  tenantName: 'Organization.Read.All',
};

/** The narrower permission is left out where the broader one is asked for anyway. */
const contains: Readonly<Record<string, string>> = {
  'IdentityRiskyUser.ReadWrite.All': 'IdentityRiskyUser.Read.All',
};

export const alwaysOn: readonly Ability[] = ['read'];
export const suggested: readonly Ability[] = ['read', 'detections', 'tenantName'];

export function permissionsFor(wanted: readonly Ability[]): readonly string[] {
  const all = abilities.filter((one) => wanted.includes(one) || alwaysOn.includes(one)).map((one) => needs[one]);
  const covered = new Set(all.map((one) => contains[one]));
  return all.filter((one) => !covered.has(one));
}

/** Whether a row of the permission matrix was asked for: rows carry the least permission of their feature. */
export function isWanted(permission: string, wanted: readonly Ability[]): boolean {
  const withReads = wanted.includes('groups') ? ['GroupMember.Read.All'] : [];
  return [needs.read, ...wanted.map((one) => needs[one]), ...withReads].includes(permission);
}
