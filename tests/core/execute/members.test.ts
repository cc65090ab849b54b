/** Adding to and removing from a group: every row of Graph's error table that concerns members ends as it must. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planHash } from '../../../electron/core/plan/hash.ts';
import type { PlanStep } from '../../../shared/model/plan.ts';
import { existing, openScene, people, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  expect(scene.twin.control.violations).toEqual([]);
  await scene.close();
});

/** Does something to the tenant just before the first request that matches is answered. */
function justBefore(matches: (method: string, path: string) => boolean, act: () => void): void {
  let done = false;
  const match = (method: string, path: string) => {
    if (!done && matches(method, path)) {
      done = true;
      act();
    }
    return false;
  };
  scene.twin.control.inject({ kind: 'slow', match });
}

const isPatchOfGroup = (method: string, path: string) => method === 'PATCH' && path.startsWith('/groups/');
const isDelete = (method: string) => method === 'DELETE';
const isBatch = (method: string, path: string) => method === 'POST' && path.endsWith('/$batch');

async function add(ids: readonly string[], group: { id: string; displayName: string | null }) {
  const head = await scene.plan({ kind: 'add-to-group', ids, group: existing(group) });
  const { runId, done } = await scene.executor.run(head.planId, { confirm: head.counts.act });
  return { runId, run: await done };
}

async function remove(ids: readonly string[], group: { id: string; displayName: string | null }) {
  const head = await scene.plan({ kind: 'remove-from-group', ids, group: existing(group) });
  const { runId, done } = await scene.executor.run(head.planId, { confirm: head.counts.act });
  return { runId, run: await done };
}

describe('adding', () => {
  it('adds everyone, 20 a PATCH, and says so per user with a request id', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 130);
    const { runId, run } = await add(ids, group);
    expect(run).toMatchObject({ state: 'completed', left: 0, message: null });
    expect(run.counts).toEqual({ succeeded: 130, already: 0, skipped: 0, failed: 0, unknown: 0 });
    expect(control.members(group.id)).toEqual(new Set(ids));
    expect(control.requestLog.filter(({ kind }) => kind === 'members.list')).toHaveLength(1);
    for (const step of await scene.steps(runId)) {
      expect(step).toMatchObject({ state: 'succeeded', httpStatus: 204, before: 'not a member', after: 'member' });
      expect(step.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(await scene.journal.verify()).toMatchObject({ intact: true });
  });

  it('sends nothing for who is a member already', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 50);
    for (const id of ids.slice(0, 30)) control.addMember(group.id, id);
    const { run } = await add(ids, group);
    expect(run.counts).toMatchObject({ succeeded: 20, already: 30, failed: 0 });
    expect(control.requestLog.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  it('bisects when one of 20 became a member in between: that one is already, the others are added', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 40);
    const early = ids[7] ?? '';
    justBefore(isPatchOfGroup, () => control.addMember(group.id, early));
    const { runId, run } = await add(ids, group);
    expect(run.counts).toEqual({ succeeded: 39, already: 1, skipped: 0, failed: 0, unknown: 0 });
    expect((await scene.outcomes(runId)).get(early)?.state).toBe('already');
    expect(control.members(group.id)).toEqual(new Set(ids));
  });

  it('fails a user who does not exist, and nobody else', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 60);
    const missing = [ids[3] ?? '', ids[4] ?? '', ids[59] ?? ''];
    for (const id of missing) control.dropUser(id);
    const { runId, run } = await add(ids, group);
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: 57, failed: 3 } });
    const outcomes = await scene.outcomes(runId);
    for (const id of missing) {
      expect(outcomes.get(id)).toMatchObject({
        state: 'failed',
        reason: 'The user no longer exists.',
        httpStatus: 404,
      });
    }
    expect(control.members(group.id).size).toBe(57);
  });

  it('fails an object id that Entra never gives, without sending it', async () => {
    const group = scene.twin.control.addGroup({ displayName: 'Risky' });
    const [good = ''] = people(scene.twin, 1);
    const { runId, run } = await add([good, '../users/x'], group);
    expect(run.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect((await scene.outcomes(runId)).get('../users/x')?.reason).toContain('object id');
  });

  it('adds a user whom a plan names twice once', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 3);
    const made = await scene.plan({ kind: 'add-to-group', ids, group: existing(group) });
    const steps: PlanStep[] = [];
    for await (const chunk of scene.journal.eachPlanStep(made.planId)) steps.push(...chunk);
    const [first] = steps;
    if (first === undefined) throw new Error('no step');
    steps.push({ ...first, seq: 4, objectId: first.objectId.toUpperCase() });
    const { planId: _, createdAt, hash: __, ...rest } = { ...made, total: 4, counts: { ...made.counts, act: 4 } };
    const head = { ...rest, planId: 'twice', createdAt, hash: planHash(rest, steps) };
    await scene.journal.savePlan(head, steps);
    const run = await (await scene.executor.run('twice', { confirm: 4 })).done;
    expect(run.counts).toEqual({ succeeded: 3, already: 0, skipped: 1, failed: 0, unknown: 0 });
    expect(control.members(group.id)).toEqual(new Set(ids));
  });

  it('stops when the group was deleted before, with its last name, and tells who keeps actions', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Old "name"' });
    const ids = people(scene.twin, 5);
    const head = await scene.plan({ kind: 'add-to-group', ids, group: existing(group) });
    control.removeGroup(group.id);
    const run = await (await scene.executor.run(head.planId, { confirm: null })).done;
    expect(run).toMatchObject({ state: 'stopped', left: 5 });
    expect(run.message).toContain('The group "Old "name"" ');
    expect(run.message).toContain('was deleted');
    expect(scene.told.changed).toEqual([{ connection: 'contoso', id: group.id, name: null, deleted: true }]);
  });

  it('stops when the group is deleted in the middle; what waits stays planned', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    justBefore(isPatchOfGroup, () => control.removeGroup(group.id));
    const { runId, run } = await add(people(scene.twin, 45), group);
    expect(run).toMatchObject({ state: 'stopped', left: 45, counts: { succeeded: 0, failed: 0, unknown: 0 } });
    expect(run.message).toContain('was deleted');
    expect(new Set((await scene.steps(runId)).map(({ state }) => state))).toEqual(new Set(['planned']));
  });

  it('refreshes the name of a group that was renamed', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Before' });
    const head = await scene.plan({ kind: 'add-to-group', ids: people(scene.twin, 1), group: existing({ ...group }) });
    control.updateGroup(group.id, { displayName: 'After' });
    await (await scene.executor.run(head.planId, { confirm: null })).done;
    expect(scene.told.changed).toEqual([{ connection: 'contoso', id: group.id, name: 'After', deleted: false }]);
  });

  it('is stopped at pre-flight by every group that cannot be written, and sends no write', async () => {
    const { control } = scene.twin;
    const kinds = [
      { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "x"' },
      { mailEnabled: true, securityEnabled: true },
      { mailEnabled: true, securityEnabled: false },
      { onPremisesSyncEnabled: true },
      { isAssignableToRole: true },
      { isManagementRestricted: true },
    ];
    const words = [
      'dynamic',
      'mail-enabled security',
      'distribution',
      'synchronised',
      'roles',
      'restricted management',
    ];
    for (const [i, kind] of kinds.entries()) {
      const { run } = await add(people(scene.twin, 2), control.addGroup({ displayName: 'Refused', ...kind }));
      expect(run).toMatchObject({ state: 'stopped', left: 2 });
      expect(run.message?.toLowerCase()).toContain(words[i]);
    }
    expect(control.requestLog.filter(({ method, kind }) => method !== 'GET' && kind !== 'token')).toEqual([]);
  });

  it('stops at a missing permission by name, and goes on once it is granted', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    control.setRoles(['IdentityRiskyUser.Read.All', 'GroupMember.Read.All']);
    const { runId, run } = await add(people(scene.twin, 45), group);
    expect(run).toMatchObject({ state: 'stopped', left: 45, counts: { failed: 0, unknown: 0 } });
    expect(run.message).toContain('GroupMember.ReadWrite.All');
    control.setRoles(['GroupMember.ReadWrite.All']);
    control.revokeTokens();
    const after = await (await scene.executor.resume(runId)).done;
    expect(after).toMatchObject({ state: 'completed', message: null, counts: { succeeded: 45 } });
  });

  it('never counts 429 as failed', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    control.inject({ kind: 'http429', match: isPatchOfGroup, times: 3, retryAfter: 'seconds', retryAfterSeconds: 2 });
    control.inject({ kind: 'http429', match: isBatch, times: 2 });
    const { run } = await add(people(scene.twin, 100), group);
    expect(run.counts).toEqual({ succeeded: 100, already: 0, skipped: 0, failed: 0, unknown: 0 });
  });

  it.each(['lost', 'cut', 'http504', 'truncated'] as const)(
    'reads back after an answer that was lost (%s)',
    async (kind) => {
      const { control } = scene.twin;
      const group = control.addGroup({ displayName: 'Risky' });
      const ids = people(scene.twin, 100);
      control.inject({ kind, match: isBatch, times: 1 });
      const { runId, run } = await add(ids, group);
      expect(run.counts).toEqual({ succeeded: 100, already: 0, skipped: 0, failed: 0, unknown: 0 });
      expect(control.members(group.id)).toEqual(new Set(ids));
      expect(control.requestLog.filter(isAdding)).toHaveLength(5);
      expect((await scene.steps(runId)).every(({ reason }) => reason?.includes('reading back') === true)).toBe(true);
    },
  );

  it.each(['reset', 'http500', 'http503', 'html502', 'garbage'] as const)(
    'sends again what did not take effect (%s)',
    async (kind) => {
      const { control } = scene.twin;
      const group = control.addGroup({ displayName: 'Risky' });
      const ids = people(scene.twin, 100);
      control.inject({ kind, match: isPatchOfGroup, times: 3 });
      const { run } = await add(ids, group);
      expect(run.counts).toEqual({ succeeded: 100, already: 0, skipped: 0, failed: 0, unknown: 0 });
      expect(control.members(group.id)).toEqual(new Set(ids));
    },
  );

  it('gives up on a user whom Graph loses again and again: failed, with the reason', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    control.inject({ kind: 'http503', match: (method, path) => method !== 'GET' && path.startsWith('/groups/') });
    const { runId, run } = await add(people(scene.twin, 3), group);
    expect(run).toMatchObject({ state: 'completed', counts: { failed: 3, unknown: 0 } });
    expect((await scene.steps(runId))[0]?.reason).toContain('Sent 5 times without effect');
  });
});

describe('creating the group', () => {
  const target = { mode: 'create', name: 'Zürich & Co. <risky>', kind: 'security' } as const;

  async function addToNew(
    ids: readonly string[],
    group: typeof target | { mode: 'create'; name: string; kind: 'm365' } = target,
  ) {
    const head = await scene.plan({ kind: 'add-to-group', ids, group, members: new Set() });
    const { runId, done } = await scene.executor.run(head.planId, { confirm: null });
    return { runId, run: await done };
  }
  const named = (name: string) => scene.twin.control.groups().filter((group) => group.displayName === name);

  it('creates it with a legal nickname, keeps its id and fills it', async () => {
    const ids = people(scene.twin, 25);
    const { runId, run } = await addToNew(ids);
    const [group] = named(target.name);
    expect(run).toMatchObject({
      state: 'completed',
      counts: { succeeded: 25 },
      group: { mode: 'existing', id: group?.id },
    });
    expect(group?.mailNickname).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(scene.told.created).toEqual([{ action: 'Contain', id: group?.id, name: target.name }]);
    const { rows } = await scene.journal.list({ runId, event: 'group' }, { limit: 10 });
    expect(rows.map(({ event }) => event)).toEqual(['group.created', 'group.creating']);
    expect(rows[0]?.detail).toContain(group?.id);
  });

  it('makes a Microsoft 365 group where that is wanted, though a security group has the name', async () => {
    scene.twin.control.addGroup({ displayName: 'Both' });
    const { run } = await addToNew(people(scene.twin, 2), { mode: 'create', name: 'Both', kind: 'm365' });
    expect(run.state).toBe('completed');
    expect(named('Both').map(({ groupTypes }) => groupTypes)).toEqual([[], ['Unified']]);
  });

  it('uses the group that has the name and the type, when there is exactly one', async () => {
    const group = scene.twin.control.addGroup({ displayName: target.name });
    scene.twin.control.addGroup({ displayName: target.name.toUpperCase() });
    const { run } = await addToNew(people(scene.twin, 2));
    expect(run).toMatchObject({ state: 'completed', group: { mode: 'existing', id: group.id } });
    expect(named(target.name)).toHaveLength(1);
  });

  it('refuses to guess between two', async () => {
    scene.twin.control.addGroup({ displayName: target.name });
    scene.twin.control.addGroup({ displayName: target.name });
    const { run } = await addToNew(people(scene.twin, 2));
    expect(run).toMatchObject({ state: 'stopped', left: 2 });
    expect(run.message).toContain('2 groups of this type are named');
    expect(run.message).toContain('Choose one of them');
  });

  it.each(['lost', 'http504', 'reset', 'http503'] as const)('makes one group when the answer is %s', async (kind) => {
    scene.twin.control.inject({ kind, match: (method, path) => method === 'POST' && path === '/groups', times: 1 });
    const ids = people(scene.twin, 2);
    const { run } = await addToNew(ids);
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: 2 } });
    const [group, ...more] = named(target.name);
    expect(more).toEqual([]);
    expect(scene.twin.control.members(group?.id ?? '')).toEqual(new Set(ids));
  });

  it('waits while the new group replicates', async () => {
    scene.twin.control.setReplication(100);
    const { run } = await addToNew(people(scene.twin, 30));
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: 30, failed: 0 } });
  });

  it('stops, and blames nobody, where Graph shows the group and finds it for no write', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Half there' });
    const shown = group.visibleAt;
    // Before each request inside a batch: the group is there for reads alone.
    const match = (method: string) => {
      Object.assign(group, { visibleAt: method === 'GET' ? shown : Number.POSITIVE_INFINITY });
      return false;
    };
    control.inject({ kind: 'slow', match });
    const { runId, run } = await add(people(scene.twin, 30), group);
    expect(run).toMatchObject({ state: 'stopped', left: 30, counts: { failed: 0, unknown: 0 } });
    expect(run.message).toContain('Graph shows the group "Half there"');
    control.clearFaults();
    Object.assign(group, { visibleAt: shown });
    const { done } = await scene.executor.resume(runId);
    expect(await done).toMatchObject({ state: 'completed', counts: { succeeded: 30, failed: 0 } });
  });

  it('ends at a protected group that it would have reused', async () => {
    const group = scene.twin.control.addGroup({ displayName: target.name });
    const head = await scene.plan({
      kind: 'add-to-group',
      ids: people(scene.twin, 2),
      group: target,
      members: new Set(),
    });
    scene.settings = { ...scene.settings, guardrails: { ...scene.settings.guardrails, protectedGroups: [group.id] } };
    const run = await (await scene.executor.run(head.planId, { confirm: null })).done;
    expect(run).toMatchObject({ state: 'stopped', left: 2 });
    expect(run.message).toContain('protected');
    expect(scene.twin.control.members(group.id).size).toBe(0);
  });
});

describe('removing', () => {
  it('removes members, and never the users', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 65);
    for (const id of ids.slice(0, 50)) control.addMember(group.id, id);
    const { run } = await remove(ids, group);
    expect(run.counts).toEqual({ succeeded: 50, already: 15, skipped: 0, failed: 0, unknown: 0 });
    expect(control.members(group.id).size).toBe(0);
    expect(ids.every((id) => control.user(id)?.isDeleted === false)).toBe(true);
  });

  it('checks membership after a 404: who left in between was so already', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 10);
    for (const id of ids) control.addMember(group.id, id);
    const [left = '', gone = ''] = ids;
    justBefore(isDelete, () => {
      control.removeMember(group.id, left);
      control.dropUser(gone);
    });
    const { runId, run } = await remove(ids, group);
    expect(run.counts).toEqual({ succeeded: 8, already: 2, skipped: 0, failed: 0, unknown: 0 });
    expect((await scene.outcomes(runId)).get(left)).toMatchObject({ state: 'already', httpStatus: 404 });
  });

  it('reads back after lost answers and claims what it did', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 60);
    for (const id of ids) control.addMember(group.id, id);
    control.inject({ kind: 'lost', match: isBatch, times: 1 });
    control.inject({ kind: 'http503', match: isDelete, times: 7 });
    const { run } = await remove(ids, group);
    expect(run.counts).toEqual({ succeeded: 60, already: 0, skipped: 0, failed: 0, unknown: 0 });
    expect(control.members(group.id).size).toBe(0);
  });

  it('stops when the group is deleted in the middle', async () => {
    const { control } = scene.twin;
    const group = control.addGroup({ displayName: 'Risky' });
    const ids = people(scene.twin, 30);
    for (const id of ids) control.addMember(group.id, id);
    justBefore(isDelete, () => control.removeGroup(group.id));
    const { run } = await remove(ids, group);
    expect(run).toMatchObject({ state: 'stopped', counts: { succeeded: 0, failed: 0 } });
    expect(run.message).toContain('was deleted');
  });
});

function isAdding({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'PATCH' || (method === 'POST' && path.endsWith('/members/$ref'));
}
