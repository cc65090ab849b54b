/** Rules by keyboard alone: one is written, undone and redone, tested over days, saved, cloned, taken out and brought back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const number = (text: string | null): number => Number((text ?? '').replace(/[^0-9]/g, ''));

async function openRules(options: Parameters<typeof open>[0] = {}): Promise<Page> {
  opened = await open(options);
  const { page } = opened;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
  await goTo(page, '#/rules');
  await settled(page);
  return page;
}

/** Presses Tab until the element that `is` describes has the focus; fails when it is never reached. */
async function tabTo(page: Page, is: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    const name = await page.evaluate<string>(`(() => {
      const at = document.activeElement;
      return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
    })()`);
    if (name.includes(is)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached "${is}".`);
}

describe('a rule', () => {
  it('is written, undone, redone, tested over days and saved without a mouse', async () => {
    const page = await openRules();
    const matches = page.getByRole('region', { name: 'Users who match' }).getByRole('status').first();
    await tabTo(page, 'New rule');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'New rule' }).waitFor();
    await tabTo(page, 'Name');
    await page.keyboard.type('Keyboard "rule" 🙂');
    await matches.getByText(/^[0-9,]+ users? match/).waitFor();
    const before = number(await matches.innerText());
    await tabTo(page, 'Add condition');
    await page.keyboard.press('Enter');
    // The new condition has the focus: its field is chosen by its first letters.
    await page.keyboard.type('Guest');
    await page
      .getByText(/and .*guest/i)
      .first()
      .waitFor();
    await page.waitForTimeout(1_500);
    const narrowed = number(await matches.innerText());
    expect(narrowed).toBeLessThan(before);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(1_500);
    expect(number(await matches.innerText())).toBe(before);
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+y');
    await page.waitForTimeout(1_500);
    expect(number(await matches.innerText())).toBe(narrowed);
    await tabTo(page, 'Updated');
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(1_500);
    expect(number(await matches.innerText())).toBeLessThanOrEqual(narrowed);
    await page.keyboard.press('Control+s');
    await page.getByText('"Keyboard "rule" 🙂" is saved.').waitFor();
  });

  it('says beside the condition what is wrong with it, keeps what was typed, and says so when saving is tried', async () => {
    const page = await openRules();
    await goTo(page, '#/rules?new=1');
    await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(120));
    await page.getByRole('combobox', { name: 'Field' }).selectOption('score');
    const value = page.getByRole('group', { name: 'Condition 1' }).getByRole('textbox').first();
    await value.fill('plenty');
    await page
      .getByRole('group', { name: 'Condition 1' })
      .getByText(/cannot be compared with "plenty"/)
      .waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(/1 condition needs attention/).waitFor();
    expect(await value.inputValue()).toBe('plenty');
    await value.fill('375');
    await page.getByText(/cannot be compared/).waitFor({ state: 'detached' });
  });

  it('on an empty cache can be written all the same', async () => {
    opened = await open({ mode: 'empty' });
    const { page } = opened;
    await goTo(page, '#/rules?new=1');
    await page.getByText(/The cache is still empty/).waitFor();
  });
});

describe('the list', () => {
  it('exports what it holds, and takes it back after it was removed', async () => {
    const page = await openRules();
    const folder = mkdtempSync(join(tmpdir(), 'riskdesk-rules-'));
    try {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export all' }).click();
      const text = readFileSync(await (await download).path(), 'utf8');
      const file = join(folder, 'rules.json');
      writeFileSync(file, text.replace('High risk, last week', '=HYPERLINK(\\"x\\") مرحبا'));
      await page.locator('input[type="file"]').setInputFiles(file);
      const dialog = page.getByRole('dialog');
      await dialog.getByText('=HYPERLINK("x") مرحبا').waitFor();
      await dialog.getByRole('button', { name: 'Import 1 rule' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: '=HYPERLINK("x") مرحبا', exact: true }).waitFor();
      writeFileSync(file, 'not a rule');
      await page.locator('input[type="file"]').setInputFiles(file);
      await dialog
        .getByText(/not an export of rules/)
        .first()
        .waitFor();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('mutes, clones and moves a rule, and says what was done', async () => {
    const page = await openRules();
    const menu = async (item: string) => {
      await page.getByRole('button', { name: 'More for High risk, last week' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: item, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await menu('Mute until');
    await page.getByRole('button', { name: 'Mute', exact: true }).click();
    await page.getByText(/is muted until/).waitFor();
    await menu('Unmute');
    await page.getByText(/is no longer muted/).waitFor();
    await menu('Move to folder');
    await page.getByRole('combobox', { name: 'Folder' }).fill('Desk');
    await page.getByRole('button', { name: 'Move to Desk' }).click();
    await page.getByText('"High risk, last week" is in the folder "Desk".').waitFor();
    await menu('Clone');
    await page.getByRole('dialog').getByRole('button', { name: 'Clone' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(/was cloned from/).waitFor();
    // Nothing stays hidden from a screen reader after a dialog, and the focus is where it was.
    await page.locator('[data-more]:focus').waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
  });
});
