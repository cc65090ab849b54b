/**
 * Stand-ins for Electron's own downloads, for machines that cannot reach them: the files that electron-builder looks for,
 * with a real executable header and the real fuse wire, so that fuses are burnt in and icons and versions are written as
 * they would be. They start nothing.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** As Electron 45 is delivered: version 1, nine fuses, in Electron's default state. */
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('101100011')]);

const electronVersion = (root: string) =>
  (JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string }).version;

/** Makes the folder `dir` that `electronDist` may name. Windows gets a real PE, which its resources are written into. */
export function makeStub(root: string, dir: string, platform: 'linux' | 'win32'): void {
  for (const folder of ['resources', 'locales']) mkdirSync(join(dir, folder), { recursive: true });
  for (const name of ['locales/en-US.pak', 'LICENSE', 'LICENSES.chromium.html']) {
    writeFileSync(join(dir, name), `A stand-in for ${name} of Electron.\n`);
  }
  writeFileSync(join(dir, 'version'), electronVersion(root));
  if (platform === 'linux') {
    const script = Buffer.from('#!/bin/sh\necho "A stand-in for Electron: it starts nothing." >&2\nexit 70\n#');
    writeFileSync(join(dir, 'electron'), Buffer.concat([script, wire, Buffer.from('\n')]), { mode: 0o755 });
    return;
  }
  const exe = join(dir, 'electron.exe');
  copyFileSync(join(root, 'node_modules/electron-winstaller/vendor/Setup.exe'), exe);
  writeFileSync(exe, Buffer.concat([readFileSync(exe), wire]));
}
