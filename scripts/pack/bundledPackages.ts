/**
 * Writes down, while bundling, what really ended up in a bundle: the npm packages, which the notices must name, and
 * Riskdesk's own files, among which no test may be.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Where the lists are kept, below the folder of the bundles; never packed. */
export const listFolder = 'packages';

/** The folder of the package that a module belongs to, or null for a module of Riskdesk. */
export function packageFolderOf(moduleId: string): string | null {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found?.[1] ?? null;
}

export type Bundled = { readonly packages: readonly string[]; readonly sources: readonly string[] };

/** `name` of the bundle; the list is `packages/<name>.json` in `out`: absolute folders, and sources from the root. */
export function recordPackages(name: string): Plugin {
  return {
    name: 'riskdesk-bundled-packages',
    apply: 'build',
    generateBundle({ dir }, bundle) {
      // Bundles lie in `out/<kind>`, wherever `out` is this time.
      const out = resolve(dir ?? 'out/main', '..');
      const folders = new Set<string>();
      const sources = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          // A bundler's own modules have names that are no paths.
          if (renderedLength === 0 || !isAbsolute(id)) continue;
          const folder = packageFolderOf(id);
          if (folder !== null) folders.add(folder);
          else sources.add(relative(resolve('.'), id).replaceAll('\\', '/'));
        }
      }
      mkdirSync(join(out, listFolder), { recursive: true });
      const bundled: Bundled = { packages: [...folders].sort(), sources: [...sources].sort() };
      writeFileSync(join(out, listFolder, `${name}.json`), `${JSON.stringify(bundled, null, 2)}\n`);
    },
  };
}
