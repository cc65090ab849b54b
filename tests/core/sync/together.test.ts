/** Several at once: callers of one sync, connections, a removal in the middle, and what a watcher sees. */
import { afterEach, describe, expect, it } from 'vitest';
import type { SyncState } from '../../../shared/model/sync.ts';
import { openSyncScene, type SyncScene, testClock } from './scene.ts';

let scene: SyncScene;
afterEach(() => scene.close());

async function pageOf(connection: string, pages: number): Promise<void> {
  for await (const { running } of await scene.client.sync.watch({ connection })) {
    if ((running?.pages ?? 0) >= pages) return;
  }
  throw new Error('the sync ended too early');
}

describe('two callers', () => {
  it('share one sync', async () => {
    scene = await openSyncScene({ twin: { users: 2_000 } });
    const [a, b] = await Promise.all([scene.begin({ full: true }), scene.begin({ full: true })]);
    expect(a.running?.kind).toBe('full');
    expect(b.running?.kind).toBe('full');
    expect((await scene.begin()).running).not.toBeNull();
    await scene.finished();
    expect(scene.pages()).toHaveLength(4);
    expect(scene.rows('SELECT 1 FROM sync')).toHaveLength(1);
  });

  it('are told busy when one wants everything and the other runs for what changed', async () => {
    scene = await openSyncScene({ twin: { users: 600 } });
    await scene.sync();
    scene.fault('slow');
    await scene.begin();
    await expect(scene.begin({ full: true })).rejects.toMatchObject({ code: 'busy' });
    expect(await scene.finished()).toMatchObject({ complete: true, kind: 'incremental' });
  });
});

describe('two connections', () => {
  it.each([[false], [true]])('sync at once, each with its own users (threads: %s)', async (workers) => {
    scene = await openSyncScene({ twin: { users: 4_000 }, workers });
    await scene.connect({ name: 'fabrikam', scoreRange: { min: 0, max: 400, unscored: false } });
    const [all, high] = await Promise.all([scene.sync(), scene.sync({ connection: 'fabrikam' })]);
    expect(all).toMatchObject({ complete: true, users: 4_000, added: 4_000 });
    const wanted = scene.cached().filter(({ level }) => level === 'high');
    expect(high).toMatchObject({ complete: true, users: wanted.length, added: wanted.length });
    expect(scene.cached('fabrikam')).toEqual(wanted);
    scene.expectSame();
    scene.control.dropUser(wanted[0]?.objectId ?? '');
    expect(await scene.sync({ full: true, connection: 'fabrikam' })).toMatchObject({ gone: 1 });
    expect(scene.cached()).toHaveLength(4_000);
  });
});

describe('a connection that is removed while it syncs', () => {
  it.each([[false], [true]])('leaves nothing, and the stream ends (threads: %s)', async (workers) => {
    scene = await openSyncScene({ twin: { users: 5_000 }, workers });
    await scene.connect({ name: 'fabrikam' });
    await scene.sync({ connection: 'fabrikam' });
    scene.fault('slow');
    await scene.begin();
    const watched = scene.finished();
    await pageOf('contoso', 2);
    const { removedUsers } = await scene.client.connections.remove({ name: 'contoso' });
    expect(removedUsers).toBeGreaterThanOrEqual(1_000);
    expect(await watched).toMatchObject({ complete: false, errorCode: 'cancelled' });
    const left = scene.rows<{ name: string }>(
      'SELECT DISTINCT c.name FROM risky_user u JOIN connection c ON c.id = u.connection',
    );
    expect(left).toEqual([{ name: 'fabrikam' }]);
    expect(scene.cached('fabrikam')).toHaveLength(5_000);
    await expect(scene.begin()).rejects.toMatchObject({ code: 'not-found' });
    scene.control.clearFaults();
    await scene.connect();
    expect(await scene.sync()).toMatchObject({ complete: true, kind: 'full', added: 5_000 });
  });
});

describe('a watcher', () => {
  it('gets the state at once, then the newest ones, and the end', async () => {
    scene = await openSyncScene({ twin: { users: 3_000 } });
    await scene.begin();
    const seen: SyncState[] = [];
    for await (const state of await scene.client.sync.watch({ connection: 'contoso' })) seen.push(state);
    expect(seen[0]?.running).not.toBeNull();
    expect(seen.at(-1)).toMatchObject({ running: null, last: { complete: true, users: 3_000 } });
    expect(seen.filter(({ running }) => running === null)).toHaveLength(1);
    const versions = seen.map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('that is slow misses versions, not the end', async () => {
    scene = await openSyncScene({ twin: { users: 5_000 } });
    await scene.begin();
    const seen: SyncState[] = [];
    for await (const state of await scene.client.sync.watch({ connection: 'contoso' })) {
      seen.push(state);
      if (seen.length === 1) await new Promise((resolve) => setTimeout(resolve, 3_000));
    }
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ running: null, last: { complete: true } });
  });

  it('that leaves does not stop the sync', async () => {
    scene = await openSyncScene({ twin: { users: 3_000 } });
    const leave = new AbortController();
    await scene.begin();
    const stream = await scene.client.sync.watch({ connection: 'contoso' }, { signal: leave.signal });
    for await (const _state of stream) break;
    leave.abort();
    expect(await scene.finished()).toMatchObject({ complete: true });
  });

  it('of a connection at rest gets its state and the end', async () => {
    scene = await openSyncScene({ twin: { users: 100 } });
    const states: SyncState[] = [];
    for await (const state of await scene.client.sync.watch({ connection: 'contoso' })) states.push(state);
    expect(states).toMatchObject([{ running: null, last: null, dataAsOf: null }]);
    const report = await scene.sync();
    const [state] = await scene.client.sync.state();
    expect(state).toMatchObject({ running: null, last: report, dataAsOf: report.finishedAt });
  });
});

describe('closing the program', () => {
  it('ends a sync so that the next one goes on', async () => {
    scene = await openSyncScene({ twin: { users: 5_000 }, clock: testClock({ times: 20 }) });
    scene.fault('slow');
    await scene.begin();
    await pageOf('contoso', 3);
    await scene.test.reopen();
    const before = scene.cached().length;
    expect(before).toBeGreaterThanOrEqual(1_500);
    expect((await scene.client.sync.state())[0]).toMatchObject({
      running: null,
      last: { complete: false, errorCode: 'cancelled', users: before },
      dataAsOf: null,
    });
    scene.control.clearFaults();
    scene.control.resetCounters();
    expect(await scene.sync()).toMatchObject({ complete: true, users: 5_000, added: 5_000 });
    expect(scene.pages()).toHaveLength((5_000 - before) / 500);
  });
});
