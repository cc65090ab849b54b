/** The frame around every view: both themes, keys, palette, shortcuts, and the link to the core lost and found. */
import type { WebSocketRoute } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const views = ['Overview', 'Users', 'Rules', 'Actions', 'Action log', 'Connections', 'Settings'];

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  it('draws, and every view opens by Alt and its number, without one error in the console', async () => {
    opened = await open({ scheme });
    const { page, complaints } = opened;
    expect(await page.locator('[data-theme]').getAttribute('data-theme')).toBe(scheme);
    for (const [index, name] of views.entries()) {
      await page.keyboard.press(`Alt+Digit${index + 1}`);
      await page.getByRole('main', { name, exact: true }).waitFor();
      expect(await page.title()).toContain(name);
      await settled(page);
      const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true });
      expect(await link.getAttribute('aria-current')).toBe('page');
      expect(complaints, `console of ${name}`).toEqual([]);
    }
  });
});

describe('by keyboard', () => {
  it('the palette finds a view, a command and a rule, and Enter goes there', async () => {
    opened = await open();
    const { page } = opened;
    for (const [text, key, value] of [
      ['journ', 'Action log', null],
      ['action l', 'Action log', null],
      ['add conn', 'Connections', 'new'],
      ['last week', 'Rules', 'rule'],
    ] as const) {
      const box = page.getByRole('combobox', { name: /Type a view/ });
      // A dialog that is still leaving takes the keys of a busy machine: they are pressed until it has come.
      for (let tries = 0; tries < 20 && !(await box.isVisible()); tries += 1) {
        await page.keyboard.press('Control+k');
        await box.waitFor({ timeout: 3_000 }).catch(() => undefined);
      }
      await box.fill(text);
      if (text === 'journ') {
        await page.getByText('Nothing found').waitFor();
        await page.keyboard.press('Escape');
        await box.waitFor({ state: 'detached' });
        continue;
      }
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('main', { name: key, exact: true }).waitFor();
      await box.waitFor({ state: 'detached' });
      if (value !== null) expect(page.url()).toContain(`${value}=`);
    }
  });

  it('the arrows walk through the palette and Esc leaves everything as it was', async () => {
    opened = await open();
    const { page } = opened;
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { selected: true }).waitFor();
    const first = await page.getByRole('option', { selected: true }).innerText();
    await page.keyboard.press('ArrowDown');
    const second = await page.getByRole('option', { selected: true }).innerText();
    expect(second).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('option', { selected: true }).innerText()).toBe(first);
    const before = page.url();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).toBe(before);
  });

  it('? shows the shortcuts, Alt+Left and Alt+Right go back and forward', async () => {
    opened = await open();
    const { page } = opened;
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+Digit6');
    await page.getByRole('main', { name: 'Connections' }).waitFor();
    await page.keyboard.press('Alt+Digit7');
    await page.getByRole('main', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByRole('main', { name: 'Connections' }).waitFor();
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByRole('main', { name: 'Settings' }).waitFor();
  });

  it('the first Tab offers to skip to the content', async () => {
    opened = await open();
    const { page } = opened;
    await page.reload();
    await page.getByRole('main').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('view');
  });
});

describe('the link to the core', () => {
  it('is said to be lost, opens again by itself, and the view is asked anew', async () => {
    let refuse = false;
    const links: WebSocketRoute[] = [];
    opened = await open({
      prepare: (page) =>
        page.routeWebSocket(/\/rpc$/, (route) => {
          if (refuse) {
            void route.close();
            return;
          }
          links.push(route);
          route.connectToServer();
        }),
    });
    const { page } = opened;
    await page.keyboard.press('Alt+Digit6');
    await page.getByText('Complete', { exact: true }).waitFor();
    refuse = true;
    for (const link of links) await link.close();
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor();
    // What was read stays on the screen.
    expect(await page.getByText('Contoso (sample)').first().isVisible()).toBe(true);
    refuse = false;
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
  });
});

describe('a small window', () => {
  it.each([
    ['900 x 600', { width: 900, height: 600 }],
    ['1280 x 800 at 200 %', { width: 640, height: 400 }],
  ])('of %s scrolls nothing sideways and keeps every view in reach', async (_name, size) => {
    opened = await open({ size });
    const { page } = opened;
    for (const [index, name] of views.entries()) {
      await page.keyboard.press(`Alt+Digit${index + 1}`);
      await page.getByRole('main', { name, exact: true }).waitFor();
      await settled(page);
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wide, `${name} sideways`).toBeLessThanOrEqual(0);
      const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true });
      await link.scrollIntoViewIfNeeded();
      expect(await link.isVisible()).toBe(true);
    }
  });
});
