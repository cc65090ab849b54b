/**
 * A process that opens the core on a folder, syncs one connection and is perhaps killed in the middle. Arguments: one
 * JSON text. Prints `started`, then the report as JSON. Its exit code is 0 whatever the report says.
 */
import { createRouterClient } from '@orpc/server';
import { newId, systemClock } from '../../electron/adapters/clock.ts';
import { nodeTransport } from '../../electron/adapters/network.ts';
import { nodeOutside } from '../../electron/adapters/outside.ts';
import { makeTokenSource } from '../../electron/adapters/signIn.ts';
import { openCore } from '../../electron/core/core.ts';

type Job = {
  readonly dataDir: string;
  readonly connection: string;
  readonly full: boolean;
  readonly workers: boolean;
  /** Name of the environment variable that the connection's secret is in. */
  readonly variable: string;
};

const job = JSON.parse(process.argv[2] ?? '') as Job;
const log = () => undefined;
const transport = nodeTransport();
const core = await openCore({
  dataDir: job.dataDir,
  version: '0.0.0-test',
  host: 'cli',
  platform: process.platform,
  who: 'child',
  transport,
  makeTokenSource: makeTokenSource({ transport, clock: systemClock, log }),
  credentials: {
    available: async () => ({ ok: false, why: 'a child process of a test' }),
    get: async () => null,
    set: async () => undefined,
    delete: async () => undefined,
  },
  outside: nodeOutside({ [job.variable]: process.env[job.variable] }),
  clock: systemClock,
  newId,
  log,
  notify: () => undefined,
  workers: job.workers,
  readOnly: null,
});
const client = createRouterClient(core.router, { context: {} });
process.stdout.write('started\n');
await client.sync.start({ connection: job.connection, full: job.full });
for await (const state of await client.sync.watch({ connection: job.connection })) {
  if (state.running === null) process.stdout.write(`${JSON.stringify(state.last)}\n`);
}
await core.close();
