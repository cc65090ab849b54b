/** What is published: feeds of several machines in one, refused when they do not belong together, and true checksums. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Feed, mergeFeeds, readRollout } from '../../scripts/release/feeds.ts';
import { readYaml, writeYaml } from '../../scripts/release/yaml.ts';

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const feed = (arch: string, change: Partial<Feed> = {}): Feed => ({
  version,
  files: [{ url: `Riskdesk-${version}-setup-${arch}.exe`, sha512: `hash-${arch}`, size: 3 }],
  path: `Riskdesk-${version}-setup-${arch}.exe`,
  sha512: `hash-${arch}`,
  releaseDate: arch === 'x64' ? '2026-11-24T10:00:00.000Z' : '2026-11-24T11:00:00.000Z',
  releaseNotes: '- new: "quoted", and\n- more',
  ...change,
});

describe('feeds', () => {
  it('become one, with all files and the share of installations', () => {
    const merged = mergeFeeds([feed('x64'), feed('arm64')], 10);
    expect(merged.files.map(({ sha512 }) => sha512)).toEqual(['hash-arm64', 'hash-x64']);
    expect(merged).toMatchObject({
      stagingPercentage: 10,
      releaseDate: '2026-11-24T11:00:00.000Z',
      path: feed('x64').path,
    });
    expect(readYaml(writeYaml(merged))).toEqual(merged);
  });

  it('are refused when they do not belong together', () => {
    expect(() => mergeFeeds([], 10)).toThrow('no feed');
    expect(() => mergeFeeds([feed('x64'), feed('arm64', { version: '9.9.9' })], 10)).toThrow(
      'pack all from one commit',
    );
    const other = { files: [{ url: `Riskdesk-${version}-setup-x64.exe`, sha512: 'another' }] };
    expect(() => mergeFeeds([feed('x64'), feed('x64', other)], 10)).toThrow('packed twice and differs');
  });

  it.each(['', '0', '101', '12.5', 'ten', undefined])('refuse a rollout of %s', (text) => {
    expect(() => readRollout(text)).toThrow('RISKDESK_ROLLOUT must be');
  });
});

describe('what is published', () => {
  let temp = '';
  beforeEach(() => {
    temp = mkdtempSync(join(tmpdir(), 'riskdesk-release-'));
    for (const arch of ['x64', 'arm64']) {
      const folder = join(temp, 'packages', `packages-windows-${arch}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `Riskdesk-${version}-setup-${arch}.exe`), `program ${arch}`);
      writeFileSync(join(folder, 'latest.yml'), writeYaml(feed(arch)));
      writeFileSync(join(folder, 'notes.md'), 'not published');
    }
  });
  afterEach(() => rmSync(temp, { recursive: true, force: true }));

  const assemble = (rollout: string) =>
    spawnSync(
      process.execPath,
      [join(root, 'scripts/release/assemble.ts'), join(temp, 'packages'), join(temp, 'release')],
      { encoding: 'utf8', env: { ...process.env, RISKDESK_ROLLOUT: rollout } },
    );

  it('is every file once, with checksums that are true', () => {
    const { status, stdout } = assemble('25');
    expect([status, stdout]).toEqual([0, '3 files, 1 feeds, offered to 25 % at first.\n']);
    const lines = readFileSync(join(temp, 'release/SHA256SUMS'), 'utf8').trim().split('\n');
    expect(lines.map((line) => line.split('  ')[1])).toEqual([
      `Riskdesk-${version}-setup-arm64.exe`,
      `Riskdesk-${version}-setup-x64.exe`,
      'latest.yml',
    ]);
    for (const line of lines) {
      const [sum, name = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(readFileSync(join(temp, 'release/files', name)))
          .digest('hex'),
      ).toBe(sum);
    }
    expect(readYaml(readFileSync(join(temp, 'release/files/latest.yml'), 'utf8'))).toMatchObject({
      stagingPercentage: 25,
    });
    expect(readFileSync(join(temp, 'release/notes.txt'), 'utf8').length).toBeGreaterThan(20);
  });

  it('is nothing when a feed names a file that is not there', () => {
    rmSync(join(temp, 'packages/packages-windows-arm64', `Riskdesk-${version}-setup-arm64.exe`));
    const { status, stderr } = assemble('25');
    expect(status).not.toBe(0);
    expect(stderr).toContain('which was not packed');
  });
});
