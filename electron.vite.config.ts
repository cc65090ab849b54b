import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { buildStamp } from './scripts/pack/buildStamp.ts';
import { recordPackages } from './scripts/pack/bundledPackages.ts';

const build = JSON.stringify(buildStamp());
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/**
 * Builds the bundles of the main process (each host, the process that holds the data, and the thread that owns SQLite:
 * the last two are started by URL and so are files of their own), the preload and the renderer. Native modules stay
 * outside; everything else is bundled. A sandboxed preload can require nothing but Electron and must be CommonJS.
 */
export default defineConfig({
  main: {
    plugins: [recordPackages('main')],
    define: { __RISKDESK_VERSION__: JSON.stringify(version), __RISKDESK_BUILD__: build },
    build: {
      externalizeDeps: { include: ['keytar'] },
      rollupOptions: {
        input: {
          main: resolve('electron/hosts/desktop/main.ts'),
          coreProcess: resolve('electron/hosts/desktop/coreProcess.ts'),
          cli: resolve('electron/hosts/cli/main.mjs'),
          loopback: resolve('electron/hosts/loopback/main.ts'),
          storeWorker: resolve('electron/core/store/worker.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [recordPackages('preload')],
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve('electron/hosts/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), recordPackages('renderer')],
    build: {
      minify: true,
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  },
});
