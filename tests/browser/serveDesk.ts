/**
 * The browser host as on an analyst's desk: a data folder that stays, and a tenant somewhere else, over HTTP.
 * `node tests/browser/serveDesk.ts PAGES DATA_DIR`. The secret is read from RISKDESK_TEST_SECRET. Tells its parent the
 * address; may be killed at any moment and started again on the same folder.
 */
import { resolve } from 'node:path';
import { newId, systemClock } from '../../electron/adapters/clock.ts';
import { nodeTransport } from '../../electron/adapters/network.ts';
import { nodeOutside } from '../../electron/adapters/outside.ts';
import { makeTokenSource } from '../../electron/adapters/signIn.ts';
import { openCore } from '../../electron/core/core.ts';
import { serveLoopback } from '../../electron/hosts/loopback/server.ts';

const [pages = '', dataDir = ''] = process.argv.slice(2);
const transport = nodeTransport();
const log = () => undefined;
const core = await openCore({
  dataDir,
  version: '0.0.0-test',
  host: 'loopback',
  platform: process.platform,
  who: 'analyst',
  transport,
  makeTokenSource: makeTokenSource({ transport, clock: systemClock, log }),
  credentials: {
    available: async () => ({ ok: false, why: 'This test runs without a keychain.' }),
    get: async () => null,
    set: async () => undefined,
    delete: async () => undefined,
  },
  outside: nodeOutside(process.env),
  clock: systemClock,
  newId,
  log,
  notify: () => undefined,
  workers: true,
  readOnly: null,
});
const server = await serveLoopback(core, resolve(pages));
process.send?.(server.url);

async function end(): Promise<void> {
  await server.close();
  await core.close();
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('disconnect', () => void end());
