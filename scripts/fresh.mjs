/**
 * The two commands of the README, for a machine that has nothing but Node: `demo` and `test`. Plain JavaScript for the
 * Node that is there already (20 or newer); everything else runs on the Node 24 that `npm ci` brings along.
 * On Debian and Ubuntu it installs what the tests need as system packages; elsewhere it says what is missing and why.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const say = (text) => process.stderr.write(`${text}\n`);

/** Debian package -> a file that shows it is installed, and why it is needed. */
const systemPackages = [
  [
    'libsecret-1-dev',
    ['/usr/include/libsecret-1/libsecret/secret.h'],
    'builds keytar, which keeps secrets in the OS keychain',
  ],
  ['gnome-keyring', ['/usr/bin/gnome-keyring-daemon'], 'the keychain that the keychain tests talk to'],
  ['dbus', ['/usr/bin/dbus-run-session'], 'the bus between keytar and the keychain'],
  [
    'chromium',
    ['/usr/bin/chromium', process.env.RISKDESK_CHROMIUM ?? ''],
    'the browser that the tests of the window drive',
  ],
  ['openssl', ['/usr/bin/openssl'], 'makes the certificates of the TLS tests'],
  ['python3', ['/usr/bin/python3'], 'node-gyp, which builds keytar'],
  ['make', ['/usr/bin/make'], 'node-gyp, which builds keytar'],
  ['g++', ['/usr/bin/g++'], 'node-gyp, which builds keytar'],
];

function run(command, args, options = {}) {
  // npm is a .cmd file on Windows, which only a shell can start; the arguments here are constants.
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (result.error) {
    say(`Could not start ${command}: ${result.error.message}`);
    process.exit(1);
  }
  return result.status ?? 1;
}

function must(command, args, options) {
  const status = run(command, args, options);
  if (status !== 0) process.exit(status);
}

function installSystemPackages() {
  if (process.platform !== 'linux') return;
  const missing = systemPackages.filter(([, files]) => !files.some((file) => existsSync(file)));
  if (missing.length === 0) return;
  for (const [name, , why] of missing) say(`missing: ${name} (${why})`);
  const names = missing.map(([name]) => name);
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    must('apt-get', ['update', '-qq'], { env });
    must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    return;
  }
  say(`Install them first, for example: sudo apt-get install ${names.join(' ')}`);
  process.exit(1);
}

/** Installs when node_modules is not what the lock file says. */
function installModules() {
  const lock = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(lock) && run('npm', ['ls', '--silent', '--depth=0'], { stdio: 'ignore' }) === 0) return;
  must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

const wanted = process.argv[2];
switch (wanted) {
  case 'demo':
    installModules();
    say(
      'Opening the window on the embedded sample tenant; Ctrl-C ends it. In the terminal instead: npm run -s cli -- demo',
    );
    process.exit(run('npm', ['run', '-s', 'demo', '--', ...process.argv.slice(3)]));
    break;
  case 'test':
    installSystemPackages();
    installModules();
    must('npm', ['run', 'check']);
    must('npm', ['run', 'build']);
    process.exit(run('npm', ['test']));
    break;
  default:
    say('Usage: node scripts/fresh.mjs demo | test');
    process.exit(2);
}
