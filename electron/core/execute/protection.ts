/**
 * Whom the guardrails protect at this moment. A plan may be weeks old when it is run: what was protected since counts,
 * so a run asks again before it sends anything.
 */
import type { SkipReason } from '../../../shared/model/plan.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { readMembers } from '../graph/readGroups.ts';
import { GraphError } from '../graph/types.ts';
import type { RunContext } from './context.ts';

type Named = { readonly objectId: string; readonly userPrincipalName: string | null };
export type Protection = (user: Named) => Extract<SkipReason, 'protected' | 'protected-group'> | null;

/** Object ids, lower case, of those among `among` who are members of a protected group. A deleted group protects nobody. */
export async function protectedMembers(
  ctx: RunContext,
  among: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  for (const groupId of (await ctx.settings()).guardrails.protectedGroups) {
    try {
      for (const id of await readMembers(ctx.graph, groupId, { priority: 'person', signal, among })) members.add(id);
    } catch (error) {
      if (!(error instanceof GraphError) || error.status !== 404) throw error;
    }
  }
  return members;
}

/** Rejects like `protectedMembers` when a protected group cannot be read: then nobody may be touched. */
export async function readProtection(
  ctx: RunContext,
  among: () => Promise<ReadonlySet<string>>,
  signal: AbortSignal,
): Promise<Protection> {
  const { protectedUsers, protectedGroups } = (await ctx.settings()).guardrails;
  const named = new Set(protectedUsers.map(fold));
  const members = protectedGroups.length === 0 ? new Set<string>() : await protectedMembers(ctx, await among(), signal);
  return ({ objectId, userPrincipalName }) => {
    if (named.has(fold(objectId)) || (userPrincipalName !== null && named.has(fold(userPrincipalName)))) {
      return 'protected';
    }
    return members.has(objectId.toLowerCase()) ? 'protected-group' : null;
  };
}
