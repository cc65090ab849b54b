/**
 * What the committed icons were made from. Pixels differ between versions of Chromium, so the record holds hashes: of the
 * vector, and of every file that was made from it. A test compares the record with what is there.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const made = /^(icon\.(ico|icns)|icons[\\/]\d+x\d+\.png)$/;

/** Hex SHA-256 by file name, with forward slashes, in the order of the names; `icon.svg` without line-end differences. */
export function fingerprintOf(resources: string): Readonly<Record<string, string>> {
  const names = readdirSync(resources, { recursive: true, encoding: 'utf8' });
  const hash = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
  const vector = readFileSync(join(resources, 'icon.svg'), 'utf8').replaceAll('\r\n', '\n');
  return Object.fromEntries([
    ['icon.svg', hash(vector)],
    ...names
      .filter((name) => made.test(name))
      .map((name): [string, string] => [name.replaceAll('\\', '/'), hash(readFileSync(join(resources, name)))])
      .sort(([a], [b]) => a.localeCompare(b, 'en')),
  ]);
}
