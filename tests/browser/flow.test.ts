/**
 * The whole job in one window: first use, connect, sync 20,000, rule, plan, run, verify, undo, log. Then the same desk
 * when the network goes, when Graph throttles, and when the power goes in the middle of a run. Core, host, HTTP and
 * browser are real; the tenant is the digital twin in a process of its own.
 */
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk, secretVariable } from './desk.ts';

let desk: Desk;
afterEach(() => desk.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();

async function connect({ page, tenant, address }: Desk): Promise<void> {
  const next = () => button(page, 'Next').click();
  await page.keyboard.press('Alt+Digit6');
  await button(page, 'Add connection').first().click();
  await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
  await page.getByLabel('Application (client) ID').fill(tenant.client);
  await page.getByLabel('Name of the connection').fill('Contoso');
  await page.getByText('Other addresses').click();
  const through = (url: string) => address + new URL(url).pathname.replace(/\/$/, '');
  await page.getByLabel('Sign-in address').fill(through(tenant.authorityUrl));
  await page.getByLabel('Graph address').fill(through(tenant.graphUrl));
  await next();
  await page.getByLabel('Name of the environment variable').fill(secretVariable);
  for (const title of ['Grant what it may do', 'Choose whom to keep', 'Test, then read everyone once']) {
    await next();
    await heading(page, title);
  }
  await button(page, 'Save and test').click();
  await page.getByText('Risky users can be read.').waitFor();
}

async function firstSync(page: Page, users: string): Promise<void> {
  await button(page, 'Start the first sync').click();
  await page.getByText(`${users} users read, complete`).waitFor({ timeout: 120_000 });
}

/** Everybody of level High, under a name. */
async function makeRule(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+Digit3');
  await button(page, 'New rule').first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByText('Risk level is any of High').first().waitFor();
  await page.getByRole('link', { name: /^[1-9][\d,]* users match/ }).waitFor();
  await button(page, 'Save').first().click();
  await page.getByRole('heading', { name }).waitFor();
}

/** An action that adds the users of the first rule to a new group; leaves the window on its plan, for review. */
async function planIntoNewGroup(page: Page, group: string): Promise<void> {
  await page.keyboard.press('Alt+Digit4');
  await button(page, 'New action').first().click();
  await page.getByRole('radio', { name: /^Add to group/ }).check();
  await page.getByRole('radio', { name: 'A new group' }).check();
  await page.getByLabel('Name of the new group').fill(group);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`Into ${group}`);
  await button(page, 'Save and plan').click();
  await button(page, 'Make the plan').click();
  await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
}

/** Goes from the review to the run; the number is typed where the plan is above the cap. Resolves with that number. */
async function confirm(page: Page, name: RegExp): Promise<number> {
  await button(page, 'Continue to confirm').click();
  const send = button(page, name);
  await send.waitFor();
  const words = (await send.textContent()) ?? '';
  const number = Number(/[\d,]+/.exec(words)?.[0].replaceAll(',', ''));
  const box = page.getByLabel(/^Type [\d,]+ to confirm/);
  if (await box.isVisible()) await box.fill(String(number));
  await send.click();
  await heading(page, 'Verified');
  return number;
}

const completed = (page: Page) => page.getByText('Every user has an outcome.').waitFor({ timeout: 120_000 });

describe('the whole job', () => {
  it('goes from first use to the proof in the log, with 20,000 users', async () => {
    desk = await openDesk(20_000);
    const { page } = desk;
    await connect(desk);
    await firstSync(page, '20,000');
    await makeRule(page, 'High risk');
    await planIntoNewGroup(page, 'Quarantine');
    const added = await confirm(page, /^Add [\d,]+ users to Quarantine/);
    expect(added).toBeGreaterThan(200);
    await completed(page);
    const inWords = added.toLocaleString('en');
    await page.getByText(`${inWords} users show the change`).waitFor();

    await button(page, 'Plan the undo').click();
    await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
    expect(await confirm(page, /^Remove [\d,]+ users from Quarantine/)).toBe(added);
    await completed(page);

    await page.keyboard.press('Alt+Digit5');
    await page.getByText(/^Verified, [\d,]+ entries/).waitFor();
    await page.getByText('Remove from group').first().waitFor();
    expect(desk.complaints).toEqual([]);
  });
});

describe('when things go wrong', () => {
  it('offline: the cache stays in view, and the sync says why it could not', async () => {
    desk = await openDesk(2_000);
    const { page } = desk;
    await connect(desk);
    await firstSync(page, '2,000');
    await desk.pullCable();
    await button(page, 'Open the overview').click();
    await button(page, 'Sync now').first().click();
    await page
      .getByText(/Graph cannot be reached, the cache is shown/)
      .first()
      .waitFor({ timeout: 90_000 });
    await page.keyboard.press('Alt+Digit2');
    await page.getByRole('grid').getByRole('row').nth(5).waitFor();
    await desk.plugCable();
    await page.keyboard.press('Alt+Digit1');
    await button(page, 'Sync now').first().click();
    await page
      .getByText(/Graph cannot be reached, the cache is shown/)
      .first()
      .waitFor({ state: 'detached', timeout: 90_000 });
  });

  it('throttled: the window says that it waits for Graph, and the sync completes all the same', async () => {
    desk = await openDesk(10_000, '--requests-per-second', '1');
    const { page } = desk;
    await connect(desk);
    await button(page, 'Start the first sync').click();
    await page
      .getByText(/slowed down .* by Graph/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.getByText('10,000 users read, complete').waitFor({ timeout: 120_000 });
  });

  it('killed in the middle of a run: the next start says so, and Resume finishes every user exactly once', async () => {
    // Membership writes at about one request a second leave time to pull the plug.
    desk = await openDesk(20_000, '--directory-units', '40');
    const { page } = desk;
    await connect(desk);
    await firstSync(page, '20,000');
    await makeRule(page, 'High risk');
    await planIntoNewGroup(page, 'Quarantine');
    const added = await confirm(page, /^Add [\d,]+ users to Quarantine/);
    await page.getByText(/^[1-9][\d,]* of [\d,]+ users have an outcome/).waitFor();
    await desk.kill();
    await page
      .getByText(/Riskdesk does not answer/)
      .first()
      .waitFor();
    await desk.start();
    await page.keyboard.press('Alt+Digit4');
    await page.getByText(/was interrupted/).waitFor();
    await button(page, 'Resume').click();
    await page.getByText(/was interrupted/).waitFor({ state: 'detached', timeout: 120_000 });
    await completed(page);
    await page.getByRole('tab', { name: `${added.toLocaleString('en')} done` }).waitFor();
    await page.getByText(`${added.toLocaleString('en')} users show the change`).waitFor({ timeout: 120_000 });
  });
});
