/** Runs the real command line as child processes, against a served twin that is a child process as well. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

// Every call starts a process; a busy machine takes seconds for some of them.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const main = fileURLToPath(new URL('../../electron/hosts/cli/main.mjs', import.meta.url));

export type Outcome = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
};

export type CliOptions = {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly cwd?: string;
  /** Called with the child as soon as it runs, to send it signals. */
  readonly started?: (child: ChildProcess) => void;
};

export const twinSecretVariable = 'TWIN_SECRET';

/** One command line, to its end. Never rejects for an exit code. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<Outcome> {
  const begun = performance.now();
  const child = spawnCli(args, options);
  options.started?.(child);
  child.stdin?.end(options.input ?? '');
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr(), ms: performance.now() - begun };
}

/** The one JSON document on stdout; throws when there is more or less, which is what a script would suffer from. */
export function documentOf(outcome: Outcome): unknown {
  try {
    return JSON.parse(outcome.stdout);
  } catch (error) {
    throw new Error(`stdout is not one JSON document: ${outcome.stdout}\nstderr: ${outcome.stderr}`, { cause: error });
  }
}

export function spawnCli(args: readonly string[], options: CliOptions = {}): ChildProcess {
  const env = { ...process.env, RISKDESK_DATA_DIR: undefined, npm_lifecycle_event: undefined, ...options.env };
  return spawn(process.execPath, [main, ...args], { env, cwd: options.cwd, stdio: 'pipe' });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const pieces: Buffer[] = [];
  stream?.on('data', (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString('utf8');
}

export type TwinChild = {
  readonly url: string;
  readonly authorityUrl: string;
  readonly graphUrl: string;
  readonly tenant: string;
  readonly client: string;
  readonly secret: string;
  readonly users: number;
  stop(): Promise<number | null>;
};

/** `serve-twin --json …` as a child; resolves once it listens. */
export async function serveTwinChild(...args: readonly string[]): Promise<TwinChild> {
  const child = spawnCli(['serve-twin', '--json', ...args]);
  const stderr = collect(child.stderr);
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
      if (text.includes('\n')) resolve(text);
    });
    child.once('close', (code) => reject(new Error(`serve-twin ended with ${code}: ${stderr()}`)));
  });
  const served = JSON.parse(line) as Omit<TwinChild, 'stop'>;
  return {
    ...served,
    async stop() {
      const ended = once(child, 'close') as Promise<[number | null]>;
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** A fresh data folder, and the command line on it with the twin's secret in the environment. */
export function desk(twin: TwinChild): {
  readonly dir: string;
  run(args: readonly string[], options?: CliOptions): Promise<Outcome>;
  /** With `--json`; expects exit code 0 unless told otherwise. */
  json(args: readonly string[], code?: number): Promise<unknown>;
  connect(name: string, ...more: readonly string[]): Promise<unknown>;
  remove(): void;
} {
  const dir = mkdtempSync(join(tmpdir(), 'riskdesk-cli-'));
  const run = (args: readonly string[], options: CliOptions = {}): Promise<Outcome> =>
    cli(['--data-dir', dir, ...args], { ...options, env: { [twinSecretVariable]: twin.secret, ...options.env } });
  const json = async (args: readonly string[], code = 0): Promise<unknown> => {
    const outcome = await run([...args, '--json']);
    if (outcome.code !== code) {
      const log = join(dir, 'logs', 'riskdesk.log');
      const logged = existsSync(log) ? readFileSync(log, 'utf8').slice(-2_000) : '';
      throw new Error(`exit ${outcome.code} of ${args.join(' ')}\n${outcome.stdout}\n${outcome.stderr}\n${logged}`);
    }
    return documentOf(outcome);
  };
  return {
    dir,
    run,
    json,
    connect: (name, ...more) => json(['connection', 'add', name, ...addressOf(twin), ...more]),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export function addressOf(twin: TwinChild): readonly string[] {
  const { tenant, client, authorityUrl, graphUrl } = twin;
  const where = ['--authority-url', authorityUrl, '--graph-url', graphUrl];
  return ['--tenant', tenant, '--client', client, ...where, '--secret-env', twinSecretVariable];
}

export const highRisk = '{"combinator":"and","rules":[{"field":"riskLevel","operator":"=","value":"high"}]}';
