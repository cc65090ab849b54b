/** Proofs from the bundles themselves: what they were made of, who must be named, and how much the first page loads. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Bundled, listFolder } from '../bundledPackages.ts';
import { collectNotices } from '../notices.ts';
import type { Report } from './report.ts';

/** Thousands of bytes, gzip, of everything that the page loads before it shows anything. */
const firstLoadBudget = 350;

export function proveSources(report: Report, root: string): void {
  const folder = join(root, 'out', listFolder);
  const bundles = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Bundled);
  const sources = bundles.flatMap((bundle) => bundle.sources);
  report.prove(
    `the bundles are made of ${sources.length} files of Riskdesk, none of them a test, a fixture or a script`,
    sources.filter((path) => !/^(electron|renderer|shared)\//.test(path)).map((path) => `${path} is bundled`),
  );
  report.prove(
    'the sample tenant is bundled',
    sources.some((path) => path.startsWith('electron/twin/')) ? [] : ['electron/twin is not'],
  );
}

export function proveNotices(report: Report, root: string): void {
  const notices = collectNotices(root);
  const text = readFileSync(join(root, 'out/THIRD-PARTY-NOTICES.txt'), 'utf8');
  report.prove(`THIRD-PARTY-NOTICES names all ${notices.length} packages with the text of their licence`, [
    ...notices.filter((notice) => notice.text === null).map(({ name }) => `${name} has no licence text`),
    ...notices
      .filter(({ name, version }) => !text.includes(`\n${name} ${version}\n`))
      .map(({ name }) => `${name} is not named`),
  ]);
}

/** The page's own script, styles and everything that they import before the page shows something. */
export function firstLoadOf(renderer: string): { readonly files: readonly string[]; readonly gzip: number } {
  const page = readFileSync(join(renderer, 'index.html'), 'utf8');
  const linked = [...page.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
  const gzip = linked.reduce((sum, path) => sum + gzipSync(readFileSync(join(renderer, path))).length, 0);
  return { files: linked, gzip: gzip + gzipSync(page).length };
}

export function proveFirstLoad(report: Report, root: string): void {
  const renderer = join(root, 'out/renderer');
  const { files, gzip } = firstLoadOf(renderer);
  const assets = readdirSync(join(renderer, 'assets'));
  const whole = assets.reduce((sum, name) => sum + statSync(join(renderer, 'assets', name)).size, 0);
  const kb = Math.round(gzip / 1000);
  report.prove(
    `the window's first load is ${kb} kB gzip in ${files.length} files, within ${firstLoadBudget} kB (all pages: ${Math.round(whole / 1000)} kB unzipped)`,
    kb <= firstLoadBudget && files.length > 0 ? [] : ['it is larger, or nothing was found'],
  );
}
