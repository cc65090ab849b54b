/**
 * `npm run icons`: every icon from resources/icon.svg, drawn by Chromium. Run it after a change of the vector and commit what
 * it writes. macOS wants air around the plate (Apple's grid: 824 of 1024 points); elsewhere the plate fills the square.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { icnsOf, icnsTypes, icoOf } from './containers.ts';
import { fingerprintOf } from './fingerprint.ts';

const resources = join(import.meta.dirname, '../../resources');
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];

const vector = readFileSync(join(resources, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.RISKDESK_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();

async function draw(size: number, viewBox: string): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const sized = vector.replace('viewBox="0 0 512 512"', `viewBox="${viewBox}" width="${size}" height="${size}"`);
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`);
  return await page.screenshot({ omitBackground: true });
}

const whole = new Map<number, Buffer>();
for (const size of new Set([...linuxSizes, ...windowsSizes])) whole.set(size, await draw(size, '12 12 488 488'));
const airy = new Map<number, Buffer>();
for (const size of new Set(Object.values(icnsTypes))) airy.set(size, await draw(size, '-42 -42 596 596'));
await browser.close();

function from(pictures: ReadonlyMap<number, Buffer>, size: number): Buffer {
  const png = pictures.get(size);
  if (png === undefined) throw new Error(`no picture of ${size} pixels`);
  return png;
}

const folder = join(resources, 'icons');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const size of linuxSizes) writeFileSync(join(folder, `${size}x${size}.png`), from(whole, size));
writeFileSync(join(resources, 'icon.ico'), icoOf(windowsSizes.map((size) => ({ size, png: from(whole, size) }))));
writeFileSync(
  join(resources, 'icon.icns'),
  icnsOf((size) => from(airy, size)),
);
writeFileSync(join(folder, 'made-from.json'), `${JSON.stringify(fingerprintOf(resources), null, 2)}\n`);
