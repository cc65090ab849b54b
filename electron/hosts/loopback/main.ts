/**
 * The same application in an ordinary browser on this machine: `npm start -- --browser`. Actions are off unless asked
 * for, because a browser is shared by more than this program. Prints the address and stays up until it is ended.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { systemClock } from '../../adapters/clock.ts';
import { dataDirOf } from '../../adapters/dataDir.ts';
import { createLogFile } from '../../adapters/logFile.ts';
import { machinePorts } from '../../adapters/machine.ts';
import { nodeTransport } from '../../adapters/network.ts';
import { openInBrowser } from '../../adapters/openInBrowser.ts';
import { nodeOutside } from '../../adapters/outside.ts';
import { type Core, openCore } from '../../core/core.ts';
import { createSampleTenant, introduceSample, sampleSecret } from '../../twin/sampleTenant.ts';
import { type Options, readOptions, usage } from './options.ts';
import { type LoopbackServer, serveLoopback } from './server.ts';

const here = import.meta.url;
const fromSource = here.endsWith('.ts');
const pages = fileURLToPath(new URL(fromSource ? '../../../out/renderer' : '../renderer', here));

/** Exit 2: the command was wrong; 1: it could not be done. */
function fail(status: 1 | 2, ...lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(status);
}

function wordsFor(error: unknown, port: number): readonly string[] {
  if (error instanceof RiskdeskError) return [error.message, ...(error.cure === undefined ? [] : [error.cure])];
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return [`Port ${port} is in use.`, 'Give another one, or leave --port away.'];
  if (code === 'EACCES')
    return [`This account may not use port ${port}.`, 'Give one above 1023, or leave --port away.'];
  return ['Riskdesk could not start.', error instanceof Error ? error.message : 'The reason is not known.'];
}

type Running = { readonly server: LoopbackServer; end(): Promise<void> };

async function start(options: Options): Promise<Running> {
  const temporary = options.demo && options.dataDir === undefined;
  const dataDir = temporary ? mkdtempSync(join(tmpdir(), 'riskdesk-sample-')) : dataDirOf(options.dataDir);
  const { log } = createLogFile({ dir: join(dataDir, 'logs'), clock: systemClock });
  const sample = options.demo ? createSampleTenant(options.users) : null;
  const transport = sample?.transport ?? nodeTransport();
  const environment =
    sample === null ? process.env : { ...process.env, [sampleSecret]: sample.twin.credentials.secret };
  let core: Core | null = null;
  let server: LoopbackServer | null = null;
  const end = async () => {
    await server?.close();
    await core?.close();
    if (temporary) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    core = await openCore({
      dataDir,
      ...machinePorts({
        transport,
        log,
        // The sample tenant lives in this process: a browser would ask the real Entra about it.
        prompt: sample === null ? async (address) => openInBrowser(address) : null,
      }),
      host: 'loopback',
      outside: nodeOutside(environment),
      notify: () => undefined,
      workers: true,
      scheduler: true,
      workerUrl: fromSource ? undefined : new URL('./storeWorker.js', here),
      readOnly:
        options.allowActions || sample !== null
          ? null
          : 'Actions are off in the browser. Start it with --allow-actions to turn them on.',
    });
    server = await serveLoopback(core, pages, options.port);
    if (sample !== null) await introduceSample(createRouterClient(core.router, { context: {} }), sample);
    return { server, end };
  } catch (error) {
    await end();
    throw error;
  }
}

let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  fail(2, error instanceof Error ? error.message : String(error), '', usage);
}
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (!existsSync(join(pages, 'index.html'))) fail(1, 'The pages of the window are not built.', 'Run: npm run build');

const running = await start(options).catch((error: unknown) => fail(1, ...wordsFor(error, options.port)));
process.stdout.write(`Riskdesk is open at ${running.server.url}\nThe address works once. Ctrl-C ends it.\n`);
if (options.open) openInBrowser(running.server.url);

let ending = false;
async function end(): Promise<void> {
  if (ending) process.exit(1);
  ending = true;
  await running.end();
  process.exit(0);
}
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());
