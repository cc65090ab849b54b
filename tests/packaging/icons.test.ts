/** The icons that ship: made from the vector as it is now, and whole in every size that a system asks for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icnsOf, icnsTypes, icoOf, readIcns, readIco, sizeOfPng } from '../../scripts/icons/containers.ts';
import { fingerprintOf } from '../../scripts/icons/fingerprint.ts';

const resources = join(import.meta.dirname, '../../resources');

describe('the icons', () => {
  it('were made from the vector as it is: otherwise run npm run icons and commit what it writes', () => {
    const kept: unknown = JSON.parse(readFileSync(join(resources, 'icons/made-from.json'), 'utf8'));
    expect(fingerprintOf(resources)).toEqual(kept);
  });

  it('have every size that Linux asks for, under its name', () => {
    const names = readdirSync(join(resources, 'icons')).filter((name) => name.endsWith('.png'));
    expect(names.length).toBeGreaterThanOrEqual(9);
    for (const name of names) {
      const { width, height } = sizeOfPng(readFileSync(join(resources, 'icons', name)));
      expect(`${width}x${height}.png`).toBe(name);
    }
  });

  it('have every size that Windows asks for', () => {
    const pictures = readIco(readFileSync(join(resources, 'icon.ico')));
    expect(pictures.map(({ size }) => size)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    for (const { size, png } of pictures) expect(sizeOfPng(png)).toEqual({ width: size, height: size });
  });

  it('have every size that macOS asks for', () => {
    const entries = readIcns(readFileSync(join(resources, 'icon.icns')));
    expect([...entries.keys()].sort()).toEqual(Object.keys(icnsTypes).sort());
    for (const [type, png] of entries) {
      expect(`${type} ${sizeOfPng(png).width}`).toBe(`${type} ${icnsTypes[type]}`);
    }
  });

  it('survive being packed and read back', () => {
    const png = readFileSync(join(resources, 'icons/256x256.png'));
    const small = readFileSync(join(resources, 'icons/16x16.png'));
    const ico = readIco(
      icoOf([
        { size: 16, png: small },
        { size: 256, png },
      ]),
    );
    expect(ico.map(({ png: one }) => one.equals(small) || one.equals(png))).toEqual([true, true]);
    expect([...readIcns(icnsOf(() => small)).values()].every((one) => one.equals(small))).toBe(true);
  });
});
