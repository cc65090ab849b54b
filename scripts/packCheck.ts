/**
 * `npm run pack:check`: packs Linux and Windows directories offline, on stand-ins for Electron, and proves from the result
 * what can be proven without Electron. `-- --write` keeps the lists of contents as they are now; look at what changed.
 * Exit 1 when anything was disproved.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBundles } from './pack/bundles.ts';
import { proveFirstLoad, proveNotices, proveSources } from './pack/check/bundle.ts';
import { readContents, writeContents } from './pack/check/contents.ts';
import * as inside from './pack/check/inside.ts';
import { packInto } from './pack/check/packInto.ts';
import { createReport } from './pack/check/report.ts';
import { proveCommandLine, proveNativesLoad, unpack } from './pack/check/running.ts';
import { proveTerminal, proveWindow } from './pack/check/window.ts';

const root = join(import.meta.dirname, '..');
const keptFile = join(root, 'tests/packaging/contents.txt');
const head = 'What a package holds. `npm run pack:check` compares; `npm run pack:check -- --write` writes it anew.';
const targets = [
  { platform: 'linux', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
  { platform: 'win32', arch: 'x64' },
  { platform: 'win32', arch: 'arm64' },
] as const;

const report = createReport((line) => process.stdout.write(`${line}\n`));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const temp = mkdtempSync(join(tmpdir(), 'riskdesk-pack-'));
try {
  makeBundles(root);
  proveSources(report, root);
  proveNotices(report, root);
  proveFirstLoad(report, root);
  const written = new Map<string, readonly string[]>();
  const kept = readContents(readFileSync(keptFile, 'utf8'));
  for (const target of targets) {
    const packed = await packInto(root, temp, target);
    const beside = `beside it, ${target.platform}`;
    const lists = inside.listsOf(packed);
    // What this machine had to leave out belongs on the list all the same: a whole package has it.
    const whole = (list: readonly string[], keytar: string) => [...new Set([...list, keytar])].sort();
    const keytar = 'node_modules/keytar/build/Release/keytar.node';
    written.set('app.asar', whole(lists.inside, keytar));
    written.set(beside, whole(lists.beside, `resources/app.asar.unpacked/${keytar}`));
    inside.proveContents(report, packed, { inside: kept.get('app.asar') ?? [], beside: kept.get(beside) ?? [] });
    inside.proveNatives(report, packed);
    inside.proveNoLeftovers(report, packed);
    inside.proveSizes(report, packed);
    inside.proveLicences(report, packed);
    await inside.proveFuses(report, packed);
    inside.proveIntegrity(report, packed);
    if (target.platform === process.platform && target.arch === process.arch) {
      const folder = unpack(packed, temp);
      proveNativesLoad(report, packed, folder);
      proveCommandLine(report, folder, version);
      proveTerminal(report, root, folder, version);
      await proveWindow(report, root, folder, temp);
    } else {
      report.cannot(
        `${target.platform} ${target.arch}: its native binaries load (this is ${process.platform} ${process.arch})`,
      );
    }
  }
  if (process.argv.includes('--write')) writeFileSync(keptFile, writeContents(head, written));
} catch (error) {
  report.prove('packing ends well', [error instanceof Error ? error.message : String(error)]);
} finally {
  rmSync(temp, { recursive: true, force: true });
}
report.cannot('macOS packages (only macOS can pack them)');
report.cannot('installers: NSIS, MSI, dmg, AppImage, deb (their tools come from the network)');
report.cannot('signatures, notarisation, and the packed program in the real Electron');
process.exit(report.end() ? 0 : 1);
