/**
 * Plans that follow from a run: its failed users again, or the inverse of what it changed. An undo looks at the world
 * first and leaves alone whom somebody has changed since. Stores nothing and writes nothing to Graph.
 */
import { actionWords, inverseOf, needsGroup } from '../../../shared/model/action.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import { isGuestUpn } from '../../../shared/model/riskyUser.ts';
import type { StepState } from '../../../shared/model/run.ts';
import { readMembers } from '../graph/readGroups.ts';
import { GraphError } from '../graph/types.ts';
import type { RunRecord, WorkStep } from '../journal/journal.ts';
import { type MadePlan, makePlan } from '../plan/makePlan.ts';
import { undoCandidates } from '../plan/selectionUndo.ts';
import { accountDriver } from './accountDriver.ts';
import { chunksOf } from './bisect.ts';
import type { RunContext } from './context.ts';
import { protectedMembers } from './protection.ts';

const noSignal = { signal: new AbortController().signal };

/**
 * Looks at the group first, so that the plan says who became a member by another way; where Graph does not answer now,
 * the run finds that out. @throws RiskdeskError bad-input when nobody failed; not-found when the group is gone.
 */
export async function planRetry(ctx: RunContext, record: RunRecord): Promise<MadePlan> {
  const { run } = record;
  const steps = await stepsIn(ctx, 'failed');
  if (steps.length === 0) {
    const cure =
      run.counts.unknown > 0 ? 'Resume the run first: some outcomes are unknown.' : 'There is nothing to do.';
    throw badInput('runId', `Nobody failed in run ${run.runId}.`, cure);
  }
  return makePlan({
    ...(await common(ctx, record, steps)),
    origin: 'retry',
    kind: run.kind,
    group: run.group,
    candidates: steps.map(candidate),
    members: needsGroup(run.kind) ? await membersIfReached(ctx, record, idsOf(steps)) : null,
  });
}

/** @throws RiskdeskError bad-input when there is no inverse, or the run changed nobody; not-found when the group is gone. */
export async function planUndo(ctx: RunContext, record: RunRecord): Promise<MadePlan> {
  const { run } = record;
  const kind = inverseOf(run.kind);
  if (kind === null) {
    throw badInput(
      'runId',
      `"${actionWords[run.kind]}" cannot be undone: ${whyNot(record)}`,
      'Use another action on these users if something else is wanted.',
    );
  }
  const steps = undoCandidates(await stepsIn(ctx, 'succeeded'));
  if (steps.length === 0)
    throw badInput('runId', `Run ${run.runId} changed nobody, so there is nothing to undo.`, 'There is nothing to do.');
  const changedSince = new Set(await ctx.journal.laterTouches(run.runId, [run.kind, kind]));
  let members: ReadonlySet<string> | null = null;
  if (needsGroup(kind)) {
    const present = await membersNow(ctx, record, idsOf(steps));
    for (const id of idsOf(steps)) if (present.has(id) !== (kind === 'remove-from-group')) changedSince.add(id);
    members = present;
  } else if (kind === 'enable-account' || kind === 'disable-account') {
    const driver = accountDriver(ctx, kind);
    for (const chunk of chunksOf(steps, driver.probeSize)) {
      const probes = await driver.probe(chunk, noSignal);
      probes.forEach((probe, i) => {
        const step = chunk[i];
        if (step !== undefined && (probe.state === 'shows' || probe.state === 'gone'))
          changedSince.add(step.objectId.toLowerCase());
      });
    }
  }
  return makePlan({
    ...(await common(ctx, record, steps)),
    origin: 'undo',
    kind,
    group: run.group,
    candidates: steps.map(candidate),
    members,
    changedSince,
  });
}

async function common(ctx: RunContext, { run }: RunRecord, steps: readonly WorkStep[]) {
  const { guardrails } = await ctx.settings();
  return {
    parentRunId: run.runId,
    action: run.action,
    rule: null,
    connection: run.connection,
    days: null,
    protectedMembers: await protectedMembers(ctx, idsOf(steps)),
    guardrails,
    cap: null,
    recentActs: new Map(),
    now: ctx.clock.now(),
  };
}

/** Null when Graph cannot be reached now, and for a group that is yet to be created. */
async function membersIfReached(
  ctx: RunContext,
  record: RunRecord,
  among: ReadonlySet<string>,
): Promise<ReadonlySet<string> | null> {
  if (record.run.group?.mode !== 'existing') return null;
  try {
    return await membersNow(ctx, record, among);
  } catch (error) {
    if (error instanceof RiskdeskError && error.code === 'offline') return null;
    throw error;
  }
}

async function membersNow(
  ctx: RunContext,
  { run }: RunRecord,
  among: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const { group } = run;
  if (group?.mode !== 'existing')
    throw new RiskdeskError('internal', `Run ${run.runId} changed members of a group that it does not know.`);
  try {
    return await readMembers(ctx.graph, group.id, { priority: 'person', among });
  } catch (error) {
    if (!(error instanceof GraphError) || error.status !== 404) throw error;
    await ctx.onGroupChanged({ connection: run.connection, id: group.id, name: null, deleted: true });
    throw new RiskdeskError(
      'not-found',
      `The group "${group.name ?? group.id}" was deleted, and its memberships with it.`,
      {
        field: 'group',
        cure: 'Restore the group in Entra first.',
      },
    );
  }
}

async function stepsIn(ctx: RunContext, state: StepState): Promise<WorkStep[]> {
  const steps: WorkStep[] = [];
  for (let after = 0; ; ) {
    const page = await ctx.journal.work(ctx.key.runId, { states: [state], after, limit: 5_000 });
    const last = page.at(-1);
    if (last === undefined) return steps;
    steps.push(...page);
    after = last.seq;
  }
}

function candidate(step: WorkStep) {
  const { objectId, userPrincipalName, displayName, riskLevel, riskState, score } = step;
  const isGuest = isGuestUpn(userPrincipalName);
  return {
    objectId,
    userPrincipalName,
    displayName,
    riskLevel,
    riskState,
    score,
    isGuest,
    isDeleted: false,
    gone: false,
  };
}

function idsOf(steps: readonly WorkStep[]): ReadonlySet<string> {
  return new Set(steps.map((step) => step.objectId.toLowerCase()));
}

function whyNot({ run }: RunRecord): string {
  switch (run.kind) {
    case 'confirm-compromised':
    case 'confirm-safe':
    case 'dismiss':
      return 'Entra keeps no earlier risk to go back to.';
    case 'revoke-sessions':
      return 'a session that was ended cannot be brought back.';
    case 'require-password-change':
      return 'the requirement ends when the user changes the password.';
    default:
      return 'nothing was sent.';
  }
}
