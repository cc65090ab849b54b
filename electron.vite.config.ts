import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

/**
 * Builds the main process's bundles: the terminal host and the thread that owns SQLite, each a file of its own because
 * a worker is started by URL. Native modules stay outside; everything else is bundled.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: { include: ['keytar'] },
      rollupOptions: {
        input: {
          cli: resolve('electron/hosts/cli/main.ts'),
          storeWorker: resolve('electron/core/store/worker.ts'),
        },
      },
    },
  },
});
