import { describe, expect, it } from 'vitest';
import { type Ask, tenant } from './client.ts';

const risky = '/identityProtection/riskyUsers';
const MINUTE = 60_000;

async function stateOf(ask: Ask, id: string) {
  const { body } = await ask('GET', `${risky}/${id}`);
  const { isProcessing, riskLevel, riskState, riskDetail } = body;
  return { isProcessing, riskLevel, riskState, riskDetail };
}

describe('risk actions', () => {
  it.each([
    ['confirmCompromised', 'high', 'confirmedCompromised', 'adminConfirmedUserCompromised'],
    ['confirmSafe', 'none', 'confirmedSafe', 'adminConfirmedAccountSafe'],
    ['dismiss', 'none', 'dismissed', 'adminDismissedAllRiskForUser'],
    ['microsoft.graph.dismiss', 'none', 'dismissed', 'adminDismissedAllRiskForUser'],
  ])('%s answers 204, processes, and shows after the delay', async (verb, riskLevel, riskState, riskDetail) => {
    const { twin, ask } = await tenant({ riskDelayMs: 5 * MINUTE });
    const [user] = twin.control.changeRisk(1, { riskLevel: 'medium', riskState: 'atRisk', riskDetail: 'none' });
    const id = user ?? '';
    const evolved = { Prefer: 'include-unknown-enum-members' };
    expect((await ask('POST', `${risky}/${verb}`, { body: { userIds: [id] } })).status).toBe(204);
    const before = { isProcessing: true, riskLevel: 'medium', riskState: 'atRisk', riskDetail: 'none' };
    expect(await stateOf(ask, id)).toEqual(before);
    twin.control.advance(5 * MINUTE - 1);
    expect(await stateOf(ask, id)).toEqual(before);
    twin.control.advance(1);
    const { body } = await ask('GET', `${risky}/${id}`, { headers: evolved });
    expect(body).toMatchObject({ isProcessing: false, riskLevel, riskState, riskDetail });
    expect(Date.parse(String(body.riskLastUpdatedDateTime))).toBe(twin.control.now());
  });

  it('shows several actions in the order in which they were accepted', async () => {
    const { twin, ask } = await tenant({ riskDelayMs: 3 * MINUTE });
    const { id } = twin.control.userAt(2);
    await ask('POST', `${risky}/confirmCompromised`, { body: { userIds: [id] } });
    twin.control.advance(MINUTE);
    await ask('POST', `${risky}/dismiss`, { body: { userIds: [id] } });
    twin.control.advance(2 * MINUTE);
    expect(await stateOf(ask, id)).toMatchObject({ isProcessing: true, riskState: 'confirmedCompromised' });
    twin.control.advance(MINUTE);
    expect(await stateOf(ask, id)).toMatchObject({ isProcessing: false, riskState: 'dismissed' });
  });

  it('takes 60 users and refuses 61, and does nothing then', async () => {
    const { twin, ask } = await tenant({ riskDelayMs: 0 });
    const living = Array.from({ length: 200 }, (_, index) => twin.control.userAt(index)).filter((u) => !u.isDeleted);
    const some = living.map((user) => user.id);
    expect((await ask('POST', `${risky}/dismiss`, { body: { userIds: some.slice(0, 60) } })).status).toBe(204);
    const refused = await ask('POST', `${risky}/dismiss`, { body: { userIds: some.slice(60, 121) } });
    expect(refused.status).toBe(400);
    expect(some.slice(60, 121).some((id) => twin.control.user(id)?.riskDetail === 'none')).toBe(true);
    expect(some.slice(0, 60).every((id) => twin.control.user(id)?.riskState === 'dismissed')).toBe(true);
  });

  it('refuses everything when one user is deleted, unknown or malformed', async () => {
    const { twin, ask } = await tenant({ riskDelayMs: 0 });
    const [good, gone, purged] = twin.control.changeRisk(3, { riskLevel: 'high', riskState: 'atRisk' });
    twin.control.deleteUser(gone ?? '');
    twin.control.dropUser(purged ?? '');
    const post = async (...userIds: readonly unknown[]) => ask('POST', `${risky}/confirmSafe`, { body: { userIds } });
    const deleted = await post(good, gone);
    expect([deleted.status, deleted.body.error.message.includes(gone ?? '-')]).toEqual([400, true]);
    expect((await post(good, purged)).status).toBe(404);
    expect((await post(good, '00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await post(good, 'not-a-guid')).status).toBe(400);
    expect((await post(good, null)).status).toBe(400);
    expect((await post()).status).toBe(400);
    expect(twin.control.user(good ?? '')?.riskState).toBe('atRisk');
    expect((await post(good, good)).status).toBe(204);
    expect(twin.control.user(good ?? '')?.riskState).toBe('confirmedSafe');
  });

  it('refuses bodies that are not what it takes', async () => {
    const { ask } = await tenant();
    const path = `${risky}/dismiss`;
    expect((await ask('POST', path, { body: { ids: [] } })).status).toBe(400);
    expect((await ask('POST', path, { body: [] })).status).toBe(400);
    expect((await ask('POST', path)).status).toBe(400);
    const plain = { headers: { 'Content-Type': 'text/plain' }, body: { userIds: [] } };
    expect((await ask('POST', path, plain)).body.error.message).toContain('content type');
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('a deleted user stays listed; a dropped one does not', async () => {
    const { twin, ask } = await tenant({ users: 3 });
    const [a, b] = [twin.control.userAt(0).id, twin.control.userAt(1).id];
    twin.control.deleteUser(a);
    twin.control.dropUser(b);
    const { body } = await ask('GET', risky);
    expect(body.value.map((row) => [row.id, row.isDeleted])).toEqual([
      [a, true],
      [twin.control.userAt(2).id, twin.control.userAt(2).isDeleted],
    ]);
    expect(twin.control.userCount()).toBe(2);
  });
});
