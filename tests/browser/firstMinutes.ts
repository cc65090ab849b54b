/**
 * `npm run first-minutes`: how long the first answers take in the window, and how many clicks and filled fields: on the
 * sample tenant from the open window to the first plan, and by the wizard from nothing to the first histogram. Machine
 * time alone: a person reads besides.
 */
import type { Locator, Page } from '@playwright/test';
import { type Opened, open } from './open.ts';

let deeds = 0;
const click = async (at: Locator) => {
  await at.first().click();
  deeds += 1;
};
const fill = async (at: Locator, text: string) => {
  await at.fill(text);
  deeds += 1;
};
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Plays the steps one after another and prints a line for each. */
async function measure(title: string, begun: number, steps: readonly (readonly [string, () => Promise<void>])[]) {
  process.stdout.write(`${title}\n`);
  let before = begun;
  for (const [name, play] of steps) {
    deeds = 0;
    await play();
    const now = Date.now();
    process.stdout.write(`  ${name.padEnd(34)}${((now - before) / 1_000).toFixed(1).padStart(6)} s ${deeds} deeds\n`);
    before = now;
  }
}

const histogram = (page: Page) =>
  page
    .getByRole('group', { name: /by aggregate score/ })
    .waitFor()
    .then(() => undefined);

async function onSample({ page }: Opened, begun: number): Promise<void> {
  await measure('On the sample tenant', begun, [
    ['open -> first histogram', () => histogram(page)],
    [
      'first rule',
      async () => {
        await click(page.getByRole('link', { name: 'Rules', exact: true }));
        await click(button(page, 'New rule'));
        await fill(page.getByRole('textbox', { name: 'Name' }), 'High risk');
        await page.getByRole('link', { name: /^[1-9][\d,]* users match/ }).waitFor();
        await click(button(page, 'Save'));
        await page.getByRole('heading', { name: 'High risk' }).waitFor();
      },
    ],
    [
      'first plan',
      async () => {
        await click(page.getByRole('link', { name: 'Actions', exact: true }));
        await click(button(page, 'New action'));
        await click(page.getByText(/^Add to group/));
        await click(page.getByText('A new group', { exact: true }));
        await fill(page.getByLabel('Name of the new group'), 'Quarantine');
        await click(page.getByRole('combobox', { name: 'Rule' }));
        await click(page.getByRole('option', { name: 'High risk', exact: true }));
        await fill(page.getByRole('textbox', { name: 'Name', exact: true }), 'Into Quarantine');
        await click(button(page, 'Save and plan'));
        await click(button(page, 'Make the plan'));
        await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
      },
    ],
  ]);
}

async function byWizard({ page, tenant }: Opened, begun: number): Promise<void> {
  await measure('By the wizard', begun, [
    ['open -> wizard', () => click(page.getByRole('main').getByRole('link'))],
    [
      'connection tested',
      async () => {
        await fill(page.getByLabel('Directory (tenant) ID'), tenant.tenant);
        await fill(page.getByLabel('Application (client) ID'), tenant.client);
        await fill(page.getByLabel('Name of the connection'), 'Contoso');
        await click(button(page, 'Next'));
        await fill(page.getByLabel('Client secret (its value)'), tenant.secret);
        for (let step = 0; step < 3; step += 1) await click(page.getByRole('button', { name: 'Next', exact: true }));
        await click(button(page, 'Save and test'));
        await page.getByText('Risky users can be read.').waitFor();
      },
    ],
    [
      'first sync',
      async () => {
        await click(button(page, 'Start the first sync'));
        await page.getByText(/users read, complete/).waitFor();
      },
    ],
    [
      'histogram',
      async () => {
        await click(button(page, 'Open the overview'));
        await histogram(page);
      },
    ],
  ]);
}

for (const [mode, play] of [
  ['sample', onSample],
  ['empty,fast,keychain', byWizard],
] as const) {
  const begun = Date.now();
  const opened = await open({ users: 5_000, mode });
  await play(opened, begun);
  await opened.close();
}
