/**
 * The same core for a terminal and a scheduler. This file only makes loading from TypeScript source fast, before anything
 * else is loaded, so that a command starts in a fraction of a second; the rest is in run.ts. It is plain JavaScript
 * because the first TypeScript file outside the compile cache costs 50 ms for Node's type stripper.
 */
import nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A folder per account: one that another account made could not be written, and must not be trusted.
const account = process.getuid?.() ?? process.env.USERNAME ?? 'user';
nodeModule.enableCompileCache(join(tmpdir(), `riskdesk-compile-cache-${account}`));

/** What a package's name stands for, seen from this project's own files. */
const packages = new Map();

// Three hundred files: Node asks the disk several times for each of them, where the answer can be read off the name.
nodeModule.registerHooks?.({
  resolve(specifier, context, next) {
    const { parentURL, conditions } = context;
    if (parentURL === undefined || !conditions.includes('import')) return next(specifier, context);
    if (!specifier.startsWith('.')) {
      if (parentURL.includes('/node_modules/')) return next(specifier, context);
      const known = packages.get(specifier) ?? next(specifier, context);
      packages.set(specifier, known);
      return { ...known, shortCircuit: true };
    }
    // Fifty files of translated messages that zod brings along and nobody here reads.
    const translations = specifier === '../locales/index.js' && parentURL.includes('/node_modules/zod/');
    if (translations) return { url: 'data:text/javascript,', format: 'module', shortCircuit: true };
    const { href } = new URL(specifier, parentURL);
    if (specifier.endsWith('.ts')) return { url: href, format: 'module-typescript', shortCircuit: true };
    return specifier.endsWith('.js') ? { url: href, shortCircuit: true } : next(specifier, context);
  },
});

const { run } = await import('./run.ts');
await run(process.argv.slice(2));
