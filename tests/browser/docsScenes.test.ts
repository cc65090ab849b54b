/** What the guide shows can be done in the window of today: each of its scenes is played to its end, without a complaint. */
import { expect, it } from 'vitest';
import { scenes } from './docsScenes.ts';
import { play } from './docsStage.ts';

it.each(scenes.map((scene) => [scene.pictures.join(', '), scene] as const))('shows %s', async (_, scene) => {
  const sizes: number[] = [];
  await play(scene, (_name, png) => sizes.push(png.length));
  expect(Math.min(...sizes)).toBeGreaterThan(10_000);
});
