/** Acting in its states: above the cap, paused, cancelled, failed and retried, stale, deleted, undone; and axe in each. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterEach, expect, it } from 'vitest';
import { goTo, type Opened, type OpenOptions, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const action = 'Quarantine the risky';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const people = (page: Page) => page.getByRole('table', { name: /What happens to each user|Outcome of each user/ });

async function findings(page: Page): Promise<readonly string[]> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
}

/** A tenant with a group, and an action that adds everybody at risk to it. Returns the group's id. */
async function prepare(options: OpenOptions = {}, theme?: string): Promise<string> {
  opened = await open({ users: 600, ...options });
  const { page, order } = opened;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
  const call = (procedure: string, input: unknown) => order({ do: 'call', procedure, input });
  if (theme !== undefined) await call('settings.set', { key: 'window.theme', value: theme });
  const query = { combinator: 'and', rules: [{ field: 'riskState', operator: '=', value: 'atRisk' }] };
  await call('rules.add', { name: 'At risk', query });
  const group = (await order({ do: 'tenant', name: 'addGroup', input: [{ displayName: 'Quarantine' }] })) as {
    id: string;
  };
  await call('actions.add', {
    name: action,
    rule: 'At risk',
    connection: 'Contoso (sample)',
    kind: 'add-to-group',
    group: { mode: 'existing', id: group.id },
  });
  await page.reload();
  return group.id;
}

async function planIt(page: Page): Promise<void> {
  await goTo(page, `#/actions?action=${encodeURIComponent(action)}`);
  await button(page, 'Make the plan').click();
  await people(page).waitFor();
}

async function typeAndRun(page: Page): Promise<void> {
  await button(page, 'Continue to confirm').click();
  const label = await page.getByText(/^Type [\d,]+ to confirm$/).innerText();
  await page.getByLabel(label).fill(/[\d,]+/.exec(label)?.[0] ?? '');
  await button(page, /^Add [\d,]+ users to Quarantine$/).click();
}

it('pauses, says before a cancel what has been done by then, and keeps that; axe is content in high contrast', async () => {
  await prepare({}, 'contrast');
  const { page, order } = opened;
  await planIt(page);
  expect(await findings(page)).toEqual([]);
  await button(page, 'Continue to confirm').click();
  await page.getByLabel(/^Type [\d,]+ to confirm$/).fill('12');
  await page.getByText(/^The plan acts on/).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await button(page, 'Continue to confirm').waitFor();
  await order({ do: 'break', kind: 'slow', path: '/$batch', delayMs: 4_000 });
  await order({ do: 'break', kind: 'slow', path: '/groups/', delayMs: 1_500 });
  await typeAndRun(page);
  await button(page, 'Pause').click();
  await button(page, 'Resume').waitFor({ timeout: 40_000 });
  expect(await findings(page)).toEqual([]);
  await button(page, 'Cancel the run').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel the run?' });
  await dialog.getByText(/Done by now, and it stays so/).waitFor();
  expect(await dialog.locator('[data-breakdown]').innerText()).toMatch(/\d+ waiting$/);
  await order({ do: 'mend' });
  await dialog.getByRole('button', { name: 'Cancel the run' }).click();
  await page.getByText('Cancelled', { exact: true }).waitFor();
  await page.getByText(/What was done stays done/).waitFor();
});

it('shows failures as failures, reviews their retry, and says that a deleted group is one', async () => {
  const group = await prepare({ scheme: 'dark' });
  const { page, order } = opened;
  await planIt(page);
  await order({ do: 'break', kind: 'http503', method: 'PATCH', path: '/groups/' });
  await order({ do: 'break', kind: 'http503', method: 'POST', path: '/$batch' });
  await typeAndRun(page);
  await page.getByText(/^Completed, [\d,]+ failed$/).waitFor({ timeout: 60_000 });
  await people(page).getByText(/503/).first().waitFor();
  expect(await findings(page)).toEqual([]);
  await order({ do: 'mend' });
  await button(page, /^Plan the retry of [\d,]+ users$/).click();
  await page.getByText('Retry of an earlier run').waitFor();
  await people(page).waitFor();
  expect(await findings(page)).toEqual([]);
  // Nothing has been sent by planning it.
  expect(await order({ do: 'tenant', name: 'members', input: [group] })).toEqual({});
  await order({ do: 'tenant', name: 'removeGroup', input: [group] });
  await goTo(page, `#/actions?action=${encodeURIComponent(action)}`);
  await button(page, 'Make the plan').click();
  await page.getByText('The group "Quarantine" was deleted.').waitFor();
  await button(page, 'Choose another group').waitFor();
  await goTo(page, '#/actions');
  await page
    .getByRole('row', { name: new RegExp(action) })
    .getByText('Deleted')
    .waitFor();
});

it('says why a plan may be out of date, and keeps a form that was left', async () => {
  await prepare();
  const { page, order } = opened;
  await planIt(page);
  expect(await page.getByText('This plan may be out of date').count()).toBe(0);
  const query = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] };
  await order({ do: 'call', procedure: 'rules.add', input: { name: 'Only high', query } });
  await order({ do: 'call', procedure: 'actions.update', input: { name: action, change: { rule: 'Only high' } } });
  await order({ do: 'call', procedure: 'sync.start', input: { connection: 'Contoso (sample)' } });
  await page.waitForTimeout(1_500);
  await page.reload();
  await page.getByText('This plan may be out of date').waitFor();
  await page.getByText('The action uses the rule “Only high” now.').waitFor();
  await page.getByText(/The users were synced .* after the plan was made/).waitFor();
  await goTo(page, '#/actions?new=1');
  const name = page.getByRole('textbox', { name: /^Name/ });
  await name.fill('Half typed');
  await page.keyboard.press('Alt+Digit2');
  await page.getByRole('main', { name: 'Users' }).waitFor();
  await goTo(page, '#/actions?new=1');
  expect(await name.inputValue()).toBe('Half typed');
});
