/**
 * `node scripts/release/assemble.ts PACKAGES RELEASE`: what the machines packed, in one folder, as it is published: the files,
 * one feed a platform with the rollout of RISKDESK_ROLLOUT percent, SHA256SUMS over all, and the release notes.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { releaseNotesOf } from '../pack/bundles.ts';
import { type Feed, mergeFeeds, readRollout } from './feeds.ts';
import { readYaml, writeYaml } from './yaml.ts';

const root = join(import.meta.dirname, '../..');
const [packages = '', release = ''] = process.argv.slice(2);
if (packages === '' || release === '') {
  process.stderr.write('Usage: node scripts/release/assemble.ts PACKAGES RELEASE\n');
  process.exit(2);
}

const rollout = readRollout(process.env.RISKDESK_ROLLOUT);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const folder = join(release, 'files');
mkdirSync(folder, { recursive: true });

const feeds = new Map<string, Feed[]>();
for (const path of readdirSync(packages, { recursive: true, encoding: 'utf8' })) {
  const name = basename(path);
  if (!/\.(exe|msi|dmg|zip|AppImage|deb|blockmap|yml)$/.test(name)) continue;
  if (!name.endsWith('.yml')) copyFileSync(join(packages, path), join(folder, name));
  else feeds.set(name, [...(feeds.get(name) ?? []), readYaml(readFileSync(join(packages, path), 'utf8')) as Feed]);
}
for (const [name, parts] of feeds) {
  const feed = mergeFeeds(parts, rollout);
  if (feed.version !== version) throw new Error(`${name} is for ${feed.version}, and package.json says ${version}.`);
  for (const { url } of feed.files) {
    if (!readdirSync(folder).includes(url)) throw new Error(`${name} names ${url}, which was not packed.`);
  }
  writeFileSync(join(folder, name), writeYaml(feed));
}

const sums = readdirSync(folder)
  .sort()
  .map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`,
  );
writeFileSync(join(release, 'SHA256SUMS'), sums.join(''));
writeFileSync(
  join(release, 'notes.txt'),
  `${releaseNotesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version)}\n`,
);
process.stdout.write(`${sums.length} files, ${feeds.size} feeds, offered to ${rollout} % at first.\n`);
