/**
 * A desk and a tenant in processes of their own, with a cable between them that can be pulled: what the tests of the whole
 * job need. The desk can be killed without warning and started again on its folder.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { expect } from 'vitest';
import { startTwin, type TwinProcess } from '../bench/twinProcess.ts';
import { browserFlags, browserPath } from './browser.ts';
import { builtPages } from './pages.ts';

export const secretVariable = 'RISKDESK_TEST_SECRET';

export type Desk = {
  readonly page: Page;
  readonly tenant: TwinProcess;
  /** Graph and sign-in as the desk reaches them: through the cable. */
  readonly address: string;
  readonly complaints: readonly string[];
  /** Refuses connections and cuts those that are open. */
  pullCable(): Promise<void>;
  plugCable(): Promise<void>;
  /** Ends the desk's process as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and opens its new address. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** A TCP relay on a port that stays the same. */
async function cableTo(port: number) {
  const open = new Set<Socket>();
  const relay = (near: Socket) => {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one));
      one.pipe(other);
    }
  };
  const listen = async (at: number): Promise<Server> => {
    const server = createServer(relay).listen(at, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server: Server | null = await listen(0);
  const { port: mine } = server.address() as AddressInfo;
  return {
    port: mine,
    async pull() {
      server?.close();
      server = null;
      for (const socket of open) socket.destroy();
    },
    async plug() {
      server ??= await listen(mine);
    },
  };
}

async function startHost(dataDir: string, secret: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork('tests/browser/serveDesk.ts', [await builtPages(), dataDir], {
    env: { ...process.env, [secretVariable]: secret },
  });
  const [url] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([status]) => {
      throw new Error(`The desk ended with ${status} before it answered.`);
    }),
  ])) as [string];
  return { child, url };
}

/** `twin`: further words for `serve-twin`, such as `--requests-per-second 4`. */
export async function openDesk(users: number, ...twin: readonly string[]): Promise<Desk> {
  const executablePath = browserPath();
  const tenant = await startTwin(users, ...twin);
  const cable = await cableTo(Number(new URL(tenant.url).port));
  const dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-desk-'));
  let host = await startHost(dataDir, tenant.secret);
  const browser: Browser = await chromium.launch({ executablePath, args: [...browserFlags] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  const enter = async () => {
    await page.goto(host.url);
    await page.getByRole('main').waitFor();
  };
  await enter();
  return {
    page,
    tenant,
    address: `http://127.0.0.1:${cable.port}`,
    complaints,
    pullCable: () => cable.pull(),
    plugCable: () => cable.plug(),
    async kill() {
      const ended = once(host.child, 'exit');
      host.child.kill('SIGKILL');
      await ended;
    },
    async start() {
      host = await startHost(dataDir, tenant.secret);
      await enter();
    },
    async close() {
      const name = (expect.getState().currentTestName ?? 'desk').replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
      await page.screenshot({ path: `test-results/${name}.png` }).catch(() => undefined);
      await browser.close();
      if (host.child.exitCode === null && host.child.signalCode === null) {
        const ended = once(host.child, 'exit');
        host.child.kill('SIGTERM');
        await ended;
      }
      await cable.pull();
      await tenant.close();
      rmSync(resolve(dataDir), { recursive: true, force: true });
    },
  };
}
