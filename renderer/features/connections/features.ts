/**
 * What an analyst wants to be able to do, and the least permissions for it, of an application and of a person
 * (docs/permissions.md; a broader one that contains a narrower one takes its place). Pure.
 */
import { type DelegatedPermission, delegatedPermissions } from '../../../shared/model/connection.ts';

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

/** Whose permissions: an application's, or the delegated ones of a person who signs in. */
export type Actor = 'application' | 'person';

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

/** Where a person needs another one than an application does. */
const personNeeds: Readonly<Partial<Record<Ability, DelegatedPermission>>> = {
  createGroup: 'Group.ReadWrite.All',
  tenantName: 'User.Read',
};

/** Rows of the permission matrix, by the least permission that they carry: an application's or a person's. */
const features = {
  'IdentityRiskyUser.Read.All': 'read',
  'IdentityRiskEvent.Read.All': 'detections',
  'IdentityRiskyUser.ReadWrite.All': 'riskActions',
  'GroupMember.Read.All': 'groupsRead',
  'GroupMember.ReadWrite.All': 'groups',
  'Group.Create': 'createGroup',
  'Group.ReadWrite.All': 'createGroup',
  'User.RevokeSessions.All': 'revoke',
  'User.EnableDisableAccount.All': 'disable',
  'User-PasswordProfile.ReadWrite.All': 'password',
  'Organization.Read.All': 'tenantName',
  'User.Read': 'tenantName',
} as const;

/** What the row of a permission is called in the window's words; null for a permission that this window does not know. */
export function featureOf(permission: string): (typeof features)[keyof typeof features] | null {
  return Object.hasOwn(features, permission) ? features[permission as keyof typeof features] : null;
}

/** The narrower permissions are left out where the broader one is asked for anyway. */
const contains: Readonly<Record<string, readonly string[]>> = {
  'IdentityRiskyUser.ReadWrite.All': ['IdentityRiskyUser.Read.All'],
  'Group.ReadWrite.All': ['GroupMember.ReadWrite.All', 'GroupMember.Read.All'],
};

export const alwaysOn: readonly Ability[] = ['read'];
export const suggested: readonly Ability[] = ['read', 'detections', 'tenantName'];

function needOf(ability: Ability, actor: Actor): string {
  return (actor === 'person' ? personNeeds[ability] : undefined) ?? needs[ability];
}

export function permissionsFor(wanted: readonly Ability[], actor: Actor): readonly string[] {
  const all = abilities
    .filter((one) => wanted.includes(one) || alwaysOn.includes(one))
    .map((one) => needOf(one, actor));
  const covered = new Set(all.flatMap((one) => contains[one] ?? []));
  return all.filter((one) => !covered.has(one));
}

/** The same for a person, as the contract takes them. */
export function delegatedFor(wanted: readonly Ability[]): readonly DelegatedPermission[] {
  const names = permissionsFor(wanted, 'person');
  return delegatedPermissions.filter((one) => names.includes(one));
}

/** What the permissions of a person were asked for. */
export function abilitiesOf(permissions: readonly DelegatedPermission[]): readonly Ability[] {
  const held = new Set<string>(permissions.flatMap((one) => [one, ...(contains[one] ?? [])]));
  return abilities.filter((one) => held.has(needOf(one, 'person')));
}

/** Whether a row of the permission matrix was asked for: rows carry the least permission of their feature. */
export function isWanted(permission: string, wanted: readonly Ability[]): boolean {
  const withReads = wanted.includes('groups') ? ['GroupMember.Read.All'] : [];
  const asked = wanted.flatMap((one) => [needOf(one, 'application'), needOf(one, 'person')]);
  return [needs.read, ...asked, ...withReads].includes(permission);
}
