/** The real core on a temporary folder, connected to a twin in another process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { openCore } from '../../electron/core/core.ts';
import type { SyncReport } from '../../shared/model/sync.ts';
import { corePorts } from '../harness/corePorts.ts';
import type { TwinProcess } from './twinProcess.ts';

export async function openBenchCore(twin: TwinProcess, dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-bench-'))) {
  const core = await openCore({ ...corePorts({ SECRET: twin.secret }), dataDir, host: 'cli', who: 'bench' });
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
