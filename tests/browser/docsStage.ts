/**
 * Plays a scene of the guide in a fresh window. Size, seed and the time at which it begins are fixed, so that two plays
 * differ in seconds and ids alone. What becomes of the pictures is the caller's business.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from './docsScenes.ts';
import { open } from './open.ts';

const startAt = '2026-11-24T09:30:00Z';
const users = 20_000;

/**
 * @param keep gets each picture by name, as a PNG.
 * @throws Error when the page complained, or when the scene made other pictures than it names; where it got stuck, a picture
 * of that lies in test-results.
 */
export async function play(scene: Scene, keep: (name: string, png: Buffer) => void): Promise<void> {
  const opened = await open({
    users,
    startAt,
    ...(scene.mode === undefined ? {} : { mode: scene.mode }),
    ...(scene.scheme === undefined ? {} : { scheme: scene.scheme }),
  });
  const { page } = opened;
  const made: string[] = [];
  const shoot = async (name: string) => {
    // Skeletons, toasts and transitions have come to rest; the pointer points at nothing. A view that was opened without a
    // mouse or a key has the focus and its ring, as nobody sees it.
    await page.mouse.move(0, 0);
    await page.evaluate("if (document.activeElement?.id === 'view') document.activeElement.blur()");
    await page.waitForTimeout(900);
    keep(name, await page.screenshot());
    made.push(name);
  };
  try {
    await scene.play({ ...opened, shoot });
  } catch (error) {
    const folder = join(process.cwd(), 'test-results');
    const seen = join(folder, 'docs-pictures-failed.png');
    mkdirSync(folder, { recursive: true });
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
