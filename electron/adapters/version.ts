/** The version of this program: put in by the build, or read from the package that the source belongs to. */
import { readFileSync } from 'node:fs';

declare const __RISKDESK_VERSION__: string | undefined;

export function readVersion(): string {
  if (typeof __RISKDESK_VERSION__ === 'string') return __RISKDESK_VERSION__;
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const read: unknown = JSON.parse(text);
  if (typeof read === 'object' && read !== null && 'version' in read && typeof read.version === 'string') {
    return read.version;
  }
  throw new Error('package.json names no version');
}
