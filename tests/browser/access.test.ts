/** axe finds nothing, in both themes, in every view and in the things that open above it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

/** Each finding as a line that names the rule and the element. */
async function findings(page: Page): Promise<readonly string[]> {
  await settled(page);
  // Fluent's focus manager leaves invisible dummies behind.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.html.slice(0, 200)} | ${node.failureSummary?.replace(/\s+/g, ' ').slice(0, 200)}`,
    ),
  );
}

const places = [
  ['Overview', '#/overview'],
  ['Users', '#/users'],
  ['Rules', '#/rules'],
  ['a rule', '#/rules?rule=High+risk%2C+last+week'],
  ['a new rule', '#/rules?new=1'],
  ['Actions', '#/actions'],
  ['a new action', '#/actions?new=1'],
  ['Action log', '#/journal'],
  ['Connections', '#/connections'],
  ['a connection', '#/connections?connection=Contoso+(sample)'],
  ['the wizard', '#/connections?new=1'],
  ['Settings', '#/settings'],
] as const;

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open({ scheme });
    await opened.page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
  });
  afterAll(() => opened.close());

  it.each(places)('%s', async (_name, hash) => {
    const { page } = opened;
    await goTo(page, hash);
    expect(await findings(page)).toEqual([]);
  });

  it.each([
    ['the palette', 'Control+k'],
    ['the shortcuts', 'Shift+?'],
  ])('%s', async (_name, keys) => {
    const { page } = opened;
    await goTo(page, '#/connections');
    await page.getByRole('main', { name: 'Connections' }).focus();
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    const found = await findings(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(found).toEqual([]);
  });
});
