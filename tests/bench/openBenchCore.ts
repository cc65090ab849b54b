/** The real core on a temporary folder, connected to a twin in another process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { newId, systemClock } from '../../electron/adapters/clock.ts';
import { nodeTransport } from '../../electron/adapters/network.ts';
import { nodeOutside } from '../../electron/adapters/outside.ts';
import { makeTokenSource } from '../../electron/adapters/signIn.ts';
import { openCore } from '../../electron/core/core.ts';
import type { SyncReport } from '../../shared/model/sync.ts';
import type { TwinProcess } from './twinProcess.ts';

export async function openBenchCore(twin: TwinProcess, dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-bench-'))) {
  const transport = nodeTransport();
  const log = () => undefined;
  const core = await openCore({
    dataDir,
    version: '0.0.0-bench',
    host: 'cli',
    platform: process.platform,
    who: 'bench',
    transport,
    makeTokenSource: makeTokenSource({ transport, clock: systemClock, log }),
    credentials: {
      available: async () => ({ ok: false, why: 'not measured' }),
      get: async () => null,
      set: async () => undefined,
      delete: async () => undefined,
    },
    outside: nodeOutside({ SECRET: twin.secret }),
    clock: systemClock,
    newId,
    log,
    notify: () => undefined,
    workers: true,
    readOnly: null,
  });
  const client = createRouterClient(core.router, { context: {} });
  const known = await client.connections.list();
  if (known.length === 0) {
    await client.connections.add({
      name: 'bench',
      tenant: twin.tenant,
      client: twin.client,
      authorityUrl: twin.authorityUrl,
      graphUrl: twin.graphUrl,
      credential: { kind: 'secret-env', variable: 'SECRET' },
    });
  }
  return {
    core,
    client,
    dataDir,
    /** Syncs and resolves with the report. */
    async sync(full = false): Promise<SyncReport> {
      await client.sync.start({ connection: 'bench', full });
      let last: SyncReport | null = null;
      for await (const state of await client.sync.watch({ connection: 'bench' })) {
        if (state.running === null) last = state.last;
      }
      if (last === null || !last.complete) throw new Error(`The sync did not complete: ${last?.message}`);
      return last;
    },
    async close(keep = false): Promise<void> {
      await core.close();
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
