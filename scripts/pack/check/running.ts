/** Proofs by running what was packed, under the Node that this script runs on: only for this machine's own platform. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import type { Packed } from './packInto.ts';
import type { Report } from './report.ts';

/** The package's files as a folder, since plain Node cannot look into an asar. */
export function unpack(packed: Packed, temp: string): string {
  const folder = mkdtempSync(join(temp, 'unpacked-'));
  extractAll(join(packed.resources, 'app.asar'), folder);
  return folder;
}

export function proveNativesLoad(report: Report, packed: Packed, folder: string): void {
  const from = createRequire(join(folder, 'package.json'));
  const faults: string[] = [];
  const load = (name: string, use: (loaded: unknown) => void) => {
    try {
      use(from(name));
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  load('better-sqlite3', (loaded) => {
    const Database = loaded as new (file: string) => { prepare(sql: string): { get(): unknown }; close(): void };
    const db = new Database(':memory:');
    db.prepare('SELECT sqlite_version() AS version').get();
    db.close();
  });
  if (packed.leftOut.length === 0) load('keytar', () => undefined);
  report.prove(
    `linux ${packed.target.arch}: better-sqlite3${packed.leftOut.length === 0 ? ' and keytar' : ''} load from the package`,
    faults,
  );
}

export function proveCommandLine(report: Report, folder: string, version: string): void {
  const cli = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, 'out/main/cli.js'), ...args], { encoding: 'utf8', cwd: folder });
  const said = cli('--version').stdout.trim();
  report.prove(`the packed program says its version and build: ${said}`, said.startsWith(`${version} (`) ? [] : [said]);
  const demo = cli('demo', '--users', '3000', '--json');
  const ok = demo.status === 0 && (JSON.parse(demo.stdout) as { ok?: unknown }).ok === true;
  report.prove(
    'the packed core, its store worker and the sample tenant do the whole job (demo, 3,000 users)',
    ok ? [] : [`exit ${demo.status}: ${demo.stderr.trim()}`],
  );
}
