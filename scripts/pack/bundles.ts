/** The bundles as they are packed: made anew, with the notices and the release notes beside them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectNotices, noticesText } from './notices.ts';

/** The part of a changelog under `## version`, as plain text; throws when there is none. */
export function releaseNotesOf(changelog: string, version: string): string {
  const lines = changelog.replaceAll('\r\n', '\n').split('\n');
  const start = lines.indexOf(`## ${version}`);
  if (start < 0) throw new Error(`CHANGELOG.md has no part "## ${version}".`);
  const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  return lines
    .slice(start + 1, end < 0 ? undefined : end)
    .join('\n')
    .trim();
}

/** Throws with the bundler's own words. What an earlier build left behind goes first: it would be packed too. */
export function makeBundles(root: string): void {
  rmSync(join(root, 'out'), { recursive: true, force: true });
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`electron-vite build ended with ${status}.\n${stdout}\n${stderr}`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(root, 'out/THIRD-PARTY-NOTICES.txt'), noticesText(collectNotices(root)));
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  writeFileSync(join(root, 'out/release-notes.txt'), `${releaseNotesOf(changelog, version)}\n`);
}
