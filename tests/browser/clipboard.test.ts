/** Copying where the page has no permission to, as in the desktop application, which grants none. */
import { afterEach, expect, it } from 'vitest';
import { goTo, type Opened, open } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

it('goes through the older command, and leaves focus and selection where they were', async () => {
  opened = await open({
    prepare: async (page) => {
      await page.addInitScript(`
        navigator.clipboard.writeText = async () => {
          throw new DOMException('Write permission denied.', 'NotAllowedError');
        };
      `);
    },
  });
  const { page } = opened;
  await goTo(page, '#/settings?section=data');
  const button = page.getByRole('button', { name: 'Copy path' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Copied');
  const shown = (await page.locator('code').first().textContent()) ?? '';
  expect(shown).toMatch(/riskdesk/);
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(shown);
});
