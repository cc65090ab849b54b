/**
 * The whole job by keyboard alone: first use to the proof in the log and back. After each change of view or dialog the
 * focus must be somewhere sensible and visible; `keys.ts` looks at every stop.
 */
import type { Page } from '@playwright/test';
import { afterEach, expect, it } from 'vitest';
import { type Desk, openDesk, secretVariable } from './desk.ts';
import { focusIsSeen, focusNow, pressOn, tabTo, typeInto } from './keys.ts';
import { settled } from './open.ts';

let desk: Desk;
afterEach(() => desk.close());

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 120_000 });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();

/** The focus after a change must be seen, and be where a person goes on. */
async function arrives(page: Page, after: string, where?: RegExp): Promise<void> {
  if (where !== undefined)
    await expect.poll(async () => (await focusNow(page)).name, { message: after }).toMatch(where);
  await focusIsSeen(page, after);
}

async function view(page: Page, digit: number, name: string): Promise<void> {
  await page.keyboard.press(`Alt+Digit${digit}`);
  await page.getByRole('main', { name }).waitFor();
  await arrives(page, `After going to ${name}`);
  await settled(page);
}

async function connect({ page, tenant, address }: Desk): Promise<void> {
  const through = (url: string) => address + new URL(url).pathname.replace(/\/$/, '');
  await view(page, 6, 'Connections');
  await heading(page, 'Connect your first tenant');
  await pressOn(page, /^Add connection/);
  await heading(page, 'Register an application in Entra');
  await arrives(page, 'After opening the wizard', /^Register an application/);
  await typeInto(page, /^Directory \(tenant\) ID/, tenant.tenant);
  await typeInto(page, /^Application \(client\) ID/, tenant.client);
  await typeInto(page, /^Name of the connection/, 'Contoso');
  await pressOn(page, /^Other addresses/);
  await typeInto(page, /^Sign-in address/, through(tenant.authorityUrl));
  await typeInto(page, /^Graph address/, through(tenant.graphUrl));
  await pressOn(page, /^Next$/);
  await shown(page, /no keychain that Riskdesk can use/);
  await arrives(page, 'After the first step of the wizard', /^Choose how Riskdesk signs in/);
  await typeInto(page, /^Name of the environment variable/, secretVariable);
  for (const title of ['Grant what it may do', 'Choose whom to keep', 'Test, then read everyone once']) {
    await pressOn(page, /^Next$/);
    await heading(page, title);
    await arrives(page, `After coming to "${title}"`);
  }
  await pressOn(page, /^Save and test$/);
  await shown(page, 'Risky users can be read.');
  await arrives(page, 'After the test', /^Result of the test/);
}

async function makeRule(page: Page): Promise<void> {
  await view(page, 3, 'Rules');
  await pressOn(page, /^New rule/);
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  await arrives(page, 'After New rule', /^New rule/);
  await typeInto(page, /^Name/, 'High risk');
  await page.getByRole('link', { name: /^[1-9][\d,]* users match/ }).waitFor();
  await pressOn(page, /^Save$/);
  await page.getByRole('heading', { name: 'High risk' }).waitFor();
  await arrives(page, 'After saving the rule');
}

async function planIntoNewGroup(page: Page): Promise<void> {
  await view(page, 4, 'Actions');
  await pressOn(page, /^New action/);
  await heading(page, 'New action');
  await arrives(page, 'After New action', /^New action/);
  await chooseRadio(page, /^Add to group/);
  await chooseRadio(page, /^A new group/);
  await typeInto(page, /^Name of the new group/, 'Quarantine');
  await typeInto(page, /^Name\*?$/, 'Into Quarantine');
  await pressOn(page, /^Save and plan$/);
  await page.getByRole('button', { name: 'Make the plan' }).waitFor();
  await arrives(page, 'After saving the action', /^Into Quarantine/);
  await pressOn(page, /^Make the plan$/);
  await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
  await arrives(page, 'After the plan', /^Add [\d,]+ users/);
}

/** Tab brings one to the group, the arrows to the choice. */
async function chooseRadio(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs += 1) {
    await page.keyboard.press('Tab');
    const first = await focusIsSeen(page, `On the way to the choice ${name}`);
    if ((await page.evaluate('document.activeElement.type')) !== 'radio') continue;
    let at = first.name;
    for (let arrows = 0; arrows < 12; arrows += 1) {
      if (name.test(at)) {
        await page.keyboard.press('Space');
        return;
      }
      await page.keyboard.press('ArrowDown');
      at = (await focusIsSeen(page, 'In a list of choices')).name;
      if (at === first.name) break;
    }
  }
  throw new Error(`The keyboard never reached the choice ${name}.`);
}

/** The review, then the typed number where the plan is above the cap; resolves with the number. */
async function reviewAndRun(page: Page, name: RegExp): Promise<number> {
  await pressOn(page, /^Continue to confirm$/);
  const send = page.getByRole('button', { name });
  await send.waitFor();
  await arrives(page, 'After coming to confirm', /^Confirm/);
  const number = Number(/[\d,]+/.exec((await send.textContent()) ?? '')?.[0].replaceAll(',', ''));
  if (await page.getByLabel(/^Type [\d,]+ to confirm/).isVisible()) {
    if (!/^Type [\d,]+ to confirm/.test((await focusNow(page)).name)) await tabTo(page, /^Type [\d,]+ to confirm/);
    await page.keyboard.type(String(number));
  }
  await pressOn(page, name);
  await heading(page, 'Verified');
  await arrives(page, 'After starting the run', /to group|from group/);
  await shown(page, 'Every user has an outcome.');
  await arrives(page, 'After the end of the run');
  return number;
}

it('goes from first use to the undone action and its entry in the log without a mouse', async () => {
  desk = await openDesk(600);
  const { page } = desk;
  await page.keyboard.press('Tab');
  await arrives(page, 'At the first Tab');
  await connect(desk);
  await pressOn(page, /^Start the first sync$/);
  await shown(page, '600 users read, complete');
  await arrives(page, 'After the first sync');
  await makeRule(page);
  await planIntoNewGroup(page);
  const added = await reviewAndRun(page, /^Add [\d,]+ users to Quarantine/);
  expect(added).toBeGreaterThan(1);
  await shown(page, `${added} users show the change`);
  await pressOn(page, /^Plan the undo$/);
  await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
  await arrives(page, 'After planning the undo', /^Remove [\d,]+ users/);
  expect(await reviewAndRun(page, /^Remove [\d,]+ users from Quarantine/)).toBe(added);

  await view(page, 5, 'Action log');
  await shown(page, /^Verified, [\d,]+ entries/);
  // Tab reaches one row, the arrows the others.
  await tabTo(page, /^\d+just now/);
  const first = (await focusNow(page)).name;
  for (let rows = 0; rows < 3; rows += 1) await page.keyboard.press('ArrowDown');
  const row = (await focusIsSeen(page, 'Among the entries')).name;
  expect(row).not.toBe(first);
  await page.keyboard.press('Enter');
  const entry = page.getByRole('complementary', { name: /^Entry \d+/ });
  await entry.waitFor();
  await arrives(page, 'After opening an entry');
  await page.keyboard.press('Escape');
  await entry.waitFor({ state: 'detached' });
  await arrives(page, 'After closing the entry');
  expect((await focusNow(page)).name).toBe(row);
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('main', { name: 'Actions' }).waitFor();
  await arrives(page, 'After going back', /from group/);
  expect(desk.complaints).toEqual([]);
});
