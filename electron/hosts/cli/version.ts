/** The version of the package that this source belongs to. */
import { readFileSync } from 'node:fs';

export function readVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const read: unknown = JSON.parse(text);
  if (typeof read === 'object' && read !== null && 'version' in read && typeof read.version === 'string') {
    return read.version;
  }
  throw new Error('package.json names no version');
}
