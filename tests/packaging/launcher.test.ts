/** The launchers of the command line: the shell script really run, the batch file read, since no Windows is here. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliArguments } from '../../electron/hosts/desktop/options.ts';

const cli = join(import.meta.dirname, '../../resources/cli');
const posix = process.platform !== 'win32';
let temp = '';
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'riskdesk-launcher-'));
});
afterEach(() => rmSync(temp, { recursive: true, force: true }));

/** A stand-in for the program that prints its arguments, one a line, and ends with 7. */
function install(app: string, launcher: string): string {
  for (const path of [app, launcher]) mkdirSync(join(temp, path, '..'), { recursive: true });
  writeFileSync(join(temp, app), '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 7\n');
  copyFileSync(join(cli, 'riskdesk-cli'), join(temp, launcher));
  for (const path of [app, launcher]) chmodSync(join(temp, path), 0o755);
  return join(temp, launcher);
}

function run(file: string, env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, words: stdout.split('\n').slice(0, -1), stderr };
}

describe.runIf(posix)('riskdesk-cli', () => {
  it('hands on arguments as they are, and the exit code', () => {
    const file = install('riskdesk', 'riskdesk-cli');
    const { status, words } = run(file, { DISPLAY: ':0' }, 'sync', 'My tenant', '--json', '');
    expect({ status, words }).toEqual({ status: 7, words: ['--cli', 'sync', 'My tenant', '--json', ''] });
  });

  it('finds the program through a link, and inside an app bundle', () => {
    symlinkSync(install('riskdesk', 'riskdesk-cli'), join(temp, 'link'));
    expect(run(join(temp, 'link'), { DISPLAY: ':0' }, 'demo').words).toEqual(['--cli', 'demo']);
    const file = install('Riskdesk.app/Contents/MacOS/Riskdesk', 'Riskdesk.app/Contents/Resources/riskdesk-cli');
    expect(run(file, { DISPLAY: ':0' }, 'demo').words.slice(-2)).toEqual(['--cli', 'demo']);
  });

  it.runIf(process.platform === 'linux')('asks for no screen where there is none', () => {
    const file = install('riskdesk', 'riskdesk-cli');
    const { words } = run(file, {}, 'demo');
    expect(words).toEqual(['--ozone-platform=headless', '--cli', 'demo']);
    expect(cliArguments(['riskdesk', ...words], true)).toEqual(['demo']);
    expect(run(file, { WAYLAND_DISPLAY: 'wayland-0' }, 'demo').words).toEqual(['--cli', 'demo']);
  });

  it('says where it looked when the program is gone', () => {
    const file = install('elsewhere/riskdesk', 'riskdesk-cli');
    const { status, stderr } = run(file, {}, 'demo');
    expect(status).toBe(127);
    expect(stderr).toContain('Install it again');
  });
});

describe('riskdesk-cli.cmd', () => {
  it('is a batch file with the line ends that cmd.exe wants, and hands on the exit code', () => {
    const text = readFileSync(join(cli, 'riskdesk-cli.cmd'), 'utf8');
    expect(text.split('\r\n').join('')).not.toContain('\n');
    expect(text).toContain('"%~dp0Riskdesk.exe" --cli %*\r\nexit /b %ERRORLEVEL%');
  });
});
