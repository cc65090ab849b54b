/**
 * `npm run docs:pictures`: every picture of docs/ from the running window on the sample tenant, into docs/pictures.
 * `-- NAME ...` takes only the scenes that make those. Look at what came before it is committed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenes } from './docsScenes.ts';
import { play } from './docsStage.ts';
import { palettePng } from './palettePng.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
const only = process.argv.slice(2);

mkdirSync(folder, { recursive: true });
for (const scene of scenes) {
  if (only.length > 0 && !scene.pictures.some((name) => only.includes(name))) continue;
  await play(scene, (name, png) => {
    const picture = palettePng(png);
    writeFileSync(join(folder, `${name}.png`), picture);
    process.stdout.write(`${name}.png, ${Math.round(picture.length / 1024)} kB\n`);
  });
}
