/**
 * Tries a connection step by step, as an analyst would ask: can it sign in, may it read risky users, whose tenant is it.
 * Says what is wrong first, and which features the token's permissions allow. Writes nothing, in Graph or here.
 */
import { z } from 'zod';
import type { ConnectionTest, PermissionRow } from '../../../shared/contract/connections.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { listRiskyUsers } from '../graph/calls/risk.ts';
import { getOrganization } from '../graph/calls/users.ts';
import { type Feature, permissionMatrix } from '../graph/permissions.ts';
import { type GraphClient, GraphError } from '../graph/types.ts';
import type { TokenSource } from '../ports.ts';

const words: Readonly<Record<Feature, string>> = {
  'riskyUsers.read': 'Read risky users',
  'riskDetections.read': 'Read risk detections',
  riskActions: 'Confirm compromised, confirm safe, dismiss risk',
  'groups.read': 'Choose groups and read their members',
  'groups.members.write': 'Add to group, remove from group',
  'groups.create': 'Create a new group',
  'users.revokeSessions': 'Revoke sessions',
  'users.enableDisable': 'Disable account, enable account',
  'users.requirePasswordChange': 'Require password change',
  'organization.read': "Show the tenant's name",
};

const organization = z.looseObject({
  value: z.array(z.looseObject({ displayName: z.string().nullish() })).min(1),
});

type Step = ConnectionTest['steps'][number];

/** Never rejects for what is wrong with the connection; that is its answer. */
export async function testConnection(tokens: TokenSource, client: GraphClient): Promise<ConnectionTest> {
  const steps: Step[] = [];
  let permissions: readonly PermissionRow[] = [];
  let readable = false;
  const failed = (step: Step['step'], error: unknown): ConnectionTest => {
    const problem = describe(error);
    steps.push({ step, ok: false, message: problem.message });
    return { ok: false, steps, problem, tenantName: null, permissions };
  };

  try {
    const { roles, delegated = false } = await tokens.get({ force: true });
    const kind = delegated ? 'delegated' : 'application';
    readable = roles.length > 0;
    permissions = permissionMatrix({ roles, delegated }).map(
      ({ feature, allowed, permission, by, directoryRoles }) => ({
        feature: words[feature],
        allowed: readable ? allowed : null,
        permission,
        grantedBy: by,
        directoryRoles,
      }),
    );
    const message = readable
      ? `Signed in; the token carries ${roles.length} ${kind} permission${roles.length === 1 ? '' : 's'}.`
      : `Signed in; the token carries no readable ${kind} permissions.`;
    steps.push({ step: 'sign-in', ok: true, message });
  } catch (error) {
    return failed('sign-in', error);
  }

  try {
    await client.send(listRiskyUsers({ top: 1 }), { priority: 'person' });
    steps.push({ step: 'risky-users', ok: true, message: 'Risky users can be read.' });
    permissions = permissions.map((row) =>
      row.feature === words['riskyUsers.read'] ? { ...row, allowed: true } : row,
    );
  } catch (error) {
    return failed('risky-users', error);
  }

  let tenantName: string | null = null;
  try {
    const { body } = await client.send(getOrganization(), { priority: 'person' });
    tenantName = organization.safeParse(body).data?.value[0]?.displayName ?? null;
    steps.push({
      step: 'organization',
      ok: true,
      message: tenantName === null ? 'The tenant has no name.' : `The tenant is ${tenantName}.`,
    });
  } catch (error) {
    // Optional: nothing but the name in the window depends on it.
    steps.push({ step: 'organization', ok: false, message: `Optional: ${describe(error).message}` });
  }
  return { ok: true, steps, problem: null, tenantName, permissions };
}

function describe(error: unknown): NonNullable<ConnectionTest['problem']> {
  if (error instanceof RiskdeskError) {
    const { code, message, field, cure } = error;
    return { code, message, ...(field === undefined ? {} : { field }), ...(cure === undefined ? {} : { cure }) };
  }
  if (error instanceof GraphError) return { code: error.code, message: error.message };
  throw error;
}
