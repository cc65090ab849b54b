/**
 * Gathers what a plan is decided on (who matches, who is a member now, who is protected, what was done lately) and
 * hands it to the pure function that decides. Sends nothing that writes; what it decides is stored before it is shown.
 */
import type { GroupTargetInput } from '../../../shared/contract/actions.ts';
import { type Action, type ActionKind, type GroupTarget, needsGroup } from '../../../shared/model/action.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanHead, PlanOrigin } from '../../../shared/model/plan.ts';
import type { Guardrails } from '../../../shared/model/settings.ts';
import type { Candidate } from '../plan/decide.ts';
import { type MadePlan, makePlan } from '../plan/makePlan.ts';
import { ruleWithExceptions } from './filters.ts';
import type { Modules } from './modules.ts';

type Wanted = {
  readonly origin: Extract<PlanOrigin, 'action' | 'selection'>;
  readonly action: string | null;
  readonly rule: string | null;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  readonly cap: number | null;
  readonly days: number | null;
  readonly candidates: readonly Candidate[];
};

const hour = 3_600_000;

/** Members of an existing target group: `known: false` when Graph cannot be asked now. */
async function readTarget(
  modules: PlanningModules,
  connection: string,
  group: GroupTarget | null,
): Promise<{ readonly group: GroupTarget | null; readonly members: ReadonlySet<string> | null }> {
  if (group === null) return { group, members: null };
  try {
    if (group.mode === 'create') return { group, members: await membersIfReused(modules, connection, group) };
    const found = await modules.directory.preflight(connection, group.id);
    if (found === null) {
      await modules.actions.noteGroup(connection, { id: group.id, name: null, deleted: true });
      throw new RiskdeskError('not-found', `The group "${group.name ?? group.id}" was deleted.`, {
        field: 'group',
        cure: 'Choose another group for the action.',
      });
    }
    if (!found.writable) {
      throw new RiskdeskError('guardrail', found.reason ?? `The group "${group.name ?? group.id}" cannot be changed.`, {
        field: 'group',
        cure: 'Choose a group that the picker (action groups) shows as writable.',
      });
    }
    const named = { ...group, name: found.displayName ?? group.name, deleted: false };
    if (named.name !== group.name || group.deleted) await modules.actions.noteGroup(connection, named);
    return { group: named, members: await modules.directory.members(connection, group.id) };
  } catch (error) {
    if (error instanceof RiskdeskError && error.code === 'offline') return { group, members: null };
    throw error;
  }
}

/** "Create new group" uses a group of the same name and type instead; several of them are refused before the run. */
async function membersIfReused(
  modules: PlanningModules,
  connection: string,
  group: GroupTarget & { readonly mode: 'create' },
): Promise<ReadonlySet<string>> {
  const [only, ...others] = await modules.directory.sameNamed(connection, group.name, group.kind);
  if (only === undefined) return new Set();
  if (others.length === 0) return modules.directory.members(connection, only.id);
  const ids = [only, ...others].map(({ id }) => id).join(', ');
  throw new RiskdeskError(
    'guardrail',
    `${others.length + 1} groups of this type are named "${group.name}", so it is not certain which one is meant (${ids}).`,
    { field: 'group', cure: 'Choose one of them by its id, or give the new group another name.' },
  );
}

/** Members of the protected groups. Without them nobody can be planned for: offline is an error here. */
async function readProtected(
  modules: PlanningModules,
  connection: string,
  guardrails: Guardrails,
): Promise<ReadonlySet<string>> {
  const all = new Set<string>();
  for (const groupId of guardrails.protectedGroups) {
    if ((await modules.directory.preflight(connection, groupId)) === null) continue;
    for (const id of await modules.directory.members(connection, groupId)) all.add(id);
  }
  return all;
}

/** What planning needs; the schedule, which plans too, is not part of it. */
export type PlanningModules = Pick<
  Modules,
  'settings' | 'journal' | 'clock' | 'newId' | 'directory' | 'actions' | 'connections' | 'rules' | 'queries'
>;

async function plan(modules: PlanningModules, wanted: Wanted): Promise<PlanHead> {
  const { journal, clock, newId } = modules;
  const { head, steps } = await draft(modules, wanted);
  const stored: PlanHead = { ...head, planId: newId(), createdAt: new Date(clock.now()).toISOString() };
  await journal.savePlan(stored, steps);
  return stored;
}

/** Decides, and stores nothing. */
async function draft(modules: PlanningModules, wanted: Wanted): Promise<MadePlan> {
  const { settings, journal, clock } = modules;
  const { guardrails } = await settings.get();
  const now = clock.now();
  const { group, members } = needsGroup(wanted.kind)
    ? await readTarget(modules, wanted.connection, wanted.group)
    : { group: null, members: null };
  return makePlan({
    kind: wanted.kind,
    group,
    connection: wanted.connection,
    action: wanted.action,
    rule: wanted.rule,
    days: wanted.days,
    origin: wanted.origin,
    parentRunId: null,
    candidates: wanted.candidates,
    members,
    protectedMembers: await readProtected(modules, wanted.connection, guardrails),
    guardrails,
    cap: wanted.cap,
    recentActs: await journal.recentActs({
      connection: wanted.connection,
      kind: wanted.kind,
      groupId: group?.mode === 'existing' ? group.id : null,
      since: now - guardrails.flapHours * hour,
    }),
    now,
  });
}

/** The connection of an action may have been removed since; its rule may not (removal is refused while it is used). */
async function liveConnection(modules: PlanningModules, action: Action): Promise<string> {
  const names = (await modules.connections.list()).map((connection) => connection.name);
  if (names.includes(action.connection)) return action.connection;
  throw new RiskdeskError(
    'not-found',
    `The connection "${action.connection}" of the action "${action.name}" was removed.`,
    {
      field: 'connection',
      cure: `Remove the action and add it again for another connection${names.length > 0 ? ` (${names.join(', ')})` : ''}.`,
    },
  );
}

/** Plan of a saved action over the users of its rule; `days` null means all time. */
export async function planAction(modules: PlanningModules, name: string, days: number | null): Promise<PlanHead> {
  return plan(modules, await wantedBy(modules, name, days));
}

/** The same, decided and not stored: the schedule stores only plans with somebody to act on. */
export async function draftAction(modules: PlanningModules, name: string): Promise<MadePlan> {
  return draft(modules, await wantedBy(modules, name, null));
}

async function wantedBy(modules: PlanningModules, name: string, days: number | null): Promise<Wanted> {
  const action = await modules.actions.get(name);
  const connection = await liveConnection(modules, action);
  const candidates: Candidate[] = [];
  const rule = await ruleWithExceptions(modules.rules, action.rule);
  for await (const chunk of modules.queries.planSubjects({ connection, rules: [rule], days, deleted: 'include' })) {
    candidates.push(...chunk);
  }
  return {
    origin: 'action',
    action: action.name,
    rule: action.rule,
    connection,
    kind: action.kind,
    group: action.group,
    cap: action.cap,
    days,
    candidates,
  };
}

/** Plan for users picked by hand. @throws RiskdeskError not-found that names the ids the cache does not hold. */
export async function planSelection(
  modules: PlanningModules,
  input: {
    readonly connection: string;
    readonly kind: ActionKind;
    readonly group: GroupTargetInput | null;
    readonly ids: readonly string[];
  },
): Promise<PlanHead> {
  const { name: connection } = await modules.connections.get(input.connection);
  const candidates = await modules.queries.planSubjectsById(connection, input.ids);
  const found = new Set(candidates.map((candidate) => candidate.objectId.toLowerCase()));
  const missing = input.ids.filter((id) => !found.has(id.toLowerCase()));
  if (missing.length > 0) {
    throw new RiskdeskError(
      'not-found',
      `${missing.length} of the users are not in the cache: ${missing.slice(0, 5).join(', ')}.`,
      {
        field: 'ids',
        cure: 'Sync the connection, or leave them out.',
      },
    );
  }
  const group: GroupTarget | null =
    input.group?.mode === 'existing'
      ? { mode: 'existing', id: input.group.id, name: null, deleted: false }
      : input.group;
  return plan(modules, {
    origin: 'selection',
    action: null,
    rule: null,
    connection,
    kind: input.kind,
    group,
    cap: null,
    days: null,
    candidates,
  });
}
