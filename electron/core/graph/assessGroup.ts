/**
 * Reads one raw group and decides whether its members can be written, before anything is sent. Pure. Microsoft's rules:
 * Graph changes members of security groups and Microsoft 365 groups only, and not of dynamic, synchronised,
 * role-assignable or restricted-management ones (Microsoft Graph: group resource, group-post-members).
 */
import { z } from 'zod';
import type { PickableGroup } from '../../../shared/contract/actions.ts';
import type { GroupKind } from '../../../shared/model/action.ts';
import { safeId } from './calls/call.ts';

export type AssessedGroup = PickableGroup & {
  /** What "create new group" would have made: null for groups of every other sort. */
  readonly kind: GroupKind | null;
  readonly mailNickname: string | null;
};

const flag = z.boolean().nullish().catch(null);
const text = z.string().nullish().catch(null);
const raw = z.looseObject({
  id: z.string().regex(safeId),
  displayName: text,
  mailNickname: text,
  groupTypes: z.array(z.string()).nullish().catch(null),
  mailEnabled: flag,
  securityEnabled: flag,
  membershipRule: text,
  onPremisesSyncEnabled: flag,
  isAssignableToRole: flag,
  isManagementRestricted: flag,
});
type Raw = z.infer<typeof raw>;

/** Null for something that is not a group at all. A property that Graph left out counts as not set. */
export function assessGroup(value: unknown): AssessedGroup | null {
  const parsed = raw.safeParse(value);
  if (!parsed.success) return null;
  const group = parsed.data;
  const unified = (group.groupTypes ?? []).some((type) => type.toLowerCase() === 'unified');
  const type = typeOf(group, unified);
  const obstacle = obstacleOf(group, unified);
  return {
    id: group.id,
    displayName: group.displayName ?? null,
    type,
    writable: obstacle === null,
    badge: obstacle?.badge ?? null,
    reason: obstacle?.reason ?? null,
    kind: type === 'Microsoft 365' ? 'm365' : type === 'Security' ? 'security' : null,
    mailNickname: group.mailNickname ?? null,
  };
}

function typeOf(group: Raw, unified: boolean): string {
  if (unified) return 'Microsoft 365';
  if (group.mailEnabled === true) return group.securityEnabled === true ? 'Mail-enabled security' : 'Distribution';
  return group.securityEnabled === true ? 'Security' : 'Unknown';
}

function obstacleOf(group: Raw, unified: boolean): { readonly badge: string; readonly reason: string } | null {
  const dynamic = (group.groupTypes ?? []).some((type) => type.toLowerCase() === 'dynamicmembership');
  if (dynamic || (group.membershipRule ?? '') !== '') {
    return {
      badge: 'Dynamic',
      reason: 'A rule decides who is a member of a dynamic group; nobody can be added or removed by hand.',
    };
  }
  if (!unified && group.mailEnabled === true) {
    const security = group.securityEnabled === true;
    return {
      badge: security ? 'Mail-enabled security' : 'Distribution',
      reason: `Microsoft Graph cannot change the members of a ${security ? 'mail-enabled security group' : 'distribution group'}; use Exchange, or choose another group.`,
    };
  }
  if (group.onPremisesSyncEnabled === true) {
    return {
      badge: 'Synced',
      reason: 'The group is synchronised from on-premises Active Directory; its members are changed there.',
    };
  }
  if (group.isAssignableToRole === true) {
    return {
      badge: 'Role-assignable',
      reason: 'Entra roles can be assigned to the group, so applications like this one may not change its members.',
    };
  }
  if (group.isManagementRestricted === true) {
    return {
      badge: 'Restricted',
      reason:
        'The group is in a restricted management administrative unit, which protects its members from tenant-wide administrators.',
    };
  }
  if (!unified && group.securityEnabled !== true) {
    return {
      badge: 'Unknown',
      reason: 'Graph does not say that the group is a security group or a Microsoft 365 group.',
    };
  }
  return null;
}
