/**
 * `npm start`: the desktop application, or its window in the browser of this machine where Electron's binary cannot be had
 * or `--browser` asks for it. Builds the bundles when there are none yet, or older ones than
 * their sources. Arguments go on to the host: `npm start -- --demo`
 * shows the sample tenant. Never downloads anything by itself.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronBinary } from './electronBinary.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const say = (text) => process.stderr.write(`${text}\n`);
const given = process.argv.slice(2);
const help = given.includes('--help') || given.includes('-h');

const builtAt = (file) => statSync(join(root, 'out', file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether the bundles are missing, or a source file is newer than they are. */
function isStale() {
  const built = Math.min(...['main/main.js', 'renderer/index.html'].map(builtAt));
  return ['electron', 'renderer', 'shared'].some((folder) =>
    readdirSync(join(root, folder), { recursive: true }).some(
      (name) => statSync(join(root, folder, name)).mtimeMs > built,
    ),
  );
}

if (!help && isStale()) {
  say('Building the window; this is done when its sources have changed.');
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exit(status ?? 1);
  }
}

/** Options that only the browser host has: whoever gives one wants it. */
const forBrowser = ['--browser', '--help', '-h', '--allow-actions', '--no-open', '--port'];
const wantsBrowser = given.some((one) => forBrowser.includes(one.split('=')[0] ?? ''));
const screen = process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
const binary = wantsBrowser ? null : electronBinary(root);

if (!wantsBrowser && binary === null) {
  say(
    'The desktop application needs Electron, which is not here (npx install-electron --no brings it); opening the browser.',
  );
} else if (!wantsBrowser && !screen) {
  say('This machine has no screen for the desktop application; its window is served to a browser instead.');
}

/** A sync passes much through memory and keeps little: collected sooner, it stays small beside an analyst's other programs. */
const smallHeap = ['--max-semi-space-size=8', '--heap-growing-percent=30'];

const [command, args] =
  binary !== null && screen
    ? [binary, [join(root, 'out/main/main.js'), ...given]]
    : [process.execPath, [...smallHeap, join(root, 'electron/hosts/loopback/main.ts'), ...given]];
// Electron must not take itself for plain Node, whatever the terminal that starts it was started from.
const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
const child = spawn(command, args, { stdio: 'inherit', env });
child.on('error', (error) => {
  say(`The window could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
