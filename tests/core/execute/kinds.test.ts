/** Risk actions, accounts, sessions, passwords and the log-only action: what is sent, and what each refusal ends in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../shared/model/action.ts';
import { openScene, people, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  expect(scene.twin.control.violations).toEqual([]);
  await scene.close();
});

async function act(kind: ActionKind, ids: readonly string[]) {
  const head = await scene.plan({ kind, ids });
  const { runId, done } = await scene.executor.run(head.planId, { confirm: head.counts.act });
  return { runId, run: await done };
}

const requests = (method: string, part: string) =>
  scene.twin.control.requestLog.filter((entry) => entry.method === method && entry.path.includes(part));

/** Users who are at risk, so that no risk action finds its state there already. */
function atRisk(count: number): string[] {
  const ids = people(scene.twin, count);
  const chosen = new Set(ids);
  scene.twin.control.changeRisk((user) => chosen.has(user.id), {
    riskLevel: 'high',
    riskState: 'atRisk',
    riskDetail: 'none',
  });
  return ids;
}

describe('risk actions', () => {
  it.each([
    ['confirm-compromised', 'confirmCompromised', 'confirmedCompromised'],
    ['confirm-safe', 'confirmSafe', 'confirmedSafe'],
    ['dismiss', '/dismiss', 'dismissed'],
  ] as const)('%s: 60 users a call', async (kind, path, state) => {
    const ids = atRisk(130);
    const { runId, run } = await act(kind, ids);
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: 130, failed: 0 } });
    expect(requests('POST', path)).toHaveLength(3);
    expect(requests('GET', 'riskyUsers')).toHaveLength(0);
    expect((await scene.steps(runId))[0]).toMatchObject({ httpStatus: 204, before: 'atRisk', after: state });
    scene.twin.control.advance(4 * 60_000);
    expect(ids.every((id) => scene.twin.control.user(id)?.riskState === state)).toBe(true);
  });

  it('bisects a refused call: deleted and unknown users fail, the others do not', async () => {
    const ids = atRisk(100);
    const [deleted = '', dropped = ''] = [ids[10], ids[70]];
    scene.twin.control.deleteUser(deleted);
    scene.twin.control.dropUser(dropped);
    const { runId, run } = await act('dismiss', ids);
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: 98, failed: 2, unknown: 0 } });
    const outcomes = await scene.outcomes(runId);
    expect(outcomes.get(dropped)).toMatchObject({ state: 'failed', httpStatus: 404 });
    expect(outcomes.get(deleted)?.state).toBe('failed');
    scene.twin.control.advance(4 * 60_000);
    const others = ids.filter((id) => id !== deleted && id !== dropped);
    expect(others.every((id) => scene.twin.control.user(id)?.riskState === 'dismissed')).toBe(true);
  });

  it.each(['lost', 'cut', 'http504'] as const)(
    'takes isProcessing for effect after an answer that was %s: not sent twice',
    async (kind) => {
      scene.twin.control.inject({
        kind,
        match: (method, path) => method === 'POST' && path.endsWith('/dismiss'),
        times: 1,
      });
      const { run } = await act('dismiss', atRisk(60));
      expect(run.counts).toEqual({ succeeded: 60, already: 0, skipped: 0, failed: 0, unknown: 0 });
      expect(requests('POST', '/dismiss')).toHaveLength(1);
    },
  );

  it.each(['reset', 'http503', 'html502'] as const)('sends again what had no effect (%s)', async (kind) => {
    scene.twin.control.inject({
      kind,
      match: (method, path) => method === 'POST' && path.endsWith('/dismiss'),
      times: 1,
    });
    const { run } = await act('dismiss', atRisk(60));
    expect(run.counts).toEqual({ succeeded: 60, already: 0, skipped: 0, failed: 0, unknown: 0 });
    const [first, second, ...more] = requests('POST', '/dismiss');
    expect(more).toHaveLength(0);
    // Graph may be slow to say that it processes a change: ten seconds, 200 times as fast here, come first.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10_000 / 200 - 1);
  });

  it('stops with the licence message where there is no P2', async () => {
    scene.twin.control.setLicensed(false);
    const { run } = await act('dismiss', atRisk(5));
    expect(run).toMatchObject({ state: 'stopped', left: 5, counts: { failed: 0, unknown: 0 } });
    expect(run.message).toContain('Microsoft Entra ID P2');
  });

  it('stops at a missing permission by name', async () => {
    scene.twin.control.setRoles(['IdentityRiskyUser.Read.All']);
    const { run } = await act('confirm-compromised', atRisk(5));
    expect(run).toMatchObject({ state: 'stopped', left: 5 });
    expect(run.message).toContain('IdentityRiskyUser.ReadWrite.All');
  });

  it('waits out 429 without Retry-After', async () => {
    scene.twin.control.inject({
      kind: 'http429',
      match: (method, path) => method === 'POST' && path.endsWith('/dismiss'),
      times: 4,
    });
    const { run } = await act('dismiss', atRisk(60));
    expect(run.counts).toMatchObject({ succeeded: 60, failed: 0 });
  });
});

describe('accounts', () => {
  it('disables who is enabled and leaves alone who is disabled already', async () => {
    const ids = people(scene.twin, 50);
    for (const id of ids) scene.twin.control.setAccountEnabled(id, true);
    for (const id of ids.slice(0, 10)) scene.twin.control.setAccountEnabled(id, false);
    const { runId, run } = await act('disable-account', ids);
    expect(run.counts).toEqual({ succeeded: 40, already: 10, skipped: 0, failed: 0, unknown: 0 });
    expect(ids.every((id) => scene.twin.control.user(id)?.accountEnabled === false)).toBe(true);
    expect(requests('PATCH', '/users/')).toHaveLength(40);
    expect((await scene.outcomes(runId)).get(ids[20] ?? '')).toMatchObject({ before: 'enabled', after: 'disabled' });
  });

  it('enables, and fails who does not exist', async () => {
    const ids = people(scene.twin, 25);
    for (const id of ids) scene.twin.control.setAccountEnabled(id, false);
    const [dropped = ''] = ids;
    scene.twin.control.dropUser(dropped);
    const { runId, run } = await act('enable-account', ids);
    expect(run.counts).toMatchObject({ succeeded: 24, failed: 1 });
    expect((await scene.outcomes(runId)).get(dropped)?.reason).toBe('The user no longer exists.');
  });

  it.each(['lost', 'reset', 'http503'] as const)('reads accountEnabled back after %s', async (kind) => {
    const ids = people(scene.twin, 30);
    for (const id of ids) scene.twin.control.setAccountEnabled(id, true);
    scene.twin.control.inject({
      kind,
      match: (method, path) => method === 'PATCH' && path.startsWith('/users/'),
      times: 5,
    });
    const { run } = await act('disable-account', ids);
    expect(run.counts).toEqual({ succeeded: 30, already: 0, skipped: 0, failed: 0, unknown: 0 });
    expect(requests('PATCH', '/users/')).toHaveLength(kind === 'lost' ? 30 : 35);
  });

  it('stops at a missing permission by name', async () => {
    scene.twin.control.setRoles(['User.Read.All']);
    const ids = people(scene.twin, 5);
    for (const id of ids) scene.twin.control.setAccountEnabled(id, true);
    const { run } = await act('disable-account', ids);
    expect(run).toMatchObject({ state: 'stopped', left: 5, counts: { failed: 0, unknown: 0 } });
    expect(run.message).toContain('User.EnableDisableAccount.All');
  });

  it('revokes sessions of everyone', async () => {
    const ids = people(scene.twin, 45);
    const { run } = await act('revoke-sessions', ids);
    expect(run.counts).toMatchObject({ succeeded: 45, failed: 0 });
    expect(ids.every((id) => scene.twin.control.revoked(id) !== null)).toBe(true);
  });

  it.each(['lost', 'reset', 'http503'] as const)(
    'revokes again when an answer was lost (%s): twice has the effect of once',
    async (kind) => {
      scene.twin.control.inject({
        kind,
        match: (method, path) => method === 'POST' && path.endsWith('/revokeSignInSessions'),
        times: 3,
      });
      const ids = people(scene.twin, 45);
      const { run } = await act('revoke-sessions', ids);
      expect(run.counts).toEqual({ succeeded: 45, already: 0, skipped: 0, failed: 0, unknown: 0 });
      expect(ids.every((id) => scene.twin.control.revoked(id) !== null)).toBe(true);
    },
  );

  it('keeps unknown what was lost again and again and cannot be read back', async () => {
    scene.twin.control.inject({
      kind: 'lost',
      match: (method, path) => method === 'POST' && path.endsWith('/revokeSignInSessions'),
    });
    const { run } = await act('revoke-sessions', people(scene.twin, 2));
    expect(run).toMatchObject({ counts: { succeeded: 0, failed: 0, unknown: 2 } });
  });

  it('requires a password change', async () => {
    const ids = people(scene.twin, 21);
    const { run } = await act('require-password-change', ids);
    expect(run.counts).toMatchObject({ succeeded: 21 });
    expect(ids.every((id) => scene.twin.control.user(id)?.forceChangePasswordNextSignIn === true)).toBe(true);
  });
});

describe('no action', () => {
  it('writes the users to the journal and sends nothing', async () => {
    const { runId, run } = await act('none', people(scene.twin, 30));
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: 30 } });
    expect((await scene.steps(runId)).every(({ reason }) => reason === 'logged')).toBe(true);
    expect(scene.twin.control.requests.http).toBeUndefined();
    const { total } = await scene.journal.list({ runId, event: 'step.succeeded' }, { limit: 1 });
    expect(total).toBe(30);
  });
});
