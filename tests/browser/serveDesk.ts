/**
 * The browser host as on an analyst's desk: a data folder that stays, and a tenant somewhere else, over HTTP.
 * `node tests/browser/serveDesk.ts PAGES DATA_DIR`. The secret is read from RISKDESK_TEST_SECRET. Tells its parent the
 * address; may be killed at any moment and started again on the same folder.
 */
import { resolve } from 'node:path';
import { openCore } from '../../electron/core/core.ts';
import { serveLoopback } from '../../electron/hosts/loopback/server.ts';
import { corePorts } from '../harness/corePorts.ts';

const [pages = '', dataDir = ''] = process.argv.slice(2);
const core = await openCore({ ...corePorts(process.env), dataDir, host: 'loopback', who: 'analyst' });
const server = await serveLoopback(core, resolve(pages));
process.send?.(server.url);

async function end(): Promise<void> {
  await server.close();
  await core.close();
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('disconnect', () => void end());
