/** The bundles as they are shipped: built here, and run without the sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
let dataDir = '';

function bundled(...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
    encoding: 'utf8',
    cwd: dataDir,
  });
  return { stdout, stderr, status };
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-bundle-'));
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' });
  expect(`${status} ${status === 0 ? '' : stderr}`).toBe('0 ');
}, 180_000);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the bundles', () => {
  it('know their version and build', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const said = bundled('--version').stdout.trim();
    expect(said.split(' ')[0]).toBe(version);
    // Where the sources have no history (a downloaded archive) there is nothing to stamp.
    if (existsSync(join(root, '.git'))) {
      expect(said).toMatch(/^\S+ \(build [0-9a-f]{12}( with changes)? of \d{4}-\d\d-\d\d\)$/);
    }
  });

  it('do the whole job, with SQLite in threads of its own', () => {
    const { stdout, status } = bundled('demo', '--users', '21000', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, users: 21_000, sync: { complete: true } });
  }, 120_000);

  it('hold the pages of the window', () => {
    expect(existsSync(join(root, 'out/renderer/index.html'))).toBe(true);
  });
});
