/**
 * Between packing and signing: every native binary is for the packed platform and processor, or the package is refused by
 * name, and the fuses are burnt in. Never skipped: a binary without fuses fails here.
 */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import { type AfterPackContext, Arch } from 'electron-builder';
import { fuses } from './fuses.ts';
import { describeTarget, fits, type Target, targetOf } from './natives.ts';

/** The first 4 kB: enough for every header. */
function headOf(file: string): Buffer {
  const head = Buffer.alloc(4096);
  const handle = openSync(file, 'r');
  try {
    return head.subarray(0, readSync(handle, head, 0, head.length, 0));
  } finally {
    closeSync(handle);
  }
}

/** Of each native binary under `unpacked` that is not for `target`: a sentence. `unpacked` may be missing. */
export function wrongNatives(unpacked: string, target: Target): readonly string[] {
  return readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.node'))
    .map((name) => ({ name, found: targetOf(headOf(join(unpacked, name))) }))
    .filter(({ found }) => !fits(found, target))
    .map(
      ({ name, found }) =>
        `${name} is for ${describeTarget(found)}, and this package is for ${describeTarget(target)}: pack on such a machine.`,
    );
}

export function targetOfPack(context: Pick<AfterPackContext, 'electronPlatformName' | 'arch'>): Target {
  const { electronPlatformName: platform, arch } = context;
  if (platform !== 'linux' && platform !== 'win32' && platform !== 'darwin') {
    throw new Error(`Riskdesk is not packed for ${platform}.`);
  }
  if (arch === Arch.x64) return { platform, arch: 'x64' };
  if (arch === Arch.arm64) return { platform, arch: 'arm64' };
  throw new Error(`Riskdesk is not packed for ${Arch[arch]} processors.`);
}

/** electron-builder's hook. Throws what is wrong, which ends the packing. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const target = targetOfPack(context);
  const { appOutDir, packager } = context;
  const wrong = wrongNatives(join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked'), target);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const binary = { linux: 'riskdesk', win32: 'Riskdesk.exe', darwin: 'Riskdesk.app' }[target.platform];
  // On Apple silicon a changed binary needs a new signature before it runs, even where the real one follows.
  const resetAdHocDarwinSignature = target.platform === 'darwin' && target.arch === 'arm64';
  await flipFuses(join(appOutDir, binary), { ...fuses, resetAdHocDarwinSignature });
}
