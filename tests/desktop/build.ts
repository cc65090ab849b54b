/** The desktop application as it is packed: its three kinds of bundles below a folder with a package.json, built once. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const store = resolve('node_modules/.cache/riskdesk-desktop');
/** Builds that are kept; older ones go. */
const kept = 2;

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = ['renderer', 'shared', 'electron'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  for (const file of [...files, 'electron.vite.config.ts', 'package.json'].sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @returns the folder of the application; `out/main/main.js` is below it. */
export function builtApp(): string {
  const target = join(store, fingerprint());
  if (existsSync(join(target, 'package.json'))) return target;
  const mine = `${target}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  const builder = resolve('node_modules/electron-vite/bin/electron-vite.js');
  const { status, stderr } = spawnSync(process.execPath, [builder, 'build', '--outDir', join(mine, 'out')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The bundles could not be built: ${stderr}`);
  copyFileSync('package.json', join(mine, 'package.json'));
  try {
    renameSync(mine, target);
  } catch {
    rmSync(mine, { recursive: true, force: true });
  }
  const old = readdirSync(store)
    .filter((name) => !name.includes('.'))
    .map((name) => ({ path: join(store, name), at: statSync(join(store, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
    .slice(kept);
  for (const { path } of old) rmSync(path, { recursive: true, force: true });
  return target;
}
