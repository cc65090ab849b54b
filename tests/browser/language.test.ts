/** The language of the window: chosen in the settings and seen everywhere at once, or taken from the browser. */
import { afterEach, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const english = /\b(the|and|users|rules|settings|overview|connections|log|score|search|sync|with)\b/i;
const german = {
  overview: 'Übersicht',
  users: 'Benutzer',
  rules: 'Regeln',
  actions: 'Aktionen',
  journal: 'Protokoll',
  connections: 'Verbindungen',
  settings: 'Einstellungen',
};

it('German in the settings turns every view German at once, and English brings all of it back', async () => {
  opened = await open();
  const { page, complaints } = opened;
  const lang = () => page.locator('html').getAttribute('lang');
  expect(await lang()).toBe('en');
  await goTo(page, '#/settings?section=window');
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await page.getByRole('main', { name: 'Einstellungen' }).waitFor();
  expect(await lang()).toBe('de');
  // The view at hand was drawn anew, not loaded anew: the choice still has the focus.
  expect(await page.evaluate('document.activeElement.value')).toBe('de');
  for (const [view, name] of Object.entries(german)) {
    await goTo(page, `#/${view}`);
    await page.getByRole('main', { name, exact: true }).waitFor();
    await settled(page);
    expect(await page.title()).toContain(name);
    const frame = [
      await page.getByRole('navigation', { name: 'Ansichten' }).innerText(),
      await page.getByRole('banner').getByRole('button').last().innerText(),
      await page.getByRole('contentinfo').innerText(),
      ...(await page.locator('main').locator('h1, h2, h3, th, [role="columnheader"]').allInnerTexts()),
      ...(await page.locator('main').getByRole('button').allTextContents()),
    ].filter((text) => !text.includes('High risk, last week'));
    for (const text of frame) expect(text, view).not.toMatch(english);
  }
  await goTo(page, '#/rules');
  await page.getByText('Die Risikostufe ist Hoch').first().waitFor();
  await goTo(page, '#/settings?section=window');
  await page.getByRole('radio', { name: 'English' }).click();
  await page.getByRole('main', { name: 'Settings' }).waitFor();
  expect(await lang()).toBe('en');
  await goTo(page, '#/rules');
  await page.getByText('Risk level is High').first().waitFor();
  expect(complaints).toEqual([]);
});

it('a browser that asks for German gets it without a choice, problems of a rule included', async () => {
  opened = await open({ locale: 'de-AT' });
  const { page, complaints } = opened;
  await page.getByRole('main', { name: 'Übersicht' }).waitFor();
  const query = { combinator: 'and', rules: [{ field: 'score', operator: '<=', value: 2000 }] };
  await goTo(page, '#/rules?new=1');
  await page.getByRole('tab', { name: 'JSON' }).click();
  await page.getByRole('textbox', { name: 'Die Regel als JSON' }).fill(JSON.stringify(query));
  await page.getByText('Das Feld „Wert“ ist nicht mit 2000 vergleichbar.').first().waitFor();
  expect(complaints).toEqual([]);
});
