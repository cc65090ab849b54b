/** `npm start`: which host it opens, and that a machine without a screen or without Electron gets an address to open. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { electronBinary } from '../../scripts/electronBinary.ts';

const made: string[] = [];
const ours: ChildProcess[] = [];
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'riskdesk-start-'));
  // What is opened is asked here, not what it shows: empty files stand in where there was no build.
  for (const file of ['out/main/main.js', 'out/renderer/index.html'].map((one) => resolve(one))) {
    if (existsSync(file)) continue;
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '');
    made.push(file);
  }
});
afterEach(() => {
  for (const child of ours.splice(0)) child.kill('SIGTERM');
});
afterAll(() => {
  for (const file of made) rmSync(file);
  rmSync(scratch, { recursive: true, force: true });
});

/** Resolves when an address was printed or the process ended. */
function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [resolve('scripts/start.mjs'), ...args], {
    env: {
      ...process.env,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      RISKDESK_DATA_DIR: join(scratch, 'data'),
      TMPDIR: scratch,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ours.push(child);
  let out = '';
  let err = '';
  child.stderr?.on('data', (text: Buffer) => {
    err += text.toString();
  });
  return new Promise<{ out: string; err: string; running: boolean; code: number | null }>((done) => {
    child.stdout?.on('data', (text: Buffer) => {
      out += text.toString();
      if (/http:\/\/127\.0\.0\.1:\d+\/\?token=/.test(out))
        done({ out, err, running: child.exitCode === null, code: null });
    });
    child.on('close', (code) => done({ out, err, running: false, code }));
  });
}

/** A folder with an executable that says what it was started with, as Electron's would be laid out. */
function someElectron(): string {
  const dist = mkdtempSync(join(scratch, 'dist-'));
  const file = join(dist, 'electron');
  writeFileSync(file, '#!/bin/sh\necho "started $@"\nexit 7\n');
  chmodSync(file, 0o755);
  return dist;
}

it('without Electron it says so in one line, prints the address and stays up', async () => {
  const { err, running } = await start(['--demo', '--users', '20'], {
    ELECTRON_OVERRIDE_DIST_PATH: join(scratch, 'none'),
  });
  expect(err.trim().split('\n')).toEqual([
    expect.stringMatching(/^The desktop application needs Electron, .*browser\.$/),
  ]);
  expect(running).toBe(true);
});

if (process.platform !== 'win32')
  it('with Electron and a screen it opens the desktop application, and ends as that does', async () => {
    const { out, err, code } = await start(['--demo'], { ELECTRON_OVERRIDE_DIST_PATH: someElectron(), DISPLAY: ':7' });
    expect(out.trim()).toBe(`started ${resolve('out/main/main.js')} --demo`);
    expect(err).toBe('');
    expect(code).toBe(7);
  });

it('with --browser it asks nobody for Electron; without a screen it says why there is no window', async () => {
  const dist = process.platform === 'win32' ? join(scratch, 'none') : someElectron();
  const browser = await start(['--browser', '--demo', '--users', '20'], { ELECTRON_OVERRIDE_DIST_PATH: dist });
  expect(browser).toMatchObject({ err: '', running: true });
  if (process.platform !== 'linux') return;
  const headless = await start(['--demo', '--users', '20'], { ELECTRON_OVERRIDE_DIST_PATH: dist });
  expect(headless.err.trim()).toMatch(/^This machine has no screen/);
  expect(headless.running).toBe(true);
});

it('looks for the binary as the electron package does, and never downloads one', () => {
  const root = mkdtempSync(join(scratch, 'root-'));
  const folder = join(root, 'node_modules/electron');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  expect(electronBinary(root, {})).toBeNull();
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(electronBinary(root, {})).toBeNull();
  writeFileSync(join(folder, 'dist/electron'), '');
  expect(electronBinary(root, {})).toBe(join(folder, 'dist/electron'));
  expect(electronBinary(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') })).toBeNull();
});
