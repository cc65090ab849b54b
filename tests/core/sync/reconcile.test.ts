/** Who is gone, when everything is read again, and what the score range of a connection lets in. */
import { afterEach, describe, expect, it } from 'vitest';
import { openSyncScene, type SyncScene, testClock } from './scene.ts';

const hour = 3_600_000;
let scene: SyncScene;
afterEach(() => scene.close());

const drop = (...indices: readonly number[]): readonly string[] =>
  indices.map((index) => {
    const { id } = scene.control.userAt(index);
    scene.control.dropUser(id);
    return id;
  });

describe('a user that Entra no longer lists', () => {
  it('is gone after a complete full sync, and not before', async () => {
    scene = await openSyncScene({ twin: { users: 1_300 } });
    await scene.sync();
    const ids = drop(5, 600, 1_299);
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', gone: 0, users: 1_300 });
    expect(await scene.sync({ full: true })).toMatchObject({
      kind: 'full',
      gone: 3,
      users: 1_297,
      added: 0,
      changed: 0,
    });
    scene.expectSame();
    const kept = scene.rows<{ objectId: string }>(
      'SELECT t.object_id AS objectId FROM user_text t JOIN risky_user u ON u.id = t.id WHERE u.gone IS NOT NULL',
    );
    expect(kept.map(({ objectId }) => objectId).sort()).toEqual([...ids].sort());
    expect(await scene.sync({ full: true })).toMatchObject({ gone: 0, users: 1_297 });
  });

  it('is no longer gone when it comes back', async () => {
    scene = await openSyncScene({ twin: { users: 800 } });
    await scene.sync();
    const all = scene.cached();
    const row = scene.control.userAt(7);
    drop(7);
    await scene.sync({ full: true });
    expect(scene.cached()).toHaveLength(799);
    // The tenant cannot list a purged user again, so another row takes the id.
    scene.control.corruptUser(8, {
      id: row.id,
      userPrincipalName: row.userPrincipalName,
      userDisplayName: row.displayName,
      riskLevel: row.riskLevel,
      riskState: row.riskState,
      riskDetail: row.riskDetail,
      riskLastUpdatedDateTime: row.riskLastUpdatedDateTime,
    });
    expect(await scene.sync({ full: true })).toMatchObject({ added: 1, gone: 1, users: 799 });
    expect(scene.cached().find(({ objectId }) => objectId === row.id)).toEqual(
      all.find(({ objectId }) => objectId === row.id),
    );
    scene.control.corruptUser(8, undefined);
    expect(await scene.sync({ full: true })).toMatchObject({ added: 1, gone: 1, users: 799 });
    expect(scene.rows('SELECT 1 FROM user_text')).toHaveLength(800);
    scene.expectSame();
  });
});

describe('everything is read again', () => {
  it('when the last time is a day ago, or as long as the setting says', async () => {
    const clock = testClock();
    scene = await openSyncScene({ twin: { users: 300 }, clock });
    await scene.sync();
    const kinds: string[] = [];
    for (const hours of [23, 25, 25 + 23, 25 + 25]) {
      clock.by = hours * hour;
      kinds.push((await scene.sync()).kind);
    }
    expect(kinds).toEqual(['incremental', 'full', 'incremental', 'full']);
    await scene.client.settings.set({ key: 'sync.reconcileHours', value: 2 });
    clock.by += hour;
    expect((await scene.sync()).kind).toBe('incremental');
    clock.by += 1.1 * hour;
    expect((await scene.sync()).kind).toBe('full');
  });

  it('once when the clock was set back, and not for ever', async () => {
    const clock = testClock({ by: 400 * 24 * hour });
    scene = await openSyncScene({ twin: { users: 300 }, clock });
    await scene.sync();
    clock.by = 0;
    expect((await scene.sync()).kind).toBe('full');
    expect((await scene.sync()).kind).toBe('incremental');
    expect(Math.abs(Date.parse((await scene.client.sync.state())[0]?.dataAsOf ?? '') - Date.now())).toBeLessThan(
      60_000,
    );
  });
});

describe('the score range', () => {
  const levels = () => new Set(scene.cached().map(({ level }) => level));
  const count = (...wanted: readonly string[]): number => {
    let users = 0;
    for (let index = 0; index < 1_500; index += 1)
      if (wanted.includes(scene.control.userAt(index).riskLevel)) users += 1;
    return users;
  };
  const range = (min: number, max: number, unscored: boolean) =>
    scene.client.connections.update({ name: 'contoso', change: { scoreRange: { min, max, unscored } } });

  it('decides whom the cache keeps', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    await range(300, 700, false);
    const report = await scene.sync();
    const users = count('high', 'medium');
    expect(report).toMatchObject({ complete: true, users, added: users, gone: 0, skipped: 0, requests: 3 });
    expect(levels()).toEqual(new Set(['high', 'medium']));
  });

  it('bounds count as inside, and unscored users have a switch of their own', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    await range(375, 375, true);
    expect(await scene.sync()).toMatchObject({ users: 1_500 - count('medium', 'low') });
    expect(levels().has('low')).toBe(false);
    expect(levels().has('high')).toBe(true);
    expect(levels().has('none')).toBe(true);
  });

  it('widened, makes the next sync read everything; narrowed, lets people go', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    await range(0, 400, false);
    await scene.sync();
    expect((await scene.sync()).kind).toBe('incremental');
    await range(0, 1_000, true);
    expect(await scene.sync()).toMatchObject({ kind: 'full', users: 1_500, added: 1_500 - count('high') });
    scene.expectSame();
    expect((await scene.sync()).kind).toBe('incremental');
    await range(0, 700, true);
    expect(await scene.sync()).toMatchObject({ complete: true, users: 1_500 - count('low'), gone: count('low') });
    expect(levels().has('low')).toBe(false);
  });

  it('a user whose score leaves it goes, and one whose score enters it comes, without a full sync', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    await range(0, 500, false);
    const first = await scene.sync();
    scene.control.advance(20 * 60_000);
    const high = scene.cached()[0]?.objectId;
    let low: string | undefined;
    for (let index = 0; low === undefined; index += 1) {
      const user = scene.control.userAt(index);
      if (user.riskLevel === 'low') low = user.id;
    }
    scene.control.changeRisk((user) => user.id === high, { riskLevel: 'low' });
    scene.control.changeRisk((user) => user.id === low, { riskLevel: 'high' });
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', gone: 1, added: 1, users: first.users });
    const ids = new Set(scene.cached().map(({ objectId }) => objectId));
    expect(ids.has(high ?? '')).toBe(false);
    expect(ids.has(low ?? '')).toBe(true);
  });

  it('changed in the middle of a full sync, is not missed by it', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    await range(0, 400, false);
    scene.fault('slow');
    await scene.begin();
    for await (const { running } of await scene.client.sync.watch({ connection: 'contoso' })) {
      if ((running?.pages ?? 0) >= 1) break;
    }
    await range(0, 1_000, true);
    const report = await scene.finished();
    expect(report).toMatchObject({ complete: true, kind: 'full', users: 1_500, added: 1_500 });
    scene.expectSame();
    expect((await scene.sync()).kind).toBe('incremental');
  });

  it('changed while a first sync stands half way, is not missed by the one that would go on', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 }, clock: testClock({ times: 40 }) });
    await range(0, 400, false);
    scene.fault('reset', { after: 1 });
    expect(await scene.sync()).toMatchObject({ complete: false });
    scene.control.clearFaults();
    await range(0, 1_000, true);
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'full', users: 1_500, added: 1_500 });
    scene.expectSame();
  });
});
