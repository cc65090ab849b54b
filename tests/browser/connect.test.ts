/** First use to first numbers: the wizard end to end, what it says about mistakes, and taking a connection away again. */
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { twinDefaults } from '../../electron/twin/options.ts';
import { type Opened, open } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

/** What the focused control is called; a text, since these files are checked without the names of a browser. */
const nameOfFocus = `(() => {
  const at = document.activeElement;
  return at?.labels?.[0]?.textContent ?? at?.getAttribute('aria-label') ?? at?.textContent ?? '';
})()`;

const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

async function firstStep({ page, tenant }: Opened): Promise<void> {
  await page.keyboard.press('Alt+Digit6');
  await heading(page, 'Connect your first tenant');
  await button(page, 'Add connection').click();
  await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
  await page.getByLabel('Application (client) ID').fill(tenant.client);
  await page.getByLabel('Name of the connection').fill('Contoso');
  await next(page);
  await heading(page, 'Choose how Riskdesk signs in');
}

describe('first use', () => {
  it('goes from an empty window to a complete first sync, with a secret in the keychain', async () => {
    opened = await open({ users: 1_200, mode: 'empty,fast,keychain' });
    const { page, complaints, tenant } = opened;
    await firstStep(opened);
    await page.getByLabel('Client secret (its value)').fill(tenant.secret);
    await next(page);
    await heading(page, 'Grant what it may do');
    await page.getByRole('checkbox', { name: /Add users to groups/ }).check();
    await page.getByRole('button', { name: 'Copy all names' }).click();
    expect(String(await page.evaluate('navigator.clipboard.readText()')).split('\n')).toEqual([
      'IdentityRiskyUser.Read.All',
      'IdentityRiskEvent.Read.All',
      'GroupMember.ReadWrite.All',
      'Organization.Read.All',
    ]);
    await next(page);
    await next(page);
    await button(page, 'Save and test').click();
    await page.getByText('The tenant is Contoso (sample tenant).').waitFor();
    await page.getByRole('rowheader', { name: 'Create a new group' }).waitFor();
    expect(await page.content()).not.toContain(tenant.secret);
    await button(page, 'Start the first sync').click();
    await page.getByText('1,200 users read, complete').waitFor();
    await button(page, 'Open the overview').click();
    await page.getByRole('main', { name: 'Overview' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('can be done by keyboard alone, without a keychain', async () => {
    opened = await open({ mode: 'empty,fast' });
    const { page, tenant } = opened;
    const { keyboard } = page;
    /** Tabs to the control of that name, as a person does, then types. */
    const tabTo = async (name: RegExp) => {
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await keyboard.press('Tab');
        const words = String(await page.evaluate(nameOfFocus));
        if (name.test(words)) return;
      }
      throw new Error(`Tab never reached ${name}`);
    };
    await keyboard.press('Alt+Digit6');
    await heading(page, 'Connect your first tenant');
    await tabTo(/^Add connection/);
    await keyboard.press('Enter');
    await heading(page, 'Register an application in Entra');
    await tabTo(/^Directory \(tenant\) ID/);
    await keyboard.type(tenant.tenant);
    await tabTo(/^Application \(client\) ID/);
    await keyboard.type(tenant.client);
    await tabTo(/^Name of the connection/);
    await keyboard.type('Contoso');
    await tabTo(/^Next$/);
    await keyboard.press('Enter');
    await page.getByText(/no keychain that Riskdesk can use/).waitFor();
    await tabTo(/^Name of the environment variable/);
    await keyboard.type(tenant.secretVariable);
    for (const title of ['Grant what it may do', 'Choose whom to keep', 'Test, then read everyone once']) {
      await tabTo(/^Next$/);
      await keyboard.press('Enter');
      await heading(page, title);
    }
    await tabTo(/^Save and test$/);
    await keyboard.press('Enter');
    await page.getByText('Risky users can be read.').waitFor();
    await tabTo(/^Start the first sync$/);
    await keyboard.press('Enter');
    await page.getByText('600 users read, complete').waitFor();
  });
});

describe('mistakes', () => {
  it('are said beside the field while typing, and Next goes to the first', async () => {
    opened = await open({ mode: 'empty,fast' });
    const { page, tenant } = opened;
    await page.keyboard.press('Alt+Digit6');
    await button(page, 'Add connection').click();
    await page.getByLabel('Directory (tenant) ID').fill('contoso');
    await page.getByText(/must be a GUID, or a verified domain/).waitFor();
    await next(page);
    expect(await page.evaluate('document.activeElement?.id')).toBe('connection-name');
    await page.getByText(/Name of the connection must not be empty/).waitFor();
    await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
    await page.getByLabel('Application (client) ID').fill(tenant.tenant);
    await page.getByText(/This is the tenant ID again/).waitFor();
  });

  it('a secret ID instead of its value is recognised, and what Entra says leads back to the field', async () => {
    opened = await open({ mode: 'empty,fast,keychain' });
    const { page, tenant } = opened;
    await firstStep(opened);
    await page.getByLabel('Client secret (its value)').fill(twinDefaults.secretId);
    await page.getByText(/looks like the secret's ID/).waitFor();
    await button(page, 'Test and sync').click();
    await button(page, 'Save and test').click();
    await page
      .getByText(/AADSTS7000215/)
      .first()
      .waitFor();
    await button(page, /^Go to: Client secret/).click();
    await heading(page, 'Choose how Riskdesk signs in');
    await page.getByText(/AADSTS7000215/).waitFor();
    await page.getByLabel('Client secret (its value)').fill(tenant.secret);
    await button(page, 'Test and sync').click();
    await button(page, 'Test again').click();
    await button(page, 'Start the first sync').waitFor();
  });
});

describe('a connection', () => {
  it('is stopped, synced, paused, edited and removed by its typed name', async () => {
    opened = await open({ users: 8_000, mode: 'sample' });
    const { page } = opened;
    await page.keyboard.press('Alt+Digit6');
    await button(page, 'Stop sync').click();
    await page.getByText('Stopped', { exact: true }).waitFor();
    await button(page, 'Sync now').click();
    await page.getByText('Complete', { exact: true }).waitFor({ timeout: 60_000 });

    await page.getByRole('button', { name: 'Contoso (sample)', exact: true }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('switch', { name: /Off: syncs only when asked/ }).check();
    await page.getByLabel('Every (minutes)').fill('0');
    await page.getByText(/must be at least 1 minute/).waitFor();
    await page.getByLabel('Every (minutes)').fill('15');
    await button(page, 'Save 1 change').click();
    await page.getByText('1 change saved.').waitFor();
    await page
      .getByText(/every 15 minutes/)
      .first()
      .waitFor();
    await button(page, 'Close').click();

    await button(page, 'More for Contoso (sample)').click();
    await page.getByRole('menuitem', { name: 'Pause automatic syncs' }).click();
    await page.getByText('Syncs only when asked').waitFor();
    await button(page, 'More for Contoso (sample)').click();
    await page.getByRole('menuitem', { name: 'Sync automatically every 15 minutes' }).waitFor();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await button(page, /^Remove connection and 8,000 users/).click();
    await page.getByText(/Type the name exactly/).waitFor();
    await page.getByLabel(/^To go on, type/).fill('Contoso (sample)');
    await button(page, /^Remove connection and 8,000 users/).click();
    await heading(page, 'Connect your first tenant');
  });
});
