/**
 * "Create new group": an existing group is used only when name and type match exactly once; otherwise one is created.
 * The mailNickname comes from the run, so a creation whose answer was lost can be found again and is never repeated
 * blindly, not even by another process after a crash.
 */
import type { GroupTarget } from '../../../shared/model/action.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { type AssessedGroup, assessGroup } from '../graph/assessGroup.ts';
import { createGroup } from '../graph/calls/groups.ts';
import { findGroupsNamed } from '../graph/readGroups.ts';
import { GraphError } from '../graph/types.ts';
import { legalNickname } from '../plan/nickname.ts';
import type { RunContext } from './context.ts';
import type { ReadOptions } from './driver.ts';

type Wanted = GroupTarget & { readonly mode: 'create' };
export type MadeGroup = { readonly id: string; readonly name: string | null; readonly how: 'created' | 'reused' };

/** A creation without an answer is tried once more, after Graph has not shown the group for a minute. */
const mostCreations = 2;
/** Pauses before each look for it, ms: a new group may take that long to show. */
const lookAfter = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Resolves when the group's id is journalled with the run.
 * @throws RiskdeskError guardrail when several groups match; GraphError.
 */
export async function createOrReuse(ctx: RunContext, wanted: Wanted, options: ReadOptions): Promise<MadeGroup> {
  const present = (await findGroupsNamed(ctx.graph, wanted.name, options)).filter(
    (group) => group.kind === wanted.kind,
  );
  if (present.length > 1) {
    throw new RiskdeskError(
      'guardrail',
      `${present.length} groups of this type are named "${wanted.name}", so it is not certain which one is meant (${present.map(({ id }) => id).join(', ')}).`,
      { field: 'group', cure: 'Choose one of them in the group picker, or give the new group another name.' },
    );
  }
  const [only] = present;
  if (only !== undefined) return keep(ctx, only, 'reused', null);
  return create(ctx, wanted, options);
}

async function create(ctx: RunContext, wanted: Wanted, options: ReadOptions): Promise<MadeGroup> {
  const nickname = nicknameOf(wanted.name, ctx.key.runId);
  await ctx.journal.append(
    {
      event: 'group.creating',
      connection: ctx.connection,
      runId: ctx.key.runId,
      after: wanted.name,
      detail: { kind: wanted.kind, mailNickname: nickname },
    },
    ctx.key.who,
  );
  for (let tried = 1; tried <= mostCreations; tried += 1) {
    try {
      const answer = await ctx.graph.send(
        createGroup({ name: wanted.name, type: wanted.kind, mailNickname: nickname }),
        { priority: 'person', signal: options.signal },
      );
      const group = assessGroup(answer.body);
      if (group !== null) return await keep(ctx, group, 'created', answer.requestId);
    } catch (error) {
      if (!(error instanceof GraphError) || !mayExist(error)) throw error;
      const { status, requestId } = error;
      ctx.log('warn', 'execute.group-unsure', { runId: ctx.key.runId, status, requestId });
    }
    for (const wait of lookAfter) {
      await ctx.clock.sleep(wait, options.signal);
      const found = ours(await findGroupsNamed(ctx.graph, wanted.name, options), wanted, nickname);
      if (found !== undefined) return keep(ctx, found, 'created', null);
    }
  }
  throw new RiskdeskError(
    'graph-failed',
    `The answers to creating the group "${wanted.name}" were lost, and Graph does not show the group.`,
    { field: 'group', cure: 'Resume the run later: it looks for the group again before it creates one.' },
  );
}

/** The answer was lost, or the nickname is taken: then it is this run's own, from an attempt before. */
function mayExist(error: GraphError): boolean {
  return error.effect === 'unknown' || (error.status === 400 && /mailNickname/i.test(error.graphMessage ?? ''));
}

/** By nickname where Graph tells it; else the only one, because there was none of this name and type before. */
function ours(groups: readonly AssessedGroup[], wanted: Wanted, nickname: string): AssessedGroup | undefined {
  const same = groups.filter((group) => group.kind === wanted.kind);
  const named = same.find((group) => group.mailNickname === nickname);
  const silent = same.filter((group) => group.mailNickname === null);
  return named ?? (silent.length === 1 ? silent[0] : undefined);
}

async function keep(
  ctx: RunContext,
  group: AssessedGroup,
  how: MadeGroup['how'],
  requestId: string | null,
): Promise<MadeGroup> {
  const { id, displayName: name } = group;
  await ctx.journal.setRunGroup(ctx.key, { id, name }, how, requestId);
  if (ctx.action !== null) await ctx.onGroupCreated(ctx.action, id, name);
  return { id, name, how };
}

/** Ends in the run's id, which makes it unique and lets any process find it again. */
function nicknameOf(name: string, runId: string): string {
  return legalNickname(name, () => runId.replaceAll('-', '').slice(0, 12));
}
