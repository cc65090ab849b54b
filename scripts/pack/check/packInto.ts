/** Packs one platform and processor into a folder, offline, with electron-builder itself and the configuration that ships. */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { wrongNatives } from '../afterPack.ts';
import { makeConfig } from '../config.ts';
import type { Target } from '../natives.ts';
import { makeStub } from './stubs.ts';

export type Packed = {
  readonly target: Target;
  /** The folder with the program. */
  readonly dir: string;
  readonly resources: string;
  /** What had to be left out of this package because this machine cannot supply it. */
  readonly leftOut: readonly string[];
};

type Packable = { readonly platform: 'linux' | 'win32'; readonly arch: 'x64' | 'arm64' };

/** Keytar's binary is compiled on the machine that packs; for another platform it must not be packed at all. */
function keytarOf(root: string, target: Packable): { readonly left: boolean; readonly why: string } {
  const release = join(root, 'node_modules/keytar/build/Release');
  if (!existsSync(join(release, 'keytar.node')))
    return { left: true, why: 'keytar.node was not built on this machine' };
  const wrong = wrongNatives(release, target).filter((line) => line.startsWith('keytar.node'));
  return wrong[0] === undefined ? { left: false, why: '' } : { left: true, why: wrong[0] };
}

/** Rejects with what electron-builder or the hook says. `temp` is a folder that the caller removes. */
export async function packInto(root: string, temp: string, target: Packable): Promise<Packed> {
  const work = mkdtempSync(join(temp, `${target.platform}-${target.arch}-`));
  const electronDist = join(work, 'electron');
  makeStub(root, electronDist, target.platform);
  const config = makeConfig({}, target.platform);
  const keytar = keytarOf(root, target);
  const files = Array.isArray(config.files) ? config.files : [];
  const platform = target.platform === 'linux' ? Platform.LINUX : Platform.WINDOWS;
  await build({
    projectDir: root,
    publish: 'never',
    targets: platform.createTarget('dir', target.arch === 'x64' ? Arch.x64 : Arch.arm64),
    config: {
      ...config,
      electronDist,
      files: keytar.left ? [...files, '!**/node_modules/keytar/build/**'] : files,
      directories: { ...config.directories, output: join(work, 'dist') },
    },
  });
  const folder = readdirSync(join(work, 'dist')).find((name) => name.endsWith('unpacked'));
  if (folder === undefined) throw new Error('electron-builder ended well and packed nothing');
  const dir = join(work, 'dist', folder);
  return { target, dir, resources: join(dir, 'resources'), leftOut: keytar.left ? [keytar.why] : [] };
}
