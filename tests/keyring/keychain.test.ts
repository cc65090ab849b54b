/**
 * keytar against a real Secret Service: a private bus and a private gnome-keyring, nothing of the user's is touched.
 * On Linux a missing package fails the test by name; macOS and Windows bring their own keychain, which a test must not
 * write to.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = path.resolve('tests/keyring/roundTrip.ts');
const secret = 'Sëcret~with "quotes" 🔑 and = signs';
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'riskdesk-keyring-'));
  for (const name of ['data', 'run', 'home']) mkdirSync(path.join(dir, name), { mode: 0o700 });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const needed: readonly (readonly [string, () => boolean])[] = [
  ['dbus (dbus-run-session)', () => onPath('dbus-run-session')],
  ['gnome-keyring (gnome-keyring-daemon)', () => onPath('gnome-keyring-daemon')],
  [
    'libsecret-1-0 with libsecret-1-dev at npm ci (node_modules/keytar)',
    () => existsSync('node_modules/keytar/build/Release/keytar.node'),
  ],
];
function onPath(command: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));
}

async function inSession(command: readonly string[]) {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: path.join(dir, 'home'),
    XDG_DATA_HOME: path.join(dir, 'data'),
    XDG_RUNTIME_DIR: path.join(dir, 'run'),
    RISKDESK_TEST_SECRET: secret,
  };
  const [file = '', ...args] = command;
  const { stdout } = await promisify(execFile)(file, args, { env, timeout: 30_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
const node = `exec "${process.execPath}" "${script}"`;

describe.runIf(process.platform === 'linux')('the keychain on Linux', () => {
  it('has what it needs installed', () => {
    const missing = needed.filter(([, there]) => !there()).map(([name]) => name);
    expect(missing, `apt-get install ${missing.join(', ')}`).toEqual([]);
  });
  it('keeps, replaces, finds and forgets a secret, encrypted on disk', async () => {
    const unlock = 'printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null';
    const result = await inSession(['dbus-run-session', '--', 'sh', '-c', `${unlock}; ${node}`]);
    expect(result).toEqual({
      available: { ok: true },
      before: null,
      stored: true,
      replaced: true,
      long: true,
      after: null,
    });
    const files = readdirSync(path.join(dir, 'data'), { recursive: true, encoding: 'utf8' });
    const keyrings = files.filter((name) => name.endsWith('.keyring'));
    expect(keyrings.length).toBeGreaterThan(0);
    for (const name of keyrings) expect(readFileSync(path.join(dir, 'data', name), 'utf8')).not.toContain(secret);
  });
  it('says so where there is no session bus', async () => {
    const result = await inSession(['sh', '-c', node]);
    expect(result.available).toEqual({ ok: false, why: expect.stringMatching(/no D-Bus|no Secret Service/) });
    expect(result.error).toMatch(/keychain could not be written/i);
    expect(result.error).not.toContain(secret);
  });
  it('says so where a bus has no unlocked keyring, and does not hang', async () => {
    const result = await inSession(['dbus-run-session', '--', 'sh', '-c', node]);
    expect(result.available.ok).toBe(false);
    expect(result.available.why).toMatch(/The keychain could not be used: /);
  });
  it('leaves no daemon behind', () => {
    const listed = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(listed.split('\n').filter((line) => line.includes(dir))).toEqual([]);
  });
});
