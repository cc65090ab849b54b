/** Proofs from the files of one package: contents, native binaries, maps, licences, sizes, fuses, the integrity hash. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, getRawHeader, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { wrongNatives } from '../afterPack.ts';
import { fuses } from '../fuses.ts';
import { differences, listOf } from './contents.ts';
import type { Packed } from './packInto.ts';
import type { Report } from './report.ts';

/** Megabytes of 10^6 bytes. Electron itself, about 250 MB, is not ours to shrink. */
const budgets = { 'app.asar': 8, 'app.asar.unpacked': 6 };

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

/** Files below a folder, with forward slashes. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'));
}

/** Files of the archive, those that lie outside included. */
function archived(asar: string): readonly string[] {
  const all = listPackage(asar, { isPack: false }).map((name) => name.replaceAll('\\', '/').slice(1));
  const folders = new Set(all.map((name) => name.slice(0, name.lastIndexOf('/'))));
  return all.filter((name) => !folders.has(name));
}

export type Lists = { readonly inside: readonly string[]; readonly beside: readonly string[] };

export function listsOf({ dir, resources, target }: Packed): Lists {
  return { inside: listOf(archived(join(resources, 'app.asar')), target), beside: listOf(filesOf(dir), target) };
}

const name = ({ target }: Packed) => `${target.platform} ${target.arch}`;

/** `kept` lists what may be there; what the package had to leave out is missing from both sides. */
export function proveContents(report: Report, packed: Packed, kept: Lists): void {
  const found = listsOf(packed);
  const expected = (list: readonly string[]) =>
    packed.leftOut.length === 0 ? list : list.filter((path) => !path.endsWith('keytar.node'));
  report.prove(`${name(packed)}: app.asar holds exactly its list (${found.inside.length} lines)`, [
    ...differences(expected(kept.inside), found.inside),
  ]);
  report.prove(`${name(packed)}: beside it lies exactly its list (${found.beside.length} lines)`, [
    ...differences(expected(kept.beside), found.beside),
  ]);
}

export function proveNatives(report: Report, packed: Packed): void {
  const unpacked = join(packed.resources, 'app.asar.unpacked');
  const natives = filesOf(unpacked).filter((path) => path.endsWith('.node'));
  const needed = ['better-sqlite3', ...(packed.leftOut.length === 0 ? ['keytar'] : [])];
  const absent = needed.filter((wanted) => !natives.some((path) => path.includes(`/${wanted}/`)));
  report.prove(`${name(packed)}: native binaries lie outside the asar and are for this platform and processor`, [
    ...absent.map((wanted) => `${wanted} has none`),
    ...wrongNatives(unpacked, packed.target),
  ]);
  for (const why of packed.leftOut) report.cannot(`${name(packed)}: keytar is in the package (${why})`);
}

export function proveNoLeftovers(report: Report, packed: Packed): void {
  const asar = join(packed.resources, 'app.asar');
  const files = archived(asar);
  const scripts = files.filter((path) => /^out\/.*\.(c?js|css|html)$/.test(path));
  const pointing = scripts.filter((path) =>
    /[#@] ?sourceMappingURL=(?!data:,)/.test(
      extractFile(asar, path.replaceAll('/', process.platform === 'win32' ? '\\' : '/')).toString(),
    ),
  );
  report.prove(`${name(packed)}: no source maps, sources, tests or development packages`, [
    ...files.filter((path) => /\.(map|tsx?)$/.test(path)).map((path) => `${path} is packed`),
    ...files.filter((path) => /(^|\/)(tests?|fixtures?|__tests__)\//.test(path)).map((path) => `${path} is packed`),
    ...files
      .filter((path) => path.startsWith('node_modules/') && !/^node_modules\/(better-sqlite3|keytar)\//.test(path))
      .map((path) => `${path} is packed`),
    ...pointing.map((path) => `${path} points at a source map`),
  ]);
  const {
    main,
    scripts: commands,
    devDependencies,
  } = JSON.parse(extractFile(asar, 'package.json').toString()) as Record<string, unknown>;
  report.prove(`${name(packed)}: package.json starts out/main/main.js and names no development packages or scripts`, [
    ...(main === 'out/main/main.js' ? [] : [`main is ${String(main)}`]),
    ...(commands === undefined && devDependencies === undefined ? [] : ['scripts or devDependencies are in it']),
  ]);
}

export function proveSizes(report: Report, packed: Packed): void {
  const asar = statSync(join(packed.resources, 'app.asar')).size;
  const unpacked = join(packed.resources, 'app.asar.unpacked');
  const outside = filesOf(unpacked).reduce((sum, path) => sum + statSync(join(unpacked, path)).size, 0);
  for (const [what, size] of [
    ['app.asar', asar],
    ['app.asar.unpacked', outside],
  ] as const) {
    report.prove(
      `${name(packed)}: ${what} is ${mb(size)}, within ${budgets[what]} MB`,
      size <= budgets[what] * 1e6 ? [] : ['it is larger'],
    );
  }
}

export function proveLicences(report: Report, packed: Packed): void {
  const files = [
    'LICENSE.electron.txt',
    'LICENSES.chromium.html',
    'resources/LICENSE.riskdesk.txt',
    'resources/THIRD-PARTY-NOTICES.txt',
  ];
  report.prove(
    `${name(packed)}: the licences of Riskdesk, Electron, Chromium and of the bundled packages lie beside it`,
    files.filter((file) => !existsSync(join(packed.dir, file))).map((file) => `${file} is missing`),
  );
}

export async function proveFuses(report: Report, packed: Packed): Promise<void> {
  const binary = join(packed.dir, packed.target.platform === 'win32' ? 'Riskdesk.exe' : 'riskdesk');
  const wire = await getCurrentFuseWire(binary);
  const wanted = Object.entries(fuses).flatMap(([key, on]): [number, boolean][] =>
    typeof on === 'boolean' && /^\d+$/.test(key) ? [[Number(key), on]] : [],
  );
  report.prove(`${name(packed)}: ${wanted.length} fuses are burnt in by the hook and read back`, [
    ...wanted
      .filter(([fuse, on]) => wire[fuse as FuseV1Options] !== (on ? FuseState.ENABLE : FuseState.DISABLE))
      .map(([fuse]) => `${FuseV1Options[fuse]} is not as listed`),
  ]);
}

/** Windows keeps the hash of the archive's header in the program itself; without it the program would refuse to start. */
export function proveIntegrity(report: Report, packed: Packed): void {
  if (packed.target.platform !== 'win32') return;
  const { headerString } = getRawHeader(join(packed.resources, 'app.asar'));
  const hash = createHash('sha256').update(headerString).digest('hex');
  const exe = readFileSync(join(packed.dir, 'Riskdesk.exe'));
  report.prove(`${name(packed)}: Riskdesk.exe carries the hash of app.asar, its name and its version`, [
    ...(exe.includes(hash) ? [] : ['the hash is missing or another']),
    ...(exe.includes(Buffer.from('Riskdesk', 'utf16le')) ? [] : ['the product name is missing']),
  ]);
}
