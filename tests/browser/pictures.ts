/**
 * Pictures of the views on the sample tenant, to look at while working: `node tests/browser/pictures.ts OUT [SCHEME] [HASH ...]`.
 * RISKDESK_LOCALE is the language that the browser asks for, RISKDESK_SIZE the window's size, such as 900x600.
 * SCHEME is light, dark or both; a HASH is a place in the window, such as `#users?q=ada`. Without any, every view is taken.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { goTo, open, settled } from './open.ts';

const [out = 'test-results/pictures', scheme = 'both', ...places] = process.argv.slice(2);
const all = ['overview', 'users', 'rules', 'actions', 'journal', 'connections', 'settings'].map((view) => `#/${view}`);
const schemes = scheme === 'both' ? (['light', 'dark'] as const) : ([scheme === 'dark' ? 'dark' : 'light'] as const);

const { RISKDESK_LOCALE: locale = 'en-US', RISKDESK_SIZE = '1280x800' } = process.env;
const [width = 1280, height = 800] = RISKDESK_SIZE.split('x').map(Number);

mkdirSync(resolve(out), { recursive: true });
for (const one of schemes) {
  const opened = await open({ users: 3_000, scheme: one, locale, size: { width, height } });
  await opened.page.waitForTimeout(2_500);
  for (const place of places.length > 0 ? places : all) {
    await goTo(opened.page, place);
    await settled(opened.page);
    await opened.page.waitForTimeout(600);
    const name = place.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    await opened.page.screenshot({ path: join(resolve(out), `${name}.${one}.png`) });
  }
  for (const complaint of opened.complaints) process.stderr.write(`${complaint}\n`);
  await opened.close();
}
