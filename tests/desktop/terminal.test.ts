/** `--cli`: the command line inside of the application, which opens no window, takes no lock and ends with its exit code. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskdesk-terminal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function terminal(...args: readonly string[]) {
  const [command, all] = commandLine(['--cli', ...args]);
  const { status, stdout, stderr } = spawnSync(command, [...all], {
    encoding: 'utf8',
    env: { ...process.env, RISKDESK_DATA_DIR: join(folder, 'data') },
  });
  return { status, stdout, stderr };
}

it('answers, fails and refuses with the exit codes and streams of the command line', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(terminal('--version')).toMatchObject({ status: 0, stdout: expect.stringContaining(version), stderr: '' });
  expect(terminal('connection', 'test', 'nobody')).toMatchObject({ status: 1, stdout: '' });
  expect(terminal('frobnicate')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('frobnicate'),
  });
});

it('does the whole job, and leaves no profile of a window behind', () => {
  const demo = terminal('demo', '--users', '300', '--json', '--data-dir', join(folder, 'demo'));
  expect(demo.status).toBe(0);
  expect(JSON.parse(demo.stdout)).toMatchObject({ ok: true, users: 300 });
  expect(readdirSync(join(folder, 'demo'))).not.toContain('window');
});
