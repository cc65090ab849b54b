import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { buildStamp } from './scripts/pack/buildStamp.ts';

const build = JSON.stringify(buildStamp());
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/**
 * Builds the bundles of the main process (each host, and the thread that owns SQLite, which is started by URL and so is a
 * file of its own) and the renderer. Native modules stay outside; everything else is bundled.
 */
export default defineConfig({
  main: {
    define: { __RISKDESK_VERSION__: JSON.stringify(version), __RISKDESK_BUILD__: build },
    build: {
      externalizeDeps: { include: ['keytar'] },
      rollupOptions: {
        input: {
          cli: resolve('electron/hosts/cli/main.mjs'),
          loopback: resolve('electron/hosts/loopback/main.ts'),
          storeWorker: resolve('electron/core/store/worker.ts'),
        },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: resolve('out/renderer'),
      minify: true,
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  },
});
