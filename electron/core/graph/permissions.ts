/**
 * Which application permission each feature needs, and which broader ones serve as well (Microsoft Graph permissions
 * reference). Pure: reads the token's roles, asks nobody. Leaves out directory roles, which a token does not show.
 */

/** Least privileged permission first; after it, the broader ones that contain it. */
const servedBy: Readonly<Record<string, readonly string[]>> = {
  'IdentityRiskyUser.Read.All': ['IdentityRiskyUser.ReadWrite.All'],
  'IdentityRiskyUser.ReadWrite.All': [],
  'IdentityRiskEvent.Read.All': ['IdentityRiskEvent.ReadWrite.All'],
  'GroupMember.Read.All': [
    'GroupMember.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GroupMember.ReadWrite.All': ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  'Group.Create': ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User.Read.All': ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'User.RevokeSessions.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User.EnableDisableAccount.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User-PasswordProfile.ReadWrite.All': [],
  'Organization.Read.All': ['Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
};

export const featurePermissions = {
  'riskyUsers.read': 'IdentityRiskyUser.Read.All',
  'riskDetections.read': 'IdentityRiskEvent.Read.All',
  riskActions: 'IdentityRiskyUser.ReadWrite.All',
  'groups.read': 'GroupMember.Read.All',
  'groups.members.write': 'GroupMember.ReadWrite.All',
  'groups.create': 'Group.Create',
  'users.revokeSessions': 'User.RevokeSessions.All',
  'users.enableDisable': 'User.EnableDisableAccount.All',
  'users.requirePasswordChange': 'User-PasswordProfile.ReadWrite.All',
  'organization.read': 'Organization.Read.All',
} as const;

export type Feature = keyof typeof featurePermissions;

export type FeatureAccess = {
  readonly feature: Feature;
  readonly allowed: boolean;
  /** The least privileged permission that the feature needs: the one to grant where it is missing. */
  readonly permission: string;
  /** The permission of the token that allows it; null where nothing does. */
  readonly by: string | null;
};

/** The permission among `roles` that serves `permission`, or null. */
export function grantedBy(roles: readonly string[], permission: string): string | null {
  const held = new Set(roles.map((role) => role.toLowerCase()));
  return [permission, ...(servedBy[permission] ?? [])].find((one) => held.has(one.toLowerCase())) ?? null;
}

/** What the token's roles allow, one row a feature, in a fixed order. */
export function permissionMatrix(roles: readonly string[]): readonly FeatureAccess[] {
  return (Object.keys(featurePermissions) as Feature[]).map((feature) => {
    const permission = featurePermissions[feature];
    const by = grantedBy(roles, permission);
    return { feature, allowed: by !== null, permission, by };
  });
}
