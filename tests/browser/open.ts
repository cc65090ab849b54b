/** Opens the window in Chromium on a real core and the sample tenant. Whatever the page complains about is kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chromium, type Page } from '@playwright/test';
import { browserFlags, browserPath } from './browser.ts';
import type { Order } from './orders.ts';
import { builtPages } from './pages.ts';

export type Opened = {
  readonly page: Page;
  /** Errors of the console and of the page so far. */
  readonly complaints: readonly string[];
  readonly tenant: {
    readonly tenant: string;
    readonly client: string;
    readonly secret: string;
    readonly secretVariable: string;
    /** Where people sign in; empty without the mode `person`. */
    readonly authorityUrl: string;
  };
  /** Does something behind the window's back, and says what came of it. */
  order(order: Order): Promise<unknown>;
  close(): Promise<void>;
};

export type OpenOptions = {
  readonly users?: number;
  /** Words of `serve.ts`, with commas. */
  readonly mode?: string;
  readonly scheme?: 'light' | 'dark';
  /** What the browser asks for: a BCP 47 tag. */
  readonly locale?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** ISO 8601: what time it is for the window, the program and the tenant when they start; it then runs on. Else the machine's. */
  readonly startAt?: string;
  /** Runs before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
};

type Host = { readonly child: ChildProcess; readonly url: string; readonly tenant: Opened['tenant'] };

async function startHost(users: number, mode: string, ahead: number): Promise<Host> {
  const args = ['tests/browser/serve.ts', await builtPages(), String(users), mode, String(ahead)];
  const env = ahead === 0 ? process.env : { ...process.env, TZ: 'UTC' };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
  return await new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (text: Buffer) => {
      out += text.toString();
      const [line, rest] = out.split('\n');
      if (line === undefined || rest === undefined) return;
      const { url, ...tenant } = JSON.parse(line) as Opened['tenant'] & { url: string };
      resolve({ child, url, tenant });
    });
    child.stderr?.on('data', (text: Buffer) => {
      err += text.toString();
    });
    child.on('exit', (status) => reject(new Error(`The host ended with ${status}: ${err}`)));
  });
}

let orders = 0;

function give(child: ChildProcess, order: Order): Promise<unknown> {
  orders += 1;
  const id = orders;
  return new Promise((resolve, reject) => {
    const hear = (answer: { readonly id: number; readonly ok?: unknown; readonly error?: string }) => {
      if (answer.id !== id) return;
      child.off('message', hear);
      if (answer.error === undefined) resolve(answer.ok);
      else reject(new Error(answer.error));
    };
    child.on('message', hear);
    child.send({ id, order });
  });
}

/** Script for a page whose clock is ahead. As a text, since these files are checked without the names of a browser. */
const moveClock = (ahead: number): string => `{
  const Real = Date;
  const now = () => Real.now() + ${ahead};
  globalThis.Date = new Proxy(Real, {
    construct: (_, args, target) => Reflect.construct(Real, args.length === 0 ? [now()] : args, target),
    get: (_, name) => (name === 'now' ? now : Reflect.get(Real, name)),
  });
}`;

export async function open(options: OpenOptions = {}): Promise<Opened> {
  const {
    users = 600,
    mode = 'sample,fast',
    scheme = 'light',
    locale = 'en-US',
    size = { width: 1280, height: 800 },
  } = options;
  const executablePath = browserPath();
  await builtPages();
  const ahead = options.startAt === undefined ? 0 : Date.parse(options.startAt) - Date.now();
  const host = await startHost(users, mode, ahead);
  const browser = await chromium.launch({ executablePath, args: [...browserFlags] });
  const complaints: string[] = [];
  const close = async () => {
    await browser.close();
    const ended = new Promise((resolve) => host.child.once('exit', resolve));
    host.child.kill('SIGTERM');
    await ended;
  };
  try {
    const context = await browser.newContext({
      viewport: size,
      colorScheme: scheme,
      locale,
      reducedMotion: 'reduce',
      ...(ahead === 0 ? {} : { timezoneId: 'UTC' }),
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    if (ahead !== 0) await page.addInitScript(moveClock(ahead));
    await options.prepare?.(page);
    await page.goto(host.url);
    await page.getByRole('main').waitFor();
    // A person who has used a mouse: until a key is pressed, a focus that the window moves by itself draws no ring.
    await page.mouse.click(2, 2);
    return { page, complaints, tenant: host.tenant, order: (order) => give(host.child, order), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As a text, since these files are checked without the names of a browser. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
}

/** The view is there and no longer loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(400);
}
