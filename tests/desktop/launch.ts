/**
 * Starts the built desktop application: in Electron where its binary is, else on Debian's Chromium with the stand-in of
 * `tests/fakes/electron`. Tests see no difference: a page, and functions that are evaluated in the main process.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type Browser, chromium, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/electronBinary.ts';
import { builtApp } from './build.ts';

/** Path of Electron's binary; null where it could not be had and the stand-in is used. */
export const binary: string | null = electronBinary(resolve('.'));

/** What `evaluate` hands to its function: Electron's module, or the stand-in's. */
// biome-ignore lint/suspicious/noExplicitAny: the function runs in another process, on one of two modules
export type Modules = any;

export type Desktop = {
  readonly page: Page;
  readonly dataDir: string;
  readonly complaints: readonly string[];
  evaluate<T>(fn: (modules: Modules, arg: never) => T | Promise<T>, arg?: unknown): Promise<T>;
  /** Starts the program once more, on the same data folder; resolves with its exit code. */
  startAgain(...args: readonly string[]): Promise<number | null>;
  /** Resolves when the program has ended by itself. */
  readonly ended: Promise<number | null>;
  /** Ends it without asking, and takes the data folder away unless it was given. */
  close(): Promise<void>;
};

export type LaunchOptions = {
  readonly args?: readonly string[];
  /** Kept by `close`. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
};

const hooks = resolve('tests/fakes/electron/register.mjs');
const switches = ['--no-sandbox', '--disable-gpu'];

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Command and arguments that start the program outside of any test tool. */
export function commandLine(args: readonly string[]): readonly [string, readonly string[]] {
  const main = join(builtApp(), 'out/main/main.js');
  return binary === null
    ? [process.execPath, ['--import', hooks, main, ...args]]
    : [binary, [...switches, main, ...args]];
}

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    if (child.exitCode !== null) done(child.exitCode);
    else child.once('exit', (code) => done(code));
  });

async function connect(port: number, ended: Promise<number | null>, words: () => string): Promise<Browser> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (let tries = 0; tries < 300 && !gone; tries += 1) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(`The program opened no window: ${words()}`);
}

async function firstPage(browser: Browser): Promise<Page> {
  for (let tries = 0; tries < 300; tries += 1) {
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((one) => one.url().startsWith('http'));
    if (page !== undefined) return page;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The window showed no page.');
}

export async function launch(options: LaunchOptions = {}): Promise<Desktop> {
  const dataDir = options.dataDir ?? join(mkdtempSync(join(tmpdir(), 'riskdesk-desktop-')), 'data');
  const args = ['--data-dir', dataDir, ...(options.args ?? [])];
  const env = { ...process.env, ...options.env } as Record<string, string>;
  const tidy = () => {
    if (options.dataDir === undefined) rmSync(join(dataDir, '..'), { recursive: true, force: true, maxRetries: 5 });
  };
  const startAgain = (...more: readonly string[]) => {
    const [command, all] = commandLine(['--data-dir', dataDir, ...more]);
    return endOf(spawn(command, [...all], { env, stdio: 'ignore' }));
  };
  const complaints: string[] = [];
  const watch = (page: Page) => {
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    return page;
  };

  if (binary !== null) {
    const app = await _electron.launch({
      executablePath: binary,
      args: [...switches, join(builtApp(), 'out/main/main.js'), ...args],
      env,
    });
    const ended = endOf(app.process());
    return {
      page: watch(await app.firstWindow()),
      dataDir,
      complaints,
      evaluate: (fn, arg) => app.evaluate(fn as never, arg as never),
      startAgain,
      ended,
      async close() {
        app.process().kill('SIGKILL');
        await ended;
        tidy();
      },
    };
  }

  const port = await freePort();
  const [command, all] = commandLine(args);
  const child = spawn(command, [...all], {
    env: { ...env, RISKDESK_FAKE_PORT: String(port) },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let err = '';
  child.stderr?.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const ended = endOf(child);
  const answers = new Map<number, (message: { value?: unknown; error?: string }) => void>();
  child.on('message', (message: { id: number; value?: unknown; error?: string }) => answers.get(message.id)?.(message));
  let lastId = 0;
  const evaluate = <T>(fn: (modules: Modules, arg: never) => T | Promise<T>, arg?: unknown): Promise<T> => {
    lastId += 1;
    const id = lastId;
    return new Promise((done, fail) => {
      answers.set(id, ({ value, error }) => (error === undefined ? done(value as T) : fail(new Error(error))));
      if (!child.connected) return fail(new Error(`The program has ended: ${err}`));
      child.send({ id, fn: String(fn), arg });
    });
  };
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close().catch(() => undefined);
    if (child.connected) child.disconnect();
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(late);
    tidy();
  };
  try {
    browser = await connect(port, ended, () => err);
    return { page: watch(await firstPage(browser)), dataDir, complaints, evaluate, startAgain, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}
