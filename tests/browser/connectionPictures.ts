/**
 * Pictures of the Connections view in each of its states, to look at while working:
 * `node tests/browser/connectionPictures.ts OUT [light|dark|contrast ...] [WIDTHxHEIGHT] [wizard|person|cards|faults ...]`.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { twinDefaults } from '../../electron/twin/options.ts';
import { goTo, type Opened, open, settled } from './open.ts';

const [out = 'test-results/connections', ...rest] = process.argv.slice(2);
const sizes = rest.filter((one) => /^\d+x\d+$/.test(one));
const parts = rest.filter((one) => ['wizard', 'person', 'cards', 'faults'].includes(one));
const themes = rest.filter((one) => ['light', 'dark', 'contrast'].includes(one));
mkdirSync(resolve(out), { recursive: true });

type Theme = 'light' | 'dark' | 'contrast';
let suffix = '';

async function shoot(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(resolve(out), `${name}.${suffix}.png`) });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click();

async function fillFirst(page: Page, tenant: Opened['tenant'], authority = false): Promise<void> {
  await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
  await page.getByLabel('Application (client) ID').fill(tenant.client);
  await page.getByLabel('Name of the connection').fill('Contoso');
  if (!authority) return;
  await button(page, /Other addresses/).click();
  await page.getByLabel('Sign-in address').fill(tenant.authorityUrl);
}

async function wizard(opened: Opened): Promise<void> {
  const { page, tenant } = opened;
  await goTo(page, '#/connections');
  await shoot(page, '01-empty');
  await button(page, 'Add connection').click();
  await shoot(page, '02-register');
  await page.getByLabel('Directory (tenant) ID').fill('contoso');
  await page.getByLabel('Application (client) ID').fill('1234');
  await next(page);
  await shoot(page, '03-register-wrong');
  await fillFirst(page, tenant);
  await next(page);
  await shoot(page, '04-secret');
  await page.getByLabel('Client secret (its value)').fill(twinDefaults.secretId);
  await page.getByLabel('Day the secret ends').fill('2024-05-01');
  await page.waitForTimeout(600);
  await shoot(page, '05-secret-id');
  await page.getByLabel('Day the secret ends').fill('');
  await next(page);
  await page.getByRole('checkbox', { name: /Confirm compromised/ }).check();
  await shoot(page, '06-permissions');
  await next(page);
  await page.getByLabel('Lowest score').fill('700');
  await page.waitForTimeout(500);
  await shoot(page, '07-scope');
  await page.getByLabel('Lowest score').fill('0');
  await next(page);
  await shoot(page, '08-summary');
  await button(page, 'Save and test').click();
  await page
    .getByText(/AADSTS7000215/)
    .first()
    .waitFor();
  await shoot(page, '09-test-secret-id');
  const tests: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ['expired', () => again(page, twinDefaults.expiredSecret), /AADSTS7000222/],
    [
      'permission',
      async () => {
        await opened.order({ do: 'tenant', name: 'setRoles', input: [['User.Read.All']] });
        await again(page, tenant.secret);
      },
      /lacks IdentityRiskyUser/,
    ],
    [
      'licence',
      async () => {
        await opened.order({ do: 'tenant', name: 'setRoles', input: [[...twinDefaults.roles]] });
        await opened.order({ do: 'tenant', name: 'setLicensed', input: [false] });
        await button(page, 'Test again').click();
      },
      /Entra ID P2/,
    ],
  ];
  for (const [name, act, says] of tests) {
    await act();
    await page.getByText(says).first().waitFor();
    await shoot(page, `10-test-${name}`);
  }
  await opened.order({ do: 'tenant', name: 'setLicensed', input: [true] });
  await button(page, 'Test again').click();
  await button(page, 'Start the first sync').waitFor();
  await shoot(page, '11-test-passed');
  await button(page, 'Start the first sync').click();
  await page.getByText(/users read, complete/).waitFor();
  await shoot(page, '12-first-sync');
  await goTo(page, '#/connections');
  await shoot(page, '13-card');
}

async function again(page: Page, secret: string): Promise<void> {
  await button(page, 'Sign-in').click();
  await page.getByLabel('Client secret (its value)').fill(secret);
  await button(page, 'Test and sync').click();
  await button(page, 'Test again').click();
}

async function person(opened: Opened): Promise<void> {
  const { page, tenant } = opened;
  await goTo(page, '#/connections?new=1');
  await fillFirst(page, tenant, true);
  await next(page);
  await page.getByRole('radio', { name: /You sign in yourself/ }).check();
  await shoot(page, '20-person');
  await next(page);
  await shoot(page, '21-person-permissions');
  await next(page);
  await next(page);
  await shoot(page, '22-person-summary');
  await button(page, 'Save and sign in').click();
  await page.getByText('Waiting for you in the browser').first().waitFor();
  await shoot(page, '23-person-waiting');
  await button(page, 'Cancel the sign-in').click();
  await goTo(page, '#/connections');
  await shoot(page, '24-person-card');
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
  const link = page.getByRole('link', { name: 'Open it here' });
  const address = await link.getAttribute('href');
  await shoot(page, '25-person-card-waiting');
  const other = await page.context().newPage();
  await other.goto(address ?? '');
  await other.getByRole('link', { name: 'Accept' }).click();
  await other.getByText('You can close this window').waitFor();
  await other.screenshot({ path: join(resolve(out), `26-page.${suffix}.png`) });
  await other.close();
  await page.getByText(/signed in as ada/).waitFor();
  await button(page, 'Sync now').click();
  await page.getByText('Complete', { exact: true }).waitFor();
  await shoot(page, '27-person-signed-in');
  await page.getByRole('button', { name: 'Contoso', exact: true }).click();
  await page.getByRole('tab', { name: 'Access' }).click();
  await page.getByText(/delegated permissions/).waitFor();
  await shoot(page, '28-person-access');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await shoot(page, '29-person-settings');
  await opened.order({ do: 'tenant', name: 'setSignIn', input: [{ demand: 50076 }] });
  await opened.order({ do: 'tenant', name: 'revokeTokens', input: [] });
  await page.keyboard.press('Escape');
  await goTo(page, '#/connections');
  await button(page, 'Sync now').click();
  await page
    .getByText(/Multifactor/)
    .first()
    .waitFor();
  await shoot(page, '30-sign-in-again');
}

async function cards(opened: Opened): Promise<void> {
  const { page } = opened;
  await page.waitForTimeout(2_500);
  const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  const change = (secretExpires: string | null) =>
    opened.order({
      do: 'call',
      procedure: 'connections.update',
      input: { name: 'Contoso (sample)', change: { secretExpires } },
    });
  for (const [name, left] of [
    ['soon', 20],
    ['last', 1],
    ['over', -3],
  ] as const) {
    await change(day(left));
    await page.reload();
    await goTo(page, '#/connections');
    await shoot(page, `40-expiry-${name}`);
  }
  await change(null);
  await goTo(page, '#/connections?connection=Contoso+(sample)');
  await shoot(page, '41-panel-sync');
  await page.getByRole('tab', { name: 'Access' }).click();
  await shoot(page, '42-panel-access');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await shoot(page, '43-panel-settings');
  await page.keyboard.press('Escape');
  await opened.order({ do: 'break', kind: 'reset', path: '' });
  await button(page, 'Sync now').click();
  await page
    .getByText(/could not (be reached|reach)/)
    .first()
    .waitFor({ timeout: 90_000 });
  await shoot(page, '44-offline');
  await opened.order({ do: 'mend' });
  await button(page, /^More for/).click();
  await shoot(page, '45-menu');
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await shoot(page, '46-remove');
  await page.keyboard.press('Escape');
}

/** What a test says of a wrong tenant, a wrong application and a network that breaks; without a keychain. */
async function faults(opened: Opened): Promise<void> {
  const { page, tenant } = opened;
  await goTo(page, '#/connections?new=1');
  await fillFirst(page, tenant);
  await page.getByLabel('Directory (tenant) ID').fill('fabrikam.onmicrosoft.com');
  await next(page);
  await shoot(page, '50-no-keychain');
  await page.getByLabel('Name of the environment variable').fill('NOT_SET');
  await button(page, 'Test and sync').click();
  await button(page, 'Save and test').click();
  await page
    .getByText(/is not set/)
    .first()
    .waitFor();
  await shoot(page, '51-variable-not-set');
  await button(page, 'Sign-in').click();
  await page.getByLabel('Name of the environment variable').fill(tenant.secretVariable);
  await button(page, 'Test and sync').click();
  await button(page, 'Save and test').click();
  await page
    .getByText(/AADSTS90002/)
    .first()
    .waitFor();
  await shoot(page, '52-wrong-tenant');
  await button(page, /^Go to: Directory/).click();
  await shoot(page, '53-back-at-the-field');
  await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
  await page.getByLabel('Application (client) ID').fill('11111111-1111-4111-8111-111111111111');
  await button(page, 'Test and sync').click();
  await button(page, 'Test again').click();
  await page
    .getByText(/AADSTS700016/)
    .first()
    .waitFor();
  await shoot(page, '54-wrong-application');
  await button(page, /^Go to: Application/).click();
  await page.getByLabel('Application (client) ID').fill(tenant.client);
  await button(page, 'Test and sync').click();
  await opened.order({ do: 'break', kind: 'reset', path: '' });
  await button(page, 'Test again').click();
  await page
    .getByText(/could not reach/)
    .first()
    .waitFor({ timeout: 60_000 });
  await shoot(page, '55-network');
}

const runs: readonly (readonly [string, (opened: Opened) => Promise<void>, string])[] = [
  ['wizard', wizard, 'empty,fast,keychain'],
  ['person', person, 'empty,fast,keychain,person'],
  ['cards', cards, 'sample,fast'],
  ['faults', faults, 'empty,fast'],
];

for (const theme of (themes.length > 0 ? themes : ['light', 'dark', 'contrast']) as Theme[]) {
  for (const size of sizes.length > 0 ? sizes : ['1280x800']) {
    const [width = 1280, height = 800] = size.split('x').map(Number);
    suffix = `${size}.${theme}`;
    for (const [name, run, mode] of runs) {
      if (parts.length > 0 && !parts.includes(name)) continue;
      const opened = await open({
        users: 3_000,
        mode,
        scheme: theme === 'light' ? 'light' : 'dark',
        size: { width, height },
        ...(theme === 'contrast' ? { prepare: (page) => page.emulateMedia({ contrast: 'more' }) } : {}),
      });
      try {
        await run(opened);
      } catch (error) {
        process.stderr.write(`${name} ${suffix}: ${String(error)}\n`);
        await opened.page.screenshot({ path: join(resolve(out), `failed-${name}.${suffix}.png`) });
      }
      for (const complaint of opened.complaints) process.stderr.write(`${name}: ${complaint}\n`);
      await opened.close();
    }
  }
}
