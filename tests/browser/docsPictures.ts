/**
 * `npm run docs:pictures`: every picture of docs/ from the running window on the sample tenant, into docs/pictures. Size, seed
 * and the time at which a scene begins are fixed, so that two runs differ in seconds and ids alone. `-- NAME ...` takes only the
 * scenes that make those. Look at what came before it is committed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Scene, scenes } from './docsScenes.ts';
import { open } from './open.ts';
import { palettePng } from './palettePng.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
const startAt = '2026-11-24T09:30:00Z';
const users = 20_000;
const only = process.argv.slice(2);

/** @throws Error when the page complained, or when the scene made other pictures than it names. */
async function take(scene: Scene): Promise<void> {
  const opened = await open({
    users,
    startAt,
    ...(scene.mode === undefined ? {} : { mode: scene.mode }),
    ...(scene.scheme === undefined ? {} : { scheme: scene.scheme }),
  });
  const { page } = opened;
  const made: string[] = [];
  const shoot = async (name: string) => {
    // Skeletons, toasts and transitions have come to rest; the pointer points at nothing.
    await page.mouse.move(0, 0);
    await page.waitForTimeout(900);
    const picture = palettePng(await page.screenshot());
    writeFileSync(join(folder, `${name}.png`), picture);
    process.stdout.write(`${name}.png, ${Math.round(picture.length / 1024)} kB\n`);
    made.push(name);
  };
  try {
    await scene.play({ ...opened, shoot });
  } catch (error) {
    const seen = join(process.cwd(), 'test-results', 'docs-pictures-failed.png');
    mkdirSync(join(seen, '..'), { recursive: true });
    await page.screenshot({ path: seen });
    throw new Error(`${made.at(-1) ?? 'The start'} was the last picture; what the window showed: ${seen}`, {
      cause: error,
    });
  } finally {
    await opened.close();
  }
  if (made.join() !== scene.pictures.join()) throw new Error(`The scene names ${scene.pictures}, and made ${made}.`);
  if (opened.complaints.length > 0) throw new Error(`The page complained: ${opened.complaints.join('\n')}`);
}

mkdirSync(folder, { recursive: true });
for (const scene of scenes) {
  if (only.length > 0 && !scene.pictures.some((name) => only.includes(name))) continue;
  await take(scene);
}
