/** Full and incremental syncs: what is asked of Graph, what is counted, and which clock decides. */
import { afterEach, describe, expect, it } from 'vitest';
import { filterOf, openSyncScene, type SyncScene, testClock } from './scene.ts';

const day = 24 * 3_600_000;
let scene: SyncScene;
afterEach(() => scene.close());

const watermarkOf = ({ watermark }: { readonly watermark: string | null }): number => Date.parse(watermark ?? '');

describe('a full sync', () => {
  it('fills users and scores in one pass, and counts what it did', async () => {
    scene = await openSyncScene({ twin: { users: 1_700 } });
    const report = await scene.sync();
    expect(report).toMatchObject({
      complete: true,
      kind: 'full',
      users: 1_700,
      added: 1_700,
      changed: 0,
      gone: 0,
      skipped: 0,
      repaired: 0,
      requests: 4,
      throttled: 0,
      message: null,
      errorCode: null,
    });
    expect(report.durationMs).toBeGreaterThan(0);
    scene.expectSame();
    const scores = new Map([
      ['high', 375],
      ['medium', 625],
      ['low', 875],
    ]);
    for (const { level, score } of scene.cached()) expect(score).toBe(scores.get(level) ?? null);
    const [first] = scene.pages();
    expect(new URL(first?.path ?? '', 'http://twin').searchParams.get('$top')).toBe('500');
    expect(new URL(first?.path ?? '', 'http://twin').searchParams.get('$select')).toMatch(/^id,(\w+,)+isProcessing$/);
    expect(scene.control.requestLog.find(({ kind }) => kind === 'riskyUsers.list')?.headers).toMatchObject({
      prefer: 'include-unknown-enum-members',
      'x-ms-throttle-priority': 'Low',
    });
  });

  it('of an empty tenant is complete', async () => {
    scene = await openSyncScene({ twin: { users: 0 } });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 0, added: 0, requests: 1 });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 0 });
  });

  it('shows pages, users and an ETA from the second one on', async () => {
    scene = await openSyncScene({ twin: { users: 3_000 } });
    await scene.begin();
    const first: (number | null)[] = [];
    for await (const { running } of await scene.client.sync.watch({ connection: 'contoso' })) {
      if (running !== null) first.push(running.etaSeconds);
    }
    expect(first.every((eta) => eta === null)).toBe(true);

    scene.fault('slow');
    await scene.begin({ full: true });
    const seen: { pages: number; eta: number | null; expected: number | null }[] = [];
    for await (const { running } of await scene.client.sync.watch({ connection: 'contoso' })) {
      if (running !== null)
        seen.push({ pages: running.pages, eta: running.etaSeconds, expected: running.pagesExpected });
    }
    expect(seen.every(({ expected }) => expected === 6)).toBe(true);
    const early = seen.find(({ pages }) => pages === 2);
    expect(early?.eta).toBeGreaterThanOrEqual(1);
    expect(early?.eta).toBeLessThanOrEqual(4);
    const pages = seen.map((one) => one.pages);
    expect(pages).toEqual([...pages].sort((a, b) => a - b));
  });
});

describe('the next sync', () => {
  it('asks only for what changed: from ten minutes before the watermark', async () => {
    scene = await openSyncScene({ twin: { users: 20_000 } });
    const first = await scene.sync();
    expect(first.requests).toBe(40);
    scene.control.advance(20 * 60_000);
    const changed = scene.control.changeRisk(200, { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'generic' });
    const before = new Map(scene.cached().map((user) => [user.objectId, user]));
    scene.control.resetCounters();
    const next = await scene.sync();
    expect(next).toMatchObject({ complete: true, kind: 'incremental', users: 20_000, added: 0, gone: 0 });
    expect(next.requests).toBeLessThanOrEqual(Math.ceil(40 / 100) + 3);
    expect(next.requests).toBe(scene.pages().length);
    const really = scene.rows<{ n: number }>('SELECT count(*) AS n FROM user_change WHERE sync = ?', next.syncId)[0]?.n;
    expect(next.changed).toBe(really);
    expect(next.changed).toBe(changed.length);
    const since = new Date(watermarkOf(first) - 10 * 60_000).toISOString();
    expect(filterOf(scene.pages()[0]?.path ?? '')).toBe(`riskLastUpdatedDateTime ge ${since}`);
    scene.expectSame();
    for (const user of scene.cached()) {
      if (!changed.includes(user.objectId)) expect(user).toEqual(before.get(user.objectId));
    }
    expect(watermarkOf(next)).toBeGreaterThan(watermarkOf(first));
  });

  it('finds new users, and counts them as added', async () => {
    scene = await openSyncScene({ twin: { users: 1_000 } });
    await scene.sync();
    const ids = scene.control.addUsers(3);
    scene.control.changeRisk((user) => ids.includes(user.id), { riskLevel: 'high' });
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', added: 3, changed: 0, users: 1_003 });
    scene.expectSame();
  });

  it('with nothing new is one request', async () => {
    scene = await openSyncScene({ twin: { users: 600 } });
    await scene.sync();
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', requests: 1, added: 0, changed: 0, users: 600 });
  });
});

describe('the watermark', () => {
  it.each([
    ['five years ahead', 5 * 365 * day],
    ['five years behind', -5 * 365 * day],
    ['two days behind', -2 * day],
    ['eight months behind', -240 * day],
  ])('comes from the data with a clock that is %s', async (_name, by) => {
    scene = await openSyncScene({ twin: { users: 1_200 }, clock: testClock({ by: by }) });
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'full' });
    const changed = scene.control.changeRisk(12, { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'generic' });
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', requests: 1, changed: changed.length });
    const asked = /ge (.*)$/.exec(filterOf(scene.pages()[0]?.path ?? '') ?? '')?.[1] ?? '';
    const ages = scene.cached().map(({ updated }) => Date.now() - (updated ?? 0));
    const oldest = ages.sort((a, b) => a - b)[40] ?? 0;
    expect(Date.now() - Date.parse(asked)).toBeLessThan(Math.max(oldest, 2 * day));
    scene.expectSame();
  });

  it('is not moved by a row of the year 9999', async () => {
    scene = await openSyncScene({ twin: { users: 800 } });
    const odd = scene.control.userAt(3);
    scene.control.corruptUser(3, {
      id: odd.id,
      userPrincipalName: odd.userPrincipalName,
      riskLevel: 'high',
      riskState: 'atRisk',
      riskLastUpdatedDateTime: '9999-12-31T23:59:59.9999999Z',
    });
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, users: 800, skipped: 0 });
    expect(watermarkOf(report)).toBeLessThanOrEqual(Date.now());
    const changed = scene.control.changeRisk((user) => user.index === 9, { riskLevel: 'high', riskDetail: 'generic' });
    expect(changed).toHaveLength(1);
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', changed: 1 });
  });

  it('is not moved by a row of the year 9999 with a clock that is years behind', async () => {
    scene = await openSyncScene({ twin: { users: 800 }, clock: testClock({ by: -5 * 365 * day }) });
    for (const index of [3, 4]) {
      const { id } = scene.control.userAt(index);
      const riskLastUpdatedDateTime = index === 3 ? '9999-12-31T23:59:59Z' : '2999-01-01T00:00:00Z';
      scene.control.corruptUser(index, { id, riskLevel: 'high', riskState: 'atRisk', riskLastUpdatedDateTime });
    }
    await scene.sync();
    scene.control.changeRisk((user) => user.index === 9, { riskLevel: 'high', riskDetail: 'generic' });
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', changed: 1 });
  });

  it('is not moved by what an incomplete sync brought', async () => {
    const clock = testClock({ times: 20 });
    scene = await openSyncScene({ twin: { users: 1_500 }, clock });
    await scene.client.settings.set({ key: 'sync.reconcileHours', value: 720 });
    const first = await scene.sync();
    scene.control.advance(20 * 60_000);
    scene.control.changeRisk(() => true, { riskLevel: 'low', riskState: 'atRisk', riskDetail: 'generic' });
    scene.fault('http500', { after: 1 });
    expect(await scene.sync()).toMatchObject({ complete: false, kind: 'incremental', changed: 500 });
    scene.control.clearFaults();
    // A day later its link is of no use.
    clock.by = 25 * 3_600_000;
    scene.control.resetCounters();
    const next = await scene.sync();
    expect(next).toMatchObject({ complete: true, kind: 'incremental', changed: 1_000 });
    const since = new Date(watermarkOf(first) - 10 * 60_000).toISOString();
    expect(filterOf(scene.pages()[0]?.path ?? '')).toBe(`riskLastUpdatedDateTime ge ${since}`);
    scene.expectSame();
    expect(watermarkOf(next)).toBeGreaterThan(watermarkOf(first));
  });

  it('reaches back to the start of a sync that took long, for users who changed behind its back', async () => {
    const clock = testClock({ times: 20 });
    scene = await openSyncScene({ twin: { users: 2_000 }, clock });
    scene.fault('reset', { after: 2 });
    expect(await scene.sync()).toMatchObject({ complete: false });
    scene.control.clearFaults();
    // Two hours pass before it goes on. Someone of the first page changes early, someone of the last page late.
    scene.control.advance(60_000);
    const [early] = scene.control.changeRisk((user) => user.index === 5, {
      riskLevel: 'high',
      riskState: 'confirmedCompromised',
    });
    clock.by = 2 * 3_600_000;
    scene.control.advance(2 * 3_600_000 - 60_000);
    scene.control.changeRisk((user) => user.index === 1_990, { riskLevel: 'high' });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 2_000 });
    expect(scene.cached().find(({ objectId }) => objectId === early)?.state).not.toBe('confirmedCompromised');
    expect(await scene.sync()).toMatchObject({ kind: 'incremental' });
    expect(scene.cached().find(({ objectId }) => objectId === early)?.state).toBe('confirmedCompromised');
    scene.expectSame();
  });
});
