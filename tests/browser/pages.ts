/** The renderer as a browser gets it: built once for as long as its sources stay the same. RISKDESK_PAGES names a ready one. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const store = resolve('node_modules/.cache/riskdesk-pages');
/** Builds that are kept; older ones go. */
const kept = 3;

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const folder of ['renderer', 'shared']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      const { mtimeMs, size } = statSync(join(folder, name));
      hash.update(`${folder}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

let making: Promise<string> | null = null;

/** Two test files may build at once; the one that ends last finds the folder there and takes it. */
async function make(): Promise<string> {
  const ready = process.env.RISKDESK_PAGES;
  if (ready !== undefined && ready !== '') return resolve(ready);
  const target = join(store, fingerprint());
  if (existsSync(join(target, 'index.html'))) return target;
  mkdirSync(store, { recursive: true });
  const mine = `${target}.${process.pid}`;
  await build({
    root: 'renderer',
    configFile: 'renderer/vite.config.ts',
    logLevel: 'error',
    build: { outDir: mine, emptyOutDir: true },
  });
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

export function builtPages(): Promise<string> {
  making ??= make();
  return making;
}
