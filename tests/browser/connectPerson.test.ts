/** An analyst connects by signing in: the wizard, the page in another tab, sign in again, sign out; axe in every theme. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click();

async function findings(page: Page): Promise<readonly string[]> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
}

async function toSignIn({ page, tenant }: Opened): Promise<void> {
  await goTo(page, '#/connections?new=1');
  await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
  await page.getByLabel('Application (client) ID').fill(tenant.client);
  await page.getByLabel('Name of the connection').fill('Contoso');
  await button(page, /Other addresses/).click();
  await page.getByLabel('Sign-in address').fill(tenant.authorityUrl);
  await next(page);
  await page.getByRole('radio', { name: /You sign in yourself/ }).check();
  await page.getByText('http://localhost', { exact: true }).waitFor();
}

/** The person in another tab. */
async function answer(page: Page, words: 'Accept' | 'Cancel'): Promise<void> {
  const address = await page.getByRole('link', { name: 'Open it here' }).getAttribute('href');
  const tab = await page.context().newPage();
  await tab.goto(address ?? '');
  await tab.getByRole('link', { name: words }).click();
  await tab.getByText(words === 'Accept' ? 'You can close this window' : 'did not succeed').waitFor();
  await tab.close();
}

describe('a person', () => {
  it('goes from the wizard to a first sync, is asked again when Entra wants it, and signs out', async () => {
    opened = await open({ users: 600, mode: 'empty,fast,keychain,person' });
    const { page, complaints } = opened;
    await toSignIn(opened);
    await next(page);
    await page.getByRole('checkbox', { name: /Create new groups/ }).check();
    const names = await page.getByRole('list', { name: 'Permissions to add' }).getByRole('listitem').allInnerTexts();
    expect(names.map((name) => name.trim())).toEqual([
      'IdentityRiskyUser.Read.All',
      'IdentityRiskEvent.Read.All',
      'Group.ReadWrite.All',
      'User.Read',
    ]);
    await next(page);
    await next(page);
    await button(page, 'Save and sign in').click();
    await page.getByText(/The browser could not be opened/).waitFor();
    await answer(page, 'Cancel');
    await page.getByText(/declined in the browser/).waitFor();
    await button(page, 'Sign in and test').click();
    await answer(page, 'Accept');
    await page.getByText(/the token carries 4 delegated permissions/).waitFor();
    await page
      .getByText(/and your account: Groups Administrator/)
      .first()
      .waitFor();
    await button(page, 'Start the first sync').click();
    await page.getByText('600 users read, complete').waitFor();

    await opened.order({ do: 'tenant', name: 'setSignIn', input: [{ demand: 70043 }] });
    await opened.order({ do: 'tenant', name: 'revokeTokens', input: [] });
    await goTo(page, '#/connections');
    await button(page, 'Sync now').click();
    await page.getByText(/sign-in frequency of the organisation/).waitFor();
    await button(page, 'Sign in again').click();
    await answer(page, 'Accept');
    await page.getByText(/signed in as ada@contoso/).waitFor();
    await button(page, 'Sync now').click();
    await page.getByText('Complete', { exact: true }).waitFor();

    await button(page, 'More for Contoso').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('Nobody has signed in yet.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('can cancel, and is told how long the sign-in waits', async () => {
    opened = await open({ mode: 'empty,fast,person' });
    const { page } = opened;
    await toSignIn(opened);
    await page.getByText(/Without a keychain the sign-in lasts until Riskdesk is closed/).waitFor();
    for (const _ of ['permissions', 'scope', 'connect']) await next(page);
    await button(page, 'Save and sign in').click();
    await page.getByText(/Waits 5 min longer/).waitFor();
    await button(page, 'Cancel the sign-in').click();
    await page.getByText(/Waits/).waitFor({ state: 'detached' });
    await button(page, 'Sign in and test').waitFor();
  });
});

describe.each(['light', 'dark', 'contrast'] as const)('axe in %s', (theme) => {
  it('finds nothing in the states of the view', async () => {
    opened = await open({
      mode: 'sample,fast,person',
      scheme: theme === 'light' ? 'light' : 'dark',
      ...(theme === 'contrast' ? { prepare: (page) => page.emulateMedia({ contrast: 'more' }) } : {}),
    });
    const { page } = opened;
    const change = { secretExpires: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) };
    const input = { name: 'Contoso (sample)', change };
    await opened.order({ do: 'call', procedure: 'connections.update', input });
    await page.reload();
    await goTo(page, '#/connections?connection=Contoso+(sample)');
    await page.getByText(/The client secret ends in/).waitFor();
    const found: Record<string, readonly string[]> = { expiry: await findings(page) };
    await page.getByRole('tab', { name: 'Access' }).click();
    await page.getByText(/10 of 10 features/).waitFor();
    found.access = await findings(page);
    await page.getByRole('tab', { name: 'Settings' }).click();
    found.settings = await findings(page);
    await toSignIn(opened);
    found.person = await findings(page);
    for (const step of ['permissions', 'scope', 'connect']) {
      await next(page);
      found[step] = await findings(page);
    }
    await button(page, 'Save and sign in').click();
    await page.getByText(/The browser could not be opened/).waitFor();
    found.waiting = await findings(page);
    await button(page, 'Cancel the sign-in').click();
    await goTo(page, '#/connections');
    await page.getByText('Nobody has signed in yet.').waitFor();
    found.needed = await findings(page);
    await button(page, 'More for Contoso (sample)').click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByText('Deleted from this computer').waitFor();
    found.remove = await findings(page);
    expect(Object.values(found).flat()).toEqual([]);
  });
});
