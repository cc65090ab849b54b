/**
 * `npm run pictures`: every view in every state, light, dark and high contrast, as `<view>.<state>.<theme>.png` in
 * test-results/pictures. `-- NAME ...` plays only those scenes; `--axe` also says what axe finds. A scene that breaks leaves
 * a picture of where it did, the others are played all the same, and the exit code is 1.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { playScene, scenes } from './stateScenes.ts';

const out = resolve('test-results/pictures');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const withAxe = process.argv.includes('--axe');
mkdirSync(out, { recursive: true });
let taken = 0;
for (const scene of scenes) {
  if (only.length > 0 && !only.includes(scene.name)) continue;
  try {
    await playScene(scene, async (page, name, theme) => {
      await page.screenshot({ path: join(out, `${name}.${theme}.png`) });
      taken += 1;
      if (!withAxe) return;
      const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
      for (const { id, nodes } of violations) {
        process.exitCode = 1;
        for (const { html } of nodes) process.stdout.write(`${name}.${theme}: ${id}: ${html.slice(0, 200)}\n`);
      }
    });
    process.stdout.write(`${scene.name}: ${taken} pictures so far\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${scene.name}: ${String(error)}\n`);
  }
}
