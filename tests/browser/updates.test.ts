/** Settings > Updates in a real browser: a version is found, its notes are text, and it is installed when nothing runs. */
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function openUpdates(mode: string): Promise<Opened> {
  opened = await open({ users: 300, mode });
  await goTo(opened.page, '#/settings?section=updates');
  await settled(opened.page);
  return opened;
}

describe('updates in the settings', () => {
  it('are found, shown as text, and installed on request', async () => {
    const { page, complaints } = await openUpdates('sample,fast,updates');
    await page.getByRole('button', { name: 'Look now' }).click();
    await page.getByText('Version 9.9.9 is ready to install').waitFor();
    const notes = page.getByRole('textbox', { name: 'What is new in 9.9.9' });
    expect(await notes.inputValue()).toBe('News\n\n- Calmer lists');
    await page.getByRole('button', { name: 'Close Riskdesk and install 9.9.9' }).click();
    await page.getByText('Version 9.9.9 is being installed').waitFor();
    expect(await page.title()).not.toBe('1');
    expect(complaints).toEqual([]);
  });

  it('keep the choices at once, and say why there are none in a browser', async () => {
    const { page } = await openUpdates('sample,fast,updates');
    await page.getByRole('switch', { name: 'Look for newer versions automatically' }).click();
    await page.getByRole('radio', { name: 'Also versions that are still being tried' }).click();
    await page.reload();
    await settled(page);
    expect(await page.getByRole('switch').isChecked()).toBe(false);
    expect(await page.getByRole('radio', { name: /still being tried/ }).isChecked()).toBe(true);
    await opened?.close();
    const browser = await openUpdates('sample,fast');
    await browser.page.getByText('In the browser Riskdesk does not update itself').waitFor();
    expect(await browser.page.getByRole('button', { name: 'Look now' }).count()).toBe(0);
  });
});
