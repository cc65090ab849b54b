/** The browser host as a process: its options, what it says when something is wrong, and what it leaves behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readOptions } from '../../electron/hosts/loopback/options.ts';
import type { Contract } from '../../shared/contract/contract.ts';

const main = resolve('electron/hosts/loopback/main.ts');
const index = resolve('out/renderer/index.html');
const ours: ChildProcess[] = [];
let scratch: string;
let madeIndex = false;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'riskdesk-loopback-'));
  // The host serves what `npm run build` made; one page stands in where it did not run.
  if (!existsSync(index)) {
    mkdirSync(resolve('out/renderer'), { recursive: true });
    writeFileSync(index, '<!doctype html><title>Riskdesk</title>');
    madeIndex = true;
  }
});
afterEach(() => {
  for (const child of ours.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  if (madeIndex) rmSync(index);
  rmSync(scratch, { recursive: true, force: true });
});

type Ended = { readonly status: number | null; readonly out: string; readonly err: string };
type Started = { readonly url: string | null; readonly child: ChildProcess; readonly ended: Promise<Ended> };

/** Resolves when the address was printed, or when the process ended. */
function start(...args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [main, '--no-open', ...args], {
    env: { ...process.env, TMPDIR: scratch, RISKDESK_DATA_DIR: join(scratch, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ours.push(child);
  let out = '';
  let err = '';
  child.stderr?.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const ended = new Promise<Ended>((done) => child.on('close', (status) => done({ status, out, err })));
  return new Promise((done) => {
    child.stdout?.on('data', (text: Buffer) => {
      out += text.toString();
      const url = /http:\/\/\S+/.exec(out)?.[0];
      if (url !== undefined) done({ url, child, ended });
    });
    void ended.then(() => done({ url: null, child, ended }));
  });
}

async function clientOf(url: string | null): Promise<{ client: ContractRouterClient<Contract>; socket: WebSocket }> {
  if (url === null) throw new Error('the host did not start');
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
  await new Promise((done, reject) => {
    socket.on('open', done);
    socket.on('error', reject);
  });
  return { client: createORPCClient(new RPCLink({ websocket: socket as never })), socket };
}

describe('options', () => {
  it.each([
    [['--port', '70000'], /--port must be a whole number from 0 to 65,535/],
    [['--port', '-1'], /port/],
    [['--port', 'ten'], /--port must be/],
    [['--demo', '--users', '1000001'], /--users must be a whole number from 0 to 1,000,000/],
    [['--demo', '--users', '1.5'], /--users must be/],
    [['--users', '10'], /add --demo/],
    [['--data-dir', ''], /needs a folder/],
    [['--frobnicate'], /frobnicate/],
    [['somewhere'], /somewhere/],
  ])('%j are refused in words', (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });

  it('have defaults that do no harm', () => {
    expect(readOptions([])).toEqual({
      demo: false,
      allowActions: false,
      open: true,
      help: false,
      dataDir: undefined,
      port: 0,
      users: 20_000,
    });
  });

  it('end with status 2, the words and the usage, without a stack', async () => {
    const { status, err } = await (await start('--port', 'ten')).ended;
    expect(status).toBe(2);
    expect(err).toMatch(/^--port must be/);
    expect(err).toContain('--allow-actions');
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('running', () => {
  it('is read-only unless --allow-actions, keeps its data where told, and ends cleanly', async () => {
    const dataDir = join(scratch, 'here');
    const first = await start('--data-dir', dataDir);
    const one = await clientOf(first.url);
    const info = await one.client.host.info();
    expect(info).toMatchObject({ host: 'loopback', dataDir });
    expect(info.readOnly).toMatch(/--allow-actions/);
    one.socket.close();
    first.child.kill('SIGTERM');
    expect((await first.ended).status).toBe(0);

    const second = await start('--data-dir', dataDir, '--allow-actions');
    const two = await clientOf(second.url);
    expect((await two.client.host.info()).readOnly).toBeNull();
    two.socket.close();
    second.child.kill('SIGINT');
    expect((await second.ended).status).toBe(0);
  });

  it('--demo shows a sample tenant of --users from a folder that it takes away again', async () => {
    const { url, child, ended } = await start('--demo', '--users', '700');
    const { client, socket } = await clientOf(url);
    const [connection] = await client.connections.list();
    expect(connection?.name).toMatch(/sample/);
    for await (const state of await client.sync.watch({ connection: connection?.name ?? '' })) {
      if (state.running === null) expect(state.last).toMatchObject({ complete: true, users: 700 });
    }
    const { dataDir } = await client.host.info();
    expect(dataDir.startsWith(scratch)).toBe(true);
    socket.close();
    child.kill('SIGTERM');
    await ended;
    expect(existsSync(dataDir)).toBe(false);
  });

  it('says that a port is in use, and leaves nothing behind', async () => {
    const other = createServer();
    const port = await new Promise<number>((done) =>
      other.listen(0, '127.0.0.1', () => done((other.address() as { port: number }).port)),
    );
    const { status, err } = await (await start('--demo', '--port', String(port))).ended;
    other.close();
    expect(status).toBe(1);
    expect(err).toContain(`Port ${port} is in use.`);
    expect(readdirSync(scratch).filter((name) => name.startsWith('riskdesk-sample-'))).toEqual([]);
  });
});
