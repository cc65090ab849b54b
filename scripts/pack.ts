/**
 * `npm run pack`: the installers of this machine's platform, signed with what the environment offers. Arguments go to
 * electron-builder: `npm run pack -- --x64`, `npm run pack -- --dir`. Uploads nothing.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeBundles } from './pack/bundles.ts';
import { type Platform, requireSigned, signingFor, signingVariables } from './pack/signing.ts';

const root = join(import.meta.dirname, '..');
const say = (text: string) => process.stderr.write(`${text}\n`);

function fail(text: string): never {
  say(text);
  process.exit(1);
}

const platform = process.platform;
if (platform !== 'linux' && platform !== 'win32' && platform !== 'darwin')
  fail(`Riskdesk is not packed on ${platform}.`);

const signing = signingFor(platform satisfies Platform, process.env);
for (const line of signing.lines) say(`\n!!  ${line}\n`);
try {
  requireSigned(platform, signing, process.env);
  makeBundles(root);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

// Of an incomplete set electron-builder would take a part and fail later without a reason; of none, look in keychains.
const env: NodeJS.ProcessEnv = { ...process.env };
if (signing.by === null) for (const name of signingVariables) delete env[name];
else for (const name of signingVariables) if (env[name] === '') delete env[name];
if (signing.by === null) env.CSC_IDENTITY_AUTO_DISCOVERY = 'false';

const builder = join(root, 'node_modules/electron-builder/cli.js');
const { status } = spawnSync(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env,
});
for (const line of signing.lines) say(`\n!!  ${line}\n`);
process.exit(status ?? 1);
