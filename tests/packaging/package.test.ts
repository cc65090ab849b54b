/** The decisions of packing: what a binary is for, what the hook refuses and burns in, what a list of contents tells. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type AfterPackContext, Arch } from 'electron-builder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterPack } from '../../scripts/pack/afterPack.ts';
import { packageFolderOf } from '../../scripts/pack/bundledPackages.ts';
import { releaseNotesOf } from '../../scripts/pack/bundles.ts';
import { differences, listOf, readContents, writeContents } from '../../scripts/pack/check/contents.ts';
import { makeStub } from '../../scripts/pack/check/stubs.ts';
import { makeConfig } from '../../scripts/pack/config.ts';
import { fits, targetOf } from '../../scripts/pack/natives.ts';
import { noticesText } from '../../scripts/pack/notices.ts';

const root = join(import.meta.dirname, '../..');
const prebuilt = (name: string) => join(root, 'node_modules/better-sqlite3/prebuilds', `${name}.node`);

let temp = '';
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'riskdesk-packaging-'));
});
afterEach(() => rmSync(temp, { recursive: true, force: true }));

/** What electron-builder hands to the hook, as far as the hook looks. */
function contextOf(platform: string, arch: Arch, dir: string): AfterPackContext {
  const packager = { getResourcesDir: (out: string) => join(out, 'resources') };
  return { electronPlatformName: platform, arch, appOutDir: dir, packager } as unknown as AfterPackContext;
}

function packedWith(native: string, electron: 'with fuses' | 'without'): string {
  makeStub(root, temp, 'linux');
  const fuseless = () => writeFileSync(join(temp, 'riskdesk'), '#!/bin/sh\n');
  electron === 'without' ? fuseless() : copyFileSync(join(temp, 'electron'), join(temp, 'riskdesk'));
  const folder = join(temp, 'resources/app.asar.unpacked');
  mkdirSync(folder, { recursive: true });
  copyFileSync(prebuilt(native), join(folder, 'native.node'));
  return temp;
}

describe('a native binary', () => {
  it.each(['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-x64', 'darwin-arm64'])(
    '%s is known',
    (name) => {
      const found = targetOf(readFileSync(prebuilt(name)));
      expect(`${found?.platform}-${found?.arch}`).toBe(name);
    },
  );

  it('that is none is none', () => {
    expect(targetOf(Buffer.from('text'))).toBeNull();
    expect(targetOf(Buffer.alloc(4096))).toBeNull();
    expect(targetOf(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 255)]))).toBeNull();
    expect(fits(null, { platform: 'linux', arch: 'x64' })).toBe(false);
  });
});

describe('the hook', () => {
  it('burns the fuses in', async () => {
    const dir = packedWith('linux-x64', 'with fuses');
    await afterPack(contextOf('linux', Arch.x64, dir));
    const wire = await getCurrentFuseWire(join(dir, 'riskdesk'));
    expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });

  it('refuses a binary of another machine by name', async () => {
    const dir = packedWith('linux-x64', 'with fuses');
    await expect(afterPack(contextOf('win32', Arch.arm64, dir))).rejects.toThrow(
      'native.node is for linux x64, and this package is for win32 arm64: pack on such a machine.',
    );
  });

  it('refuses an Electron that has no fuses, and a processor that nobody asked for', async () => {
    await expect(afterPack(contextOf('linux', Arch.x64, packedWith('linux-x64', 'without')))).rejects.toThrow(
      /sentinel/,
    );
    await expect(afterPack(contextOf('linux', Arch.ia32, temp))).rejects.toThrow('not packed for ia32');
  });

  it('is in the configuration of every platform', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      expect(makeConfig({}, platform).afterPack).toBe(afterPack);
    }
  });
});

describe('the configuration', () => {
  it('asks for what the three systems need', () => {
    const config = makeConfig({}, 'linux');
    expect(config.win?.target).toEqual(['nsis', 'msi']);
    expect(config.nsis).toMatchObject({ perMachine: false, allowElevation: false });
    expect(config.msi).toMatchObject({ perMachine: true });
    expect(config.mac?.target).toEqual(['dmg', 'zip']);
    expect(config.linux?.target).toEqual(['AppImage', 'deb']);
    expect(config.protocols).toEqual([{ name: 'Riskdesk', schemes: ['riskdesk'] }]);
  });

  it('keeps what is not named out, whatever is in the folder', () => {
    const files = makeConfig({}, 'win32').files as readonly string[];
    expect(files.indexOf('!**/node_modules/**')).toBeGreaterThan(0);
    expect(files).toContain('!out/**/*.map');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    expect(files).toContain('node_modules/better-sqlite3/prebuilds/win32-${arch}.node');
  });
});

describe('the list of contents', () => {
  const target = { platform: 'linux', arch: 'x64' };
  it('forgets hashes and the target, and nothing else', () => {
    const found = listOf(
      ['out/main/chunks/core-AbC1_x-9.js', '/out/main/chunks/twin-Q.js', 'out\\main\\main.js', 'a/linux-x64.node'],
      target,
    );
    expect(found).toEqual(['a/<target>.node', 'out/main/chunks/*.js', 'out/main/main.js']);
    expect(listOf(['out/main/chunks/core-A.js.map'], target)).toEqual(['out/main/chunks/core-A.js.map']);
  });

  it('names what came and what went, and is read as it was written', () => {
    expect(differences(['a', 'b'], ['b', 'c'])).toEqual([
      'packed and not on the list: c',
      'on the list and not packed: a',
    ]);
    const parts = new Map([
      ['one', ['a', 'b']],
      ['two', ['c']],
    ]);
    expect(readContents(writeContents('head', parts))).toEqual(parts);
  });
});

describe('what is written beside the program', () => {
  it('release notes are the part of the changelog, and a missing part is refused', () => {
    expect(releaseNotesOf('# C\r\n\r\n## 2.0.0\r\n\r\n- new\r\n\r\n## 1.0.0\r\n- old\r\n', '2.0.0')).toBe('- new');
    expect(() => releaseNotesOf('# C\n\n## 1.0.0\n', '2.0.0')).toThrow('no part "## 2.0.0"');
  });

  it('notices say when a package carries no text', () => {
    const text = noticesText([{ name: 'p', version: '1.0.0', licence: 'ISC', text: null }]);
    expect(text).toContain('p 1.0.0\nLicence: ISC\n\nThe package carries no text');
  });

  it('the package of a module is found, nested and scoped ones too', () => {
    expect(packageFolderOf('/r/node_modules/a/node_modules/@s/b/lib/x.js')).toBe('/r/node_modules/a/node_modules/@s/b');
    expect(packageFolderOf('C:\\r\\node_modules\\a\\x.js?commonjs')).toBe('C:/r/node_modules/a');
    expect(packageFolderOf('/r/electron/core/core.ts')).toBeNull();
  });
});
