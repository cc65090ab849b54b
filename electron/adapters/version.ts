/** The version and the build of this program: put in by the bundler, or read from the package that the source belongs to. */
import { readFileSync } from 'node:fs';
import type { Build } from '../../shared/contract/host.ts';

declare const __RISKDESK_VERSION__: string | undefined;
declare const __RISKDESK_BUILD__: Build | null | undefined;

export function readVersion(): string {
  if (typeof __RISKDESK_VERSION__ === 'string') return __RISKDESK_VERSION__;
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const read: unknown = JSON.parse(text);
  if (typeof read === 'object' && read !== null && 'version' in read && typeof read.version === 'string') {
    return read.version;
  }
  throw new Error('package.json names no version');
}

/** Null when there was no build: the program runs from its sources, or they were bundled without their history. */
export function readBuild(): Build | null {
  return typeof __RISKDESK_BUILD__ === 'undefined' ? null : __RISKDESK_BUILD__;
}

/** What `--version` prints: the version first, so that a script can take the first word. */
export function versionLine(version = readVersion(), build = readBuild()): string {
  if (build === null) return `${version} (no build stamp: runs from source)`;
  const commit = build.commit.slice(0, 12) + (build.modified ? ' with changes' : '');
  return `${version} (build ${commit} of ${build.date.slice(0, 10)})`;
}
