/**
 * The groups a sample tenant starts with: one of every kind that Entra has, so that a picker shows every badge, plus
 * the names that trip software (twins, quotes, emoji, formulas), plus enough ordinary ones to fill two pages of 100.
 */

import type { Group } from './groupStore.ts';
import { hash } from './hash.ts';
import { guid } from './ids.ts';

/** A group as a test asks for it: a plain assigned security group, with what is said changed. */
export type NewGroup = Partial<Omit<Group, 'members' | 'nested' | 'createdAt'>> & {
  /** Object ids of users. */
  readonly members?: readonly string[] | undefined;
  readonly nested?: readonly string[] | undefined;
};

const M365 = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false, visibility: 'Private' } as const;

const kinds: readonly NewGroup[] = [
  { displayName: 'High risk users', description: 'Conditional Access: block until reviewed' },
  { displayName: 'Risk watch list' },
  { displayName: 'Incident response', ...M365 },
  { displayName: 'Security champions', ...M365, securityEnabled: true, visibility: 'Public' },
  { displayName: 'All staff (distribution)', mailEnabled: true, securityEnabled: false },
  { displayName: 'Finance mail-enabled security', mailEnabled: true, securityEnabled: true },
  {
    displayName: 'Dynamic: all guests',
    groupTypes: ['DynamicMembership'],
    membershipRule: '(user.userType -eq "Guest")',
  },
  {
    displayName: 'Dynamic: sales team',
    ...M365,
    groupTypes: ['Unified', 'DynamicMembership'],
    membershipRule: '(user.department -eq "Sales")',
  },
  { displayName: 'On-premises admins', onPremisesSyncEnabled: true },
  { displayName: 'Role: Security Operators', isAssignableToRole: true, visibility: 'Private' },
  { displayName: 'Restricted executives', isManagementRestricted: true },
  { displayName: 'Contractors', mailNickname: 'contractors-1' },
  { displayName: 'Contractors', mailNickname: 'contractors-2' },
  { displayName: 'Contractors', mailNickname: 'contractors-m365', ...M365 },
  { displayName: 'The "quoted" group', mailNickname: 'quoted' },
  { displayName: "People's group", mailNickname: 'peoples' },
  { displayName: '🔥 Hot list', mailNickname: 'hot-list' },
  { displayName: '=SUM(A1:A9)', mailNickname: 'formula' },
];

const PLAIN = 120;

/** Builds a group; what `wanted` leaves open is that of a cloud-only assigned security group. */
export function makeGroup(seed: number, n: number, wanted: NewGroup, now: number, indexOf: IndexOf): Group {
  const id = wanted.id?.toLowerCase() ?? guid(seed, n, 0x600);
  return {
    id,
    displayName: wanted.displayName ?? `Group ${n}`,
    description: wanted.description ?? null,
    groupTypes: wanted.groupTypes ?? [],
    mailEnabled: wanted.mailEnabled ?? false,
    securityEnabled: wanted.securityEnabled ?? true,
    mailNickname: wanted.mailNickname ?? `group-${id.slice(0, 8)}`,
    membershipRule: wanted.membershipRule ?? null,
    onPremisesSyncEnabled: wanted.onPremisesSyncEnabled ?? null,
    isAssignableToRole: wanted.isAssignableToRole ?? null,
    isManagementRestricted: wanted.isManagementRestricted ?? null,
    visibility: wanted.visibility ?? null,
    createdAt: now,
    visibleAt: wanted.visibleAt ?? now,
    members: new Set((wanted.members ?? []).flatMap((member) => indexOf(member) ?? [])),
    nested: [...(wanted.nested ?? [])],
  };
}

type IndexOf = (id: string) => number | null;

/** The seeded groups. `users`: how many users there are to be members; `isPresent` says who still exists. */
export function seedGroups(
  seed: number,
  users: number,
  now: number,
  isPresent: (index: number) => boolean,
): readonly Group[] {
  const groups: Group[] = [];
  const none: IndexOf = () => null;
  for (const wanted of kinds) groups.push(makeGroup(seed, groups.length, wanted, now - 86_400_000, none));
  for (let n = 0; n < PLAIN; n++) {
    const displayName = `Team ${String(n + 1).padStart(3, '0')}`;
    groups.push(makeGroup(seed, groups.length, { displayName }, now - 86_400_000, none));
  }
  for (const [n, group] of groups.entries()) {
    const size = Math.min(users, 2 + (hash(seed, n, 61) % 12));
    for (let m = 0; m < size; m++) {
      const index = hash(seed, n * 64 + m, 62) % users;
      if (isPresent(index)) group.members.add(index);
    }
  }
  const [first, second] = groups;
  if (first !== undefined && second !== undefined) second.nested.push(first.id);
  return groups;
}
