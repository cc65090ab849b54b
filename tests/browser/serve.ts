/**
 * The loopback host on the sample tenant, for browser tests and pictures: `node tests/browser/serve.ts PAGES [USERS] [MODE] [CLOCK]`.
 * Prints one JSON line with the address and the tenant's credentials, then serves until it is ended or its parent is gone.
 * MODE is one or more words, with commas: `sample` (connected, first sync under way), `empty` (nothing connected),
 * `read-only` (actions off), `keychain` (one that lives in memory; else there is none), `fast` (nothing is throttled),
 * `person` (people can sign in, at a page of the tenant's own address that waits for a click),
 * `updates` (a newer version is found and downloaded when it is looked for; installing it is only written down).
 * CLOCK is how far this program's clock and the tenant's are ahead of the machine's, in milliseconds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { newId, systemClock } from '../../electron/adapters/clock.ts';
import { nodeOutside } from '../../electron/adapters/outside.ts';
import { makeTokenSource } from '../../electron/adapters/signIn.ts';
import { makeInteractiveSignIn } from '../../electron/adapters/signInInteractive.ts';
import { openCore } from '../../electron/core/core.ts';
import type { Clock, CredentialStore, Updater } from '../../electron/core/ports.ts';
import { serveLoopback } from '../../electron/hosts/loopback/server.ts';
import {
  createSampleTenant,
  introduceSample,
  type SampleTenant,
  sampleSecret,
} from '../../electron/twin/sampleTenant.ts';
import { serveTwin } from '../../electron/twin/serve.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import type { UpdateEvent } from '../../shared/model/update.ts';
import { takeOrders } from './orders.ts';

const [pages = 'out/renderer', users = '5000', mode = 'sample', ahead = '0'] = process.argv.slice(2);
const modes = new Set(mode.split(','));
const clock: Clock = { ...systemClock, now: () => systemClock.now() + Number(ahead) };

function fastTenant(count: number): SampleTenant {
  const twin = createTwin({ users: count, riskDelayMs: 500, now: clock.now() });
  return { twin, transport: (url, init) => twin.fetch(url, init) };
}

function keychain(): CredentialStore {
  const kept = new Map<string, string>();
  const present = modes.has('keychain');
  return {
    available: async () => (present ? { ok: true } : { ok: false, why: 'This test runs without a keychain.' }),
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => {
      kept.set(key, value);
    },
    delete: async (key) => {
      kept.delete(key);
    },
  };
}

/** What electron-updater would report, with notes that try to be more than text. */
function updater(): Updater {
  let tell: (event: UpdateEvent) => void = () => undefined;
  return {
    unsupported: null,
    check() {
      tell({ kind: 'checking' });
      tell({
        kind: 'found',
        version: '9.9.9',
        notes: '<h2>News</h2><ul><li>Calmer <b>lists</b></li></ul><img src=x onerror="document.title=1">',
      });
      tell({ kind: 'progress', percent: 40 });
      tell({ kind: 'ready', version: '9.9.9' });
    },
    install: () => undefined,
    onEvent(listener) {
      tell = listener;
    },
  };
}

const dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-browser-'));
const sample = modes.has('fast') ? fastTenant(Number(users)) : createSampleTenant(Number(users));
const log = () => undefined;
const served = modes.has('person') ? await serveTwin(sample.twin) : null;
sample.twin.control.setSignIn({ page: 'page' });
const core = await openCore({
  dataDir,
  version: '0.0.0-test',
  host: 'loopback',
  platform: process.platform,
  who: 'analyst',
  transport: sample.transport,
  makeTokenSource: makeTokenSource({ transport: sample.transport, clock, log }),
  interactiveSignIn:
    served === null
      ? undefined
      : makeInteractiveSignIn({ transport: sample.transport, clock, log, prompt: async () => false }),
  credentials: keychain(),
  outside: nodeOutside({ [sampleSecret]: sample.twin.credentials.secret }),
  clock,
  newId,
  log,
  notify: () => undefined,
  workers: true,
  scheduler: true,
  updater: modes.has('updates') ? updater() : undefined,
  readOnly: modes.has('read-only') ? 'Actions are off in this test.' : null,
});
let server = await serveLoopback(core, resolve(pages));
if (!modes.has('empty')) await introduceSample(createRouterClient(core.router, { context: {} }), sample);
process.stdout.write(
  `${JSON.stringify({ url: server.url, secretVariable: sampleSecret, authorityUrl: served?.authorityUrl ?? '', ...sample.twin.credentials })}\n`,
);
takeOrders({
  core,
  control: sample.twin.control,
  database: join(dataDir, 'riskdesk.db'),
  restart: async () => {
    await server.close();
    server = await serveLoopback(core, resolve(pages), server.port);
    return server.url;
  },
  leave: () => server.close(),
});

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await server.close();
  await core.close();
  await served?.close();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
process.on('disconnect', () => void end());
