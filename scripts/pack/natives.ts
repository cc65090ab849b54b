/** For which platform and processor a native binary was built, by its own header: ELF, PE or Mach-O. Pure. */
export type Target = { readonly platform: 'linux' | 'win32' | 'darwin'; readonly arch: 'x64' | 'arm64' | 'universal' };

/** ELF `e_machine`, PE `Machine` and Mach-O `cputype` of the two processors that Riskdesk is built for. */
const elf: Readonly<Record<number, 'x64' | 'arm64'>> = { 62: 'x64', 183: 'arm64' };
const pe: Readonly<Record<number, 'x64' | 'arm64'>> = { 34404: 'x64', 43620: 'arm64' };
const macho: Readonly<Record<number, 'x64' | 'arm64'>> = { 16777223: 'x64', 16777228: 'arm64' };

/** Null when the header is none of the three or names another processor. `file` may be the first 4 kB alone. */
export function targetOf(file: Buffer): Target | null {
  if (file.length < 64) return null;
  if (file.readUInt32BE(0) === 0x7f454c46) return named('linux', elf[file.readUInt16LE(18)]);
  if (file.readUInt16LE(0) === 0x5a4d) {
    const at = file.readUInt32LE(0x3c);
    if (at + 6 > file.length || file.readUInt32LE(at) !== 0x4550) return null;
    return named('win32', pe[file.readUInt16LE(at + 4)]);
  }
  if (file.readUInt32LE(0) === 0xfeedfacf) return named('darwin', macho[file.readUInt32LE(4)]);
  if (file.readUInt32BE(0) === 0xcafebabe) return { platform: 'darwin', arch: 'universal' };
  return null;
}

function named(platform: Target['platform'], arch: 'x64' | 'arm64' | undefined): Target | null {
  return arch === undefined ? null : { platform, arch };
}

export function fits(found: Target | null, wanted: Target): boolean {
  if (found === null || found.platform !== wanted.platform) return false;
  return found.arch === wanted.arch || found.arch === 'universal';
}

export function describeTarget(target: Target | null): string {
  return target === null ? 'no platform that Riskdesk is built for' : `${target.platform} ${target.arch}`;
}
