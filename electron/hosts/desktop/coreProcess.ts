/**
 * The utility process that holds the data: opens the core, serves its router over the ports that main hands in, and
 * closes it before the end. Its network is Chromium's (`net.fetch`): the system's proxy and certificate store.
 * Leaves out windows, dialogs and everything that a person sees.
 */
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { type MessagePortMain, net } from 'electron';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { UpdateEvent } from '../../../shared/model/update.ts';
import { systemClock } from '../../adapters/clock.ts';
import { createLogFile } from '../../adapters/logFile.ts';
import { machinePorts } from '../../adapters/machine.ts';
import { nodeTransport } from '../../adapters/network.ts';
import { nodeOutside } from '../../adapters/outside.ts';
import { type Core, openCore } from '../../core/core.ts';
import type { Log } from '../../core/ports.ts';
import { createSampleTenant, introduceSample, sampleSecret } from '../../twin/sampleTenant.ts';
import type { CoreStart, FromCore, ToCore, Work } from './coreMessages.ts';

const main = process.parentPort;
const say = (message: FromCore): void => main.postMessage(message);

let core: Core | null = null;
let log: Log = () => undefined;
let onUpdate: (event: UpdateEvent) => void = () => undefined;

/** Without cookies and without a cache: Graph knows us by the token alone. */
const systemTransport = nodeTransport((url, init) =>
  net.fetch(url, { ...init, credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true }),
);

async function open(start: CoreStart): Promise<void> {
  log = createLogFile({ dir: join(start.dataDir, 'logs'), clock: systemClock }).log;
  const sample = start.sample === null ? null : createSampleTenant(start.sample);
  const transport = sample?.transport ?? systemTransport;
  const environment =
    sample === null ? process.env : { ...process.env, [sampleSecret]: sample.twin.credentials.secret };
  try {
    core = await openCore({
      dataDir: start.dataDir,
      ...machinePorts({
        transport,
        log,
        // The sample tenant lives in this process: a browser would ask the real Entra about it.
        prompt:
          sample === null
            ? async (url) => {
                say({ kind: 'browse', url });
                return true;
              }
            : null,
      }),
      host: 'desktop',
      outside: nodeOutside(environment),
      notify: ({ title, body, runId }) => say({ kind: 'note', title, body, runId: runId ?? null }),
      workers: true,
      workerUrl: new URL('./storeWorker.js', import.meta.url),
      readOnly: null,
      scheduler: true,
      updater: {
        unsupported: start.noUpdates,
        check: (channel) => say({ kind: 'update', order: { kind: 'check', channel } }),
        install: () => say({ kind: 'update', order: { kind: 'install' } }),
        onEvent(listener) {
          onUpdate = listener;
        },
      },
    });
    if (sample !== null) await introduceSample(createRouterClient(core.router, { context: {} }), sample);
    say({ kind: 'open' });
  } catch (error) {
    log('error', 'desktop.notOpened', { error });
    say(
      error instanceof RiskdeskError
        ? { kind: 'failed', code: error.code, message: error.message, cure: error.cure ?? null }
        : { kind: 'failed', code: 'internal', message: '', cure: null },
    );
  }
}

function serve(port: MessagePortMain | undefined): void {
  if (core === null || port === undefined) return;
  new RPCHandler(core.router).upgrade(port, { context: {} });
  port.start();
}

async function workNow(): Promise<Work> {
  if (core === null) return { runs: [], syncs: 0, stay: false };
  const client = createRouterClient(core.router, { context: {} });
  const [runs, syncs, settings] = await Promise.all([
    client.actions.runs({ limit: 50 }),
    client.sync.state(),
    client.settings.get(),
  ]);
  return {
    runs: runs.rows
      .filter((run) => run.state === 'running')
      .map(({ runId, total, left }) => ({ runId, total, done: total - left })),
    syncs: syncs.filter((state) => state.running !== null).length,
    stay: settings.window.background,
  };
}

async function close(): Promise<void> {
  await core?.close();
  core = null;
  say({ kind: 'closed' });
}

async function hear(message: ToCore, ports: readonly MessagePortMain[]): Promise<void> {
  switch (message.kind) {
    case 'open':
      return await open(message);
    case 'port':
      return serve(ports[0]);
    case 'work':
      return say({ kind: 'work', id: message.id, work: await workNow() });
    case 'update':
      return onUpdate(message.event);
    case 'wake':
      core?.wake(message.reason);
      return log('info', 'desktop.power', message);
    case 'suspend':
    case 'offline':
      return log('info', 'desktop.power', message);
    case 'close':
      return await close();
  }
}

/** A defect ends this process; main starts it again, and the core marks what was cut off. */
function die(error: unknown): never {
  log('error', 'desktop.coreDied', { error });
  process.exit(1);
}
process.on('uncaughtException', die);
process.on('unhandledRejection', die);
main.on('message', ({ data, ports }) => void hear(data as ToCore, ports).catch(die));
