/**
 * A process that keeps the schedule of a data folder until it is killed, with a fast clock. Arguments: one JSON text. Prints
 * one JSON line whenever what it sees changed.
 */
import { createRouterClient } from '@orpc/server';
import { newId } from '../../electron/adapters/clock.ts';
import { nodeTransport } from '../../electron/adapters/network.ts';
import { nodeOutside } from '../../electron/adapters/outside.ts';
import { makeTokenSource } from '../../electron/adapters/signIn.ts';
import { openCore } from '../../electron/core/core.ts';
import { testClock } from '../core/schedule/scene.ts';

type Job = { readonly dataDir: string; readonly secretVariable: string; readonly secret: string };

const job = JSON.parse(process.argv[2] ?? '') as Job;
const clock = testClock();
const transport = nodeTransport();
const log = () => undefined;
const core = await openCore({
  dataDir: job.dataDir,
  version: '0.0.0-test',
  host: 'cli',
  platform: process.platform,
  who: 'child',
  transport,
  makeTokenSource: makeTokenSource({ transport, clock, log }),
  credentials: {
    available: async () => ({ ok: false, why: 'this test runs without a keychain' }),
    get: async () => null,
    set: async () => undefined,
    delete: async () => undefined,
  },
  outside: nodeOutside({ [job.secretVariable]: job.secret }),
  clock,
  newId,
  log,
  notify: () => undefined,
  workers: false,
  readOnly: null,
  scheduler: true,
});
for await (const state of await createRouterClient(core.router, { context: {} }).schedule.watch()) {
  process.stdout.write(`${JSON.stringify(state)}\n`);
}
