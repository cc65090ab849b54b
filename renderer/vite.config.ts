import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the renderer alone, for an ordinary browser; the same plugins as in electron.vite.config.ts. */
export default defineConfig({
  plugins: [react()],
  base: './',
  build: { outDir: '../out/renderer', emptyOutDir: true },
});
