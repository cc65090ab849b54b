/** `serve-twin`: a sample tenant in memory that answers like Microsoft Graph, over HTTP on this machine. */
import type { Command } from 'commander';
import type { Fault } from '../../../twin/faults.ts';
import type { TwinOptions } from '../../../twin/options.ts';
import type { ServedTwin } from '../../../twin/serve.ts';
import type { Twin } from '../../../twin/twin.ts';
import { anyNumber, wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import { untilSignal } from '../interrupt.ts';
import { commandLine, quote } from '../self.ts';
import { amount } from '../text.ts';

type ServeOptions = {
  readonly users: number;
  readonly port: number;
  readonly requestsPerSecond?: number;
  readonly faults?: string;
  readonly seed?: number;
  readonly delay?: number;
  readonly directoryUnits?: number;
};

const fields = { faults: '--faults', users: '--users', port: '--port' };

export function declareServeTwin(serve: Command, cli: Cli): void {
  serve
    .option('--users <n>', 'risky users', wholeNumber(0, 5_000_000), 2_000)
    .option('--port <p>', 'port on 127.0.0.1; 0 for any free one', wholeNumber(0, 65_535), 0)
    .option(
      '--requests-per-second <n>',
      'answer 429 above this rate (risky users; no limit by default)',
      anyNumber(0.01, 100_000),
    )
    .option(
      '--directory-units <n>',
      'answer 429 above these resource units per 10 s (users, groups)',
      wholeNumber(1, 1_000_000),
    )
    .option('--faults <p>', 'share of answers that go wrong (0.02), or kind:share pairs (reset:0.01,http503:0.02)')
    .option('--delay <seconds>', 'how long a risk change takes to show (180 by default)', anyNumber(0, 86_400))
    .option('--seed <n>', 'the same seed makes the same tenant (1 by default)', wholeNumber(0, 2_147_483_647))
    .action(cli.action(fields, (options: ServeOptions) => serveUntilSignal(cli, options)));
  example(serve, 'serve-twin --users 200000', 'serve-twin --port 4711 --requests-per-second 1 --faults 0.02 --json');
}

async function serveUntilSignal(cli: Cli, options: ServeOptions): Promise<ExitCode> {
  const { users, requestsPerSecond, seed, delay, directoryUnits: directoryUnitsPer10s } = options;
  const faults = await readFaults(options.faults);
  const riskDelayMs = delay === undefined ? undefined : delay * 1_000;
  const { twin, served } = await startTwin(
    { users, requestsPerSecond, seed, riskDelayMs, directoryUnitsPer10s, faults },
    options.port,
  );
  // Before anything is printed: whoever reads it may end the server at once.
  const told = untilSignal();
  const { url, authorityUrl, graphUrl } = served;
  const { tenant, client, secret } = twin.credentials;
  cli.out.result({ url, authorityUrl, graphUrl, tenant, client, secret, users }, () => [
    `A sample tenant with ${amount(users, 'risky user')} answers at ${url}`,
    `  tenant  ${tenant}`,
    `  client  ${client}`,
    `  secret  ${secret}`,
    '',
    'Connect to it from another terminal:',
    `  export TWIN_SECRET=${quote(secret)}`,
    `  ${commandLine('connection', 'add', 'twin', '--tenant', tenant, '--client', client, '--secret-env', 'TWIN_SECRET', '--authority-url', authorityUrl, '--graph-url', graphUrl)}`,
    `  ${commandLine('sync', 'twin')}`,
  ]);
  cli.out.note('Ctrl-C ends it.');
  await told;
  await served.close();
  return 0;
}

/** Starts a twin on 127.0.0.1. A port that cannot be had is wrong usage of `--port`. */
export async function startTwin(
  options: TwinOptions,
  port: number,
): Promise<{ readonly twin: Twin; readonly served: ServedTwin }> {
  const [{ createTwin }, { serveTwin }] = await Promise.all([
    import('../../../twin/twin.ts'),
    import('../../../twin/serve.ts'),
  ]);
  const twin = createTwin(options);
  try {
    return { twin, served: await serveTwin(twin, { port }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'may not be used by this account' : 'is in use';
    throw wrongUsage('--port', `port ${port} ${why}`, 'Choose another port, or leave it out to get a free one.');
  }
}

/** Everything that Graph and the way to it really do wrong; spread evenly when only a share is given. */
const ordinaryFaults = ['reset', 'lost', 'cut', 'html502', 'http500', 'http503', 'http429'];

async function readFaults(text: string | undefined): Promise<readonly Fault[] | undefined> {
  if (text === undefined) return undefined;
  const { parseFaults } = await import('../../../twin/faults.ts');
  if (!/^[\d.]+%?$/.test(text.trim())) return parseFaults(text);
  const share = text.trim().endsWith('%') ? Number(text.trim().slice(0, -1)) / 100 : Number(text);
  if (!(share >= 0 && share <= 1)) {
    throw wrongUsage(
      '--faults',
      `"${text}" is no share between 0 and 1`,
      'Give a share such as 0.02, or kind:share pairs.',
    );
  }
  return parseFaults(ordinaryFaults.map((kind) => `${kind}:${share / ordinaryFaults.length}`).join(','));
}
