/** A sync that is cut off goes on where it stood; a place that is no longer good makes it begin again by itself. */
import { afterEach, describe, expect, it } from 'vitest';
import { nodeTransport } from '../../../electron/adapters/network.ts';
import type { Transport } from '../../../electron/core/ports.ts';
import type { FaultKind } from '../../../electron/twin/faults.ts';
import { listed, openSyncScene, type SyncScene, testClock } from './scene.ts';

let scene: SyncScene;
afterEach(() => scene.close());

const open = (twin: Parameters<typeof openSyncScene>[0] & object = {}) =>
  openSyncScene({ clock: testClock({ times: 40 }), ...twin });

/** Pages that were answered, by their position: the first one has no token. */
const answered = (): number => scene.pages().filter(({ status, fault }) => status === 200 && fault === null).length;

describe('after the network was lost', () => {
  it('the next sync goes on from the page that was missing, in the totals of the first', async () => {
    scene = await open({ twin: { users: 5_000 } });
    scene.fault('reset', { after: 4 });
    const first = await scene.sync();
    expect(first).toMatchObject({ complete: false, errorCode: 'offline', users: 2_000, added: 2_000, requests: 10 });
    expect(first.message).toMatch(/could not reach 127\.0\.0\.1.*the next sync goes on from there/);
    expect(scene.cached()).toHaveLength(2_000);
    scene.control.clearFaults();
    scene.control.resetCounters();
    await scene.test.reopen();
    const second = await scene.sync();
    expect(second).toMatchObject({ complete: true, kind: 'full', users: 5_000, added: 5_000, requests: 16, gone: 0 });
    expect(second.syncId).toBe(first.syncId);
    expect(second.durationMs).toBeGreaterThan(first.durationMs);
    expect(scene.pages()).toHaveLength(6);
    scene.expectSame();
  });

  it('says that it is resumed, and how far it was', async () => {
    scene = await open({ twin: { users: 5_000 } });
    scene.fault('reset', { after: 4 });
    await scene.sync();
    scene.control.clearFaults();
    scene.fault('slow');
    const state = await scene.begin();
    expect(state.running).toMatchObject({ kind: 'full', resumed: true });
    const pages: number[] = [];
    for await (const { running } of await scene.client.sync.watch({ connection: 'contoso' })) {
      if (running !== null && running.pages > 0) pages.push(running.pages);
    }
    expect(pages[0]).toBe(5);
    expect(pages.at(-1)).toBe(10);
  });

  it('nobody is marked as gone by what was not read', async () => {
    scene = await open({ twin: { users: 2_000 } });
    await scene.sync();
    scene.control.dropUser(scene.control.userAt(1_900).id);
    scene.fault('reset', { after: 2 });
    expect(await scene.sync({ full: true })).toMatchObject({ complete: false, gone: 0, users: 2_000 });
    expect(scene.cached()).toHaveLength(2_000);
    scene.control.clearFaults();
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'full', gone: 1, users: 1_999 });
    scene.expectSame();
  });

  it('an incremental one goes on, too', async () => {
    scene = await open({ twin: { users: 3_000 } });
    await scene.sync();
    scene.control.advance(20 * 60_000);
    scene.control.changeRisk(() => true, { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'generic' });
    scene.fault('reset', { after: 3 });
    expect(await scene.sync()).toMatchObject({ complete: false, kind: 'incremental', changed: 1_500 });
    scene.control.clearFaults();
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'incremental', changed: 3_000, users: 3_000 });
    // Three pages and the link behind an exactly full last one.
    expect(scene.pages()).toHaveLength(4);
    scene.expectSame();
  });

  it('a sync that cannot even begin leaves the cache, and a message', async () => {
    scene = await open({ twin: { users: 900 } });
    await scene.sync();
    await scene.test.server.close();
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: false, errorCode: 'offline', users: 900, added: 0, gone: 0 });
    expect(scene.cached()).toHaveLength(900);
  });
});

describe('stopped by a person', () => {
  it('keeps what was read, and goes on', async () => {
    scene = await open({ twin: { users: 5_000 } });
    scene.fault('slow');
    await scene.begin();
    for await (const { running } of await scene.client.sync.watch({ connection: 'contoso' })) {
      if ((running?.pages ?? 0) >= 3) break;
    }
    const { running, last } = await scene.client.sync.stop({ connection: 'contoso' });
    expect(running).toBeNull();
    expect(last).toMatchObject({ complete: false, errorCode: 'cancelled' });
    const kept = scene.cached().length;
    expect(last?.users).toBe(kept);
    expect(kept).toBeGreaterThanOrEqual(1_500);
    expect(kept).toBeLessThan(5_000);
    scene.control.clearFaults();
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ complete: true, added: 5_000, users: 5_000 });
    expect(scene.pages()).toHaveLength((5_000 - kept) / 500);
    scene.expectSame();
  });

  it('at once, before the first page, does no harm', async () => {
    scene = await open({ twin: { users: 1_000 } });
    await scene.begin();
    const { last } = await scene.client.sync.stop({ connection: 'contoso' });
    expect(last).toMatchObject({ complete: false, errorCode: 'cancelled', users: 0 });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 1_000, added: 1_000 });
    scene.expectSame();
  });

  it('with nothing under way just tells the state', async () => {
    scene = await open({ twin: { users: 10 } });
    expect(await scene.client.sync.stop({ connection: 'contoso' })).toMatchObject({ running: null, last: null });
  });
});

describe('when the place where it stood is no longer good', () => {
  it('a link that expired between two processes: begins again, and is complete', async () => {
    scene = await open({ twin: { users: 5_000, linkLifetimeMs: 60_000 } });
    scene.fault('reset', { after: 4 });
    await scene.sync();
    scene.control.clearFaults();
    scene.control.advance(120_000);
    scene.control.resetCounters();
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, kind: 'full', users: 5_000, added: 5_000, gone: 0, requests: 21 });
    expect(scene.pages()).toHaveLength(11);
    scene.expectSame();
    // The report is the same for whoever asks later.
    await scene.test.reopen();
    expect((await scene.client.sync.state())[0]?.last).toEqual(report);
  });

  it('a link that expires in the middle: begins again, and is complete', async () => {
    scene = await open({ twin: { users: 5_000 } });
    scene.fault('expired-link', { after: 5, times: 1 });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 5_000, added: 5_000, requests: 17 });
    scene.expectSame();
  });

  it('an incremental one begins again with the same filter', async () => {
    scene = await open({ twin: { users: 2_500 } });
    await scene.sync();
    scene.control.advance(20 * 60_000);
    scene.control.changeRisk(() => true, { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'generic' });
    scene.fault('expired-link', { after: 2, times: 1 });
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'incremental', changed: 2_500 });
    scene.expectSame();
  });

  it('a filter that the server refuses: reads everything', async () => {
    // The tenant refuses no correct filter, so a proxy in between does.
    const proxied = nodeTransport();
    const transport: Transport = async (url, init) => {
      if (!url.includes('filter=')) return proxied(url, init);
      const error = { code: 'Request_UnsupportedQuery', message: 'The filter is not supported.' };
      return new Response(JSON.stringify({ error }), { status: 400 });
    };
    scene = await open({ twin: { users: 1_200 }, transport });
    await scene.sync();
    scene.control.changeRisk(1, { riskLevel: 'high', riskDetail: 'generic' });
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'full', changed: 1, requests: 4 });
    scene.expectSame();
  });

  it('links that always expire end the sync, with what was read', async () => {
    scene = await open({ twin: { users: 2_000 } });
    scene.fault('expired-link');
    scene.control.resetCounters();
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: false, errorCode: 'graph-refused', users: 500, added: 500 });
    expect(report.message).toMatch(/Directory_ExpiredPageToken/);
    expect(scene.pages().length).toBeLessThanOrEqual(6);
    scene.control.clearFaults();
    expect(await scene.sync()).toMatchObject({ complete: true, users: 2_000 });
    scene.expectSame();
  });
});

describe('a page that is not what it should be', () => {
  const cases: readonly [FaultKind, RegExp][] = [
    ['garbage', /is not JSON/],
    ['truncated', /is not JSON/],
    ['cut', /could not reach/],
    ['html502', /Graph failed on 'list risky users' \(502\)/],
    ['http503', /503/],
    ['repeat-link', /names a next page that was read already/],
  ];

  it.each(cases)('%s: is asked for again, then ends the sync with a clear message', async (kind, message) => {
    scene = await open({ twin: { users: 2_000 } });
    scene.fault(kind, { after: 2 });
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: false, users: 1_000, gone: 0 });
    expect(report.message).toMatch(message);
    expect(report.message).toMatch(/the next sync goes on from there/);
    const tries = scene.pages().length - 2;
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(tries).toBeLessThanOrEqual(6);
    scene.control.clearFaults();
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ complete: true, users: 2_000, added: 2_000 });
    expect(scene.pages()).toHaveLength(2);
    scene.expectSame();
  });

  it.each(cases)('%s, twice: is asked for again and the sync is complete', async (kind) => {
    scene = await open({ twin: { users: 2_000 } });
    scene.fault(kind, { after: 2, times: 2 });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 2_000, added: 2_000, requests: 6 });
    scene.expectSame();
  });

  it('one that stays garbage where the sync stood: the list is read from its beginning instead', async () => {
    scene = await open({ twin: { users: 2_000 } });
    scene.fault('reset', { after: 2 });
    await scene.sync();
    scene.control.clearFaults();
    scene.control.inject({ kind: 'garbage', match: (_method, _path, query) => query.includes('skiptoken'), times: 6 });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 2_000, added: 2_000 });
    scene.expectSame();
  });
});

describe('a filtered list whose last page is exactly full', () => {
  async function changedThousand(): Promise<void> {
    scene = await open({ twin: { users: 3_000 } });
    const { watermark } = await scene.sync();
    // Those whom the filter finds anyway are among the thousand, or there would be more of them.
    const since = new Date(Date.parse(watermark ?? '') - 10 * 60_000).toISOString();
    const all = listed(scene.control);
    const found = all.filter((user) => user.riskLastUpdatedDateTime >= since.slice(0, 19));
    const ids = new Set([...found, ...all].map(({ id }) => id).slice(0, 1_000 + found.length));
    for (const id of [...ids].slice(1_000)) ids.delete(id);
    scene.control.advance(20 * 60_000);
    scene.control.changeRisk((user) => ids.has(user.id), {
      riskLevel: 'high',
      riskState: 'atRisk',
      riskDetail: 'generic',
    });
    scene.control.resetCounters();
  }

  it('is complete, although its last link leads nowhere', async () => {
    await changedThousand();
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'incremental', changed: 1_000, requests: 3 });
    expect(scene.pages().map(({ status }) => status)).toEqual([200, 200, 400]);
    scene.expectSame();
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'incremental', changed: 0 });
  });

  it('is complete when it is resumed just there', async () => {
    await changedThousand();
    scene.fault('reset', { after: 2 });
    expect(await scene.sync()).toMatchObject({ complete: false, changed: 1_000 });
    scene.control.clearFaults();
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'incremental', changed: 1_000, users: 3_000 });
    expect(scene.pages().map(({ status }) => status)).toEqual([400]);
    expect(answered()).toBe(0);
    scene.expectSame();
  });
});
