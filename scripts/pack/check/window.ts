/**
 * Proof by opening the packed window: main, the process that holds the data, the preload and the pages, as they lie in the
 * package, on the stand-in for Electron of `tests/fakes`. What only Electron itself has (sandbox, asar, fuses) it cannot show.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Report } from './report.ts';

const patienceMs = 60_000;
const what =
  'the packed main, core process, preload and pages open a window on the sample tenant (stand-in for Electron)';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + patienceMs;
  let last: unknown = 'nothing was there';
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found !== null) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Not within ${patienceMs / 1000} s: ${last instanceof Error ? last.message : String(last)}`);
}

const pageOf = (browser: Browser): Page | null =>
  browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((page) => /^https?:/.test(page.url())) ?? null;

async function look(page: Page): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.getByRole('main').waitFor({ timeout: patienceMs });
  if ((await page.evaluate('typeof window.riskdesk')) !== 'object')
    complaints.push('the preload gave the page no bridge');
  await page.evaluate("location.hash = '#/users'");
  await page.getByRole('row').nth(3).waitFor({ timeout: patienceMs });
  return complaints;
}

/** `folder` holds the package's files. */
export async function proveWindow(report: Report, root: string, folder: string, temp: string): Promise<void> {
  const hooks = join(root, 'tests/fakes/electron/register.mjs');
  const browserPath = process.env.RISKDESK_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(browserPath)) {
    report.cannot(`${what}: there is no Chromium`);
    return;
  }
  const main = join(folder, 'out/main/main.js');
  const start = ['--import', pathToFileURL(hooks).href, main];
  const dataDir = join(mkdtempSync(join(temp, 'window-')), 'data');
  const port = await freePort();
  const child = spawn(process.execPath, [...start, '--demo', '--users', '500', '--data-dir', dataDir], {
    env: { ...process.env, RISKDESK_FAKE_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (text: Buffer) => {
    words += text.toString();
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let browser: Browser | null = null;
  try {
    const opened = await until(() => chromium.connectOverCDP(`http://127.0.0.1:${port}`));
    browser = opened;
    report.prove(what, await look(await until(async () => pageOf(opened))));
  } catch (error) {
    report.prove(what, [error instanceof Error ? error.message : String(error), words.trim()]);
  } finally {
    await browser?.close().catch(() => undefined);
    if (child.connected) child.disconnect();
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(late);
  }
}

/** The terminal's bundle as the packed program starts it. */
export function proveTerminal(report: Report, root: string, folder: string, version: string): void {
  const hooks = join(root, 'tests/fakes/electron/register.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', pathToFileURL(hooks).href, join(folder, 'out/main/main.js'), '--cli', '--version'],
    { encoding: 'utf8', cwd: folder },
  );
  const fine = status === 0 && stdout.startsWith(`${version} (`);
  report.prove(
    'the packed main runs the command line (--cli --version)',
    fine ? [] : [`exit ${status}: ${stdout.trim()} ${stderr.trim()}`],
  );
}
