/**
 * Which permission each feature needs, and which broader ones serve as well (Microsoft Graph permissions reference), for an
 * application and for a person who signed in. Pure: reads the token's roles or scopes, asks nobody. A person needs a
 * directory role besides; a token does not show those, so they are only named.
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
  /** Directory roles of which a person needs one besides; null for an application. */
  readonly directoryRoles: string | null;
};

/** What a token may do: its application permissions, or the delegated ones of a person. */
export type Grant = { readonly roles: readonly string[]; readonly delegated: boolean };

/** Where the least delegated permission is another one than the application's. */
const delegatedNames: Readonly<Record<string, string>> = {
  'Group.Create': 'Group.ReadWrite.All',
  'Organization.Read.All': 'User.Read',
};

/** Least privileged built-in roles that Graph wants of the person besides (Microsoft Graph: each call's permissions). */
const directoryRoles: Readonly<Record<string, string>> = {
  'IdentityRiskyUser.Read.All': 'Global Reader, Security Reader, Security Operator or Security Administrator',
  'IdentityRiskyUser.ReadWrite.All': 'Security Operator or Security Administrator',
  'IdentityRiskEvent.Read.All': 'Global Reader, Security Reader, Security Operator or Security Administrator',
  'GroupMember.ReadWrite.All': 'Groups Administrator or User Administrator, or owner of the group',
  'Group.Create': 'Groups Administrator or User Administrator',
  'User.RevokeSessions.All': 'User Administrator or Helpdesk Administrator',
  'User.EnableDisableAccount.All': 'User Administrator',
  'User-PasswordProfile.ReadWrite.All': 'User Administrator',
};

/** The name under which the permission is granted to a person, or to an application. */
export function nameFor(permission: string, delegated: boolean): string {
  return (delegated ? delegatedNames[permission] : undefined) ?? permission;
}

export function directoryRolesFor(permission: string): string | null {
  return directoryRoles[permission] ?? null;
}

/** The permission of the token that serves `permission` (an application permission's name), or null. */
export function grantedBy({ roles, delegated }: Grant, permission: string): string | null {
  const held = new Set(roles.map((role) => role.toLowerCase()));
  const name = nameFor(permission, delegated);
  return [name, permission, ...(servedBy[permission] ?? [])].find((one) => held.has(one.toLowerCase())) ?? null;
}

/** What the token allows, one row a feature, in a fixed order. */
export function permissionMatrix(grant: Grant): readonly FeatureAccess[] {
  return (Object.keys(featurePermissions) as Feature[]).map((feature) => {
    const permission = featurePermissions[feature];
    const by = grantedBy(grant, permission);
    return {
      feature,
      allowed: by !== null,
      permission: nameFor(permission, grant.delegated),
      by,
      directoryRoles: grant.delegated ? directoryRolesFor(permission) : null,
    };
  });
}
