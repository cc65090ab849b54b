/** axe finds nothing in what opens within the overview, the users and the rules: in light, dark and high contrast. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
let page: Page;

/** Each finding as a line that names the rule and the element. */
async function findings(): Promise<readonly string[]> {
  await settled(page);
  // Fluent's focus manager leaves invisible dummies behind.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.html.slice(0, 200)} | ${node.failureSummary?.replace(/\s+/g, ' ').slice(0, 200)}`,
    ),
  );
}

const add = (input: unknown) => opened.order({ do: 'call', procedure: 'rules.add', input });
const query = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] };

beforeAll(async () => {
  opened = await open();
  page = opened.page;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
  await add({ name: 'Muted "one" 👩‍💻', query, folder: 'Watch', exceptions: ['High risk, last week'] });
  await opened.order({
    do: 'call',
    procedure: 'rules.update',
    input: { name: 'Muted "one" 👩‍💻', change: { mutedUntil: '2099-01-01T00:00:00Z' } },
  });
});
afterAll(() => opened.close());

const row = (index: number) => page.locator(`[role="grid"] [data-index="${index}"]`);
const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
const ruleMenu = async (item: string) => {
  await goTo(page, '#/rules');
  await button(/^More for Muted/).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await page.getByRole('dialog').waitFor();
};

/** What is on the screen, and how it comes there. */
const scenes: readonly (readonly [string, () => Promise<void>])[] = [
  ['the overview', async () => goTo(page, '#/overview')],
  [
    'its tables',
    async () => {
      await button('Show as table').waitFor();
      for (let left = 2; left > 0; left -= 1) await button('Show as table').click();
    },
  ],
  [
    'a stretch being brushed',
    async () => {
      await goTo(page, '#/rules');
      await goTo(page, '#/overview');
      const bars = page.getByRole('group', { name: /by aggregate score/ }).getByRole('button');
      await bars.nth(6).focus();
      for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight');
    },
  ],
  [
    'users with a panel and a selection',
    async () => {
      await goTo(page, '#/users');
      await row(1).locator('[data-check]').click();
      await row(2).locator('[data-check]').click();
      await row(4).click();
      await row(3).hover();
    },
  ],
  ['the columns', async () => button('Columns').click()],
  [
    'the filters',
    async () => {
      await page.keyboard.press('Escape');
      await button(/^Filter$/).click();
      await page.getByRole('menuitem', { name: 'Level' }).hover();
      await page.getByRole('menuitemcheckbox', { name: 'High' }).waitFor();
    },
  ],
  [
    'a name for a view that is no name',
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await button('Views').click();
      await page.getByRole('menuitem', { name: /Save this view/ }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('   ');
    },
  ],
  [
    'nobody',
    async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await goTo(page, '#/users?search=nobodyatall');
      await page.getByText('Nobody matches').waitFor();
    },
  ],
  ['a filter that cannot be used', async () => goTo(page, '#/users?filter=%7B%7D')],
  ['the rules', async () => goTo(page, '#/rules')],
  [
    'renaming one to a name that is taken',
    async () => {
      await ruleMenu('Rename');
      await page.getByRole('dialog').getByRole('textbox').fill('High risk, last week');
      await page.getByText(/There is a rule/).waitFor();
    },
  ],
  [
    'exceptions',
    async () => {
      await page.keyboard.press('Escape');
      await ruleMenu('Exceptions');
    },
  ],
  [
    'a folder',
    async () => {
      await page.keyboard.press('Escape');
      await ruleMenu('Move to folder');
    },
  ],
  [
    'removing',
    async () => {
      await page.keyboard.press('Escape');
      await ruleMenu('Remove');
    },
  ],
  [
    'the editor with what is wrong beside the condition',
    async () => {
      await page.keyboard.press('Escape');
      const wrong = { combinator: 'and', rules: [{ field: 'score', operator: '<=', value: 'many' }] };
      await goTo(page, `#/rules?new=1&filter=${encodeURIComponent(JSON.stringify(wrong))}`);
      await page.getByRole('tab', { name: 'Conditions' }).waitFor();
      await button('Add group').click();
      await button('Save').click();
    },
  ],
  ['its JSON', async () => page.getByRole('tab', { name: 'JSON' }).click()],
  [
    'leaving it',
    async () => {
      await page.getByRole('link', { name: 'Users', exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  [
    'and left',
    async () => {
      await button('Leave without saving').click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    },
  ],
];

describe.each(['light', 'dark', 'contrast'] as const)('in %s', (scheme) => {
  it('every scene', async () => {
    await page.emulateMedia({
      colorScheme: scheme === 'dark' ? 'dark' : 'light',
      contrast: scheme === 'contrast' ? 'more' : 'no-preference',
    });
    await page.locator(`[data-theme="${scheme}"]`).waitFor();
    for (const [name, enter] of scenes) {
      await enter();
      expect.soft(await findings(), `${name} in ${scheme}`).toEqual([]);
    }
    await button('Clear selection')
      .click()
      .catch(() => undefined);
  }, 600_000);
});
