/** What Graph refuses: throttling is waited out and counted; a missing right or licence ends the sync, not the cache. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RetryAfterForm } from '../../../electron/twin/faults.ts';
import { twinDefaults } from '../../../electron/twin/options.ts';
import { makeCertificate } from '../../harness/tls.ts';
import { openSyncScene, type SyncScene, testClock } from './scene.ts';

let scene: SyncScene;
afterEach(() => scene.close());

const refused = (): number => scene.pages().filter(({ status }) => status === 429).length;

describe('a throttled sync', () => {
  it('at 1 request/s without Retry-After is complete, and little slower than the limit', async () => {
    scene = await openSyncScene({ twin: { users: 3_000, requestsPerSecond: 1 } });
    const began = performance.now();
    const report = await scene.sync();
    const took = performance.now() - began;
    expect(report).toMatchObject({ complete: true, users: 3_000, added: 3_000 });
    expect(report.throttled).toBe(refused());
    expect(report.throttled).toBeGreaterThan(0);
    expect(report.requests).toBe(6 + report.throttled);
    expect(took).toBeGreaterThan(4_500);
    expect(took).toBeLessThan(12_000);
    scene.expectSame();
  });

  it.each<[RetryAfterForm]>([['none'], ['seconds'], ['date']])(
    'with a Retry-After of the form "%s" is complete, and nobody is lost',
    async (retryAfter) => {
      scene = await openSyncScene({ twin: { users: 2_500 } });
      const match = (_method: string, path: string): boolean => path.endsWith('/riskyUsers');
      scene.control.inject({ kind: 'http429', match, after: 2, times: 2, retryAfter, retryAfterSeconds: 2 });
      const report = await scene.sync();
      expect(report).toMatchObject({ complete: true, users: 2_500, added: 2_500, throttled: 2, requests: 7 });
      scene.expectSame();
      const times = scene.control.requestLog.filter(({ kind }) => kind === 'riskyUsers.list').map(({ at }) => at);
      const first = scene.pages().findIndex(({ status }) => status === 429);
      const pause = (times[first + 1] ?? 0) - (times[first] ?? 0);
      // A date has whole seconds, so that it may be up to one earlier.
      const least = retryAfter === 'none' ? 500 : retryAfter === 'seconds' ? 2_000 : 1_000;
      expect(pause).toBeGreaterThanOrEqual(least - 20);
      expect(pause).toBeLessThan(5_000);
    },
  );

  it('shows that it waits', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    const match = (_method: string, path: string): boolean => path.endsWith('/riskyUsers');
    scene.control.inject({ kind: 'http429', match, after: 1, times: 1, retryAfter: 'seconds', retryAfterSeconds: 3 });
    await scene.begin();
    const waits: number[] = [];
    for await (const { running } of await scene.client.sync.watch({ connection: 'contoso' })) {
      if (running?.waitingSeconds) waits.push(running.waitingSeconds);
    }
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3);
  });
});

describe('a sync that Graph refuses', () => {
  async function filled(): Promise<void> {
    scene = await openSyncScene({ twin: { users: 900 }, clock: testClock({ times: 20 }) });
    await scene.sync();
  }
  const nothing = { complete: false, users: 900, added: 0, changed: 0, gone: 0, skipped: 0 };

  it('for want of a licence leaves the cache, and says so', async () => {
    await filled();
    scene.control.setLicensed(false);
    for (const full of [false, true]) {
      const report = await scene.sync({ full });
      expect(report).toMatchObject({ ...nothing, errorCode: 'licence-missing' });
      expect(report.message).toMatch(/Microsoft Entra ID P2/);
      expect(scene.cached()).toHaveLength(900);
    }
    scene.control.setLicensed(true);
    expect(await scene.sync()).toMatchObject({ complete: true });
  });

  it('for want of a permission names it', async () => {
    await filled();
    scene.control.setRoles(['User.Read.All']);
    scene.control.revokeTokens();
    const report = await scene.sync();
    expect(report).toMatchObject({ ...nothing, errorCode: 'permission-missing' });
    expect(report.message).toMatch(/IdentityRiskyUser\.Read\.All/);
    expect(scene.cached()).toHaveLength(900);
  });

  it('with a wrong secret says which field, and never the secret', async () => {
    scene = await openSyncScene({ twin: { users: 900, secret: 'another~Secret' }, clock: testClock({ times: 20 }) });
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: false, users: 0, errorCode: 'auth-failed' });
    expect(report.message).toMatch(/secret/i);
    expect(JSON.stringify(report)).not.toContain(twinDefaults.secret);
    expect(scene.rows('SELECT 1 FROM risky_user')).toEqual([]);
  });

  it('with a certificate that is no longer there still shows what the cache holds', async () => {
    await filled();
    const file = join(scene.test.dataDir, 'app.pem');
    const { key, cert } = makeCertificate();
    writeFileSync(file, key + cert);
    await scene.client.connections.update({
      name: 'contoso',
      change: { credential: { kind: 'certificate', file } },
    });
    rmSync(file);
    const report = await scene.sync();
    expect(report).toMatchObject({ ...nothing, complete: false });
    expect(report.message).toContain(file);
    expect(scene.cached()).toHaveLength(900);
  });
});
