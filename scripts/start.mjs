/**
 * `npm start`: the window, in the browser of this machine. Builds the pages when there are none yet. Arguments go to the
 * host: `npm start -- --demo` shows the sample tenant, `--allow-actions` lets it act.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

if (!existsSync(join(root, 'out/renderer/index.html'))) {
  process.stderr.write('Building the pages of the window; this is done once.\n');
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exit(status ?? 1);
  }
}

const host = join(root, 'electron/hosts/loopback/main.ts');
const child = spawn(process.execPath, [host, ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
