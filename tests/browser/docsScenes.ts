/**
 * What the pictures of docs/ show, scene by scene: each begins with a fresh window on the sample tenant, or on none, and
 * names its pictures beforehand, so that a test can compare them with the pages without drawing anything.
 */
import type { Page } from '@playwright/test';
import { goTo, type Opened, settled } from './open.ts';

export type Stage = Opened & {
  /** Keeps what the window shows now. */
  shoot(name: string): Promise<void>;
};

export type Scene = {
  readonly pictures: readonly string[];
  readonly mode?: string;
  readonly scheme?: 'light' | 'dark';
  play(stage: Stage): Promise<void>;
};

const sample = 'Contoso (sample)';
const secret = { id: '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809' };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click();

async function show({ page, shoot }: Stage, place: string, name: string): Promise<void> {
  await goTo(page, place);
  await settled(page);
  await shoot(name);
}

const call = ({ order }: Stage, procedure: string, input?: unknown) => order({ do: 'call', procedure, input });

/** The first sync is over, a group is there, and some users have changed since. */
async function settleIn(stage: Stage): Promise<void> {
  const { page, order } = stage;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor({ timeout: 120_000 });
  await order({ do: 'tenant', name: 'addGroup', input: [{ displayName: 'Quarantine' }] });
  await call(stage, 'rules.add', {
    name: 'Medium grouping',
    folder: 'Watch',
    query: { combinator: 'and', rules: [{ field: 'grouping', operator: 'in', value: 'Medium' }] },
  });
  await call(stage, 'rules.add', {
    name: 'At risk for a month',
    folder: 'Watch',
    query: {
      combinator: 'and',
      rules: [
        { field: 'riskState', operator: '=', value: 'atRisk' },
        { field: 'lastUpdatedWithinDays', operator: '>', value: 30 },
      ],
    },
  });
  await order({
    do: 'tenant',
    name: 'changeRisk',
    input: [4, { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'none' }],
  });
  await call(stage, 'connections.update', { name: sample, change: { syncEvery: 60 } });
  await call(stage, 'sync.start', { connection: sample });
  await page
    .getByText(/Changes only/)
    .first()
    .waitFor({ timeout: 60_000 });
}

/** Loads the window again, until it knows the action log. */
async function reload(page: Page): Promise<void> {
  await page.reload();
  await page
    .getByText(/^(Log verified|Protokoll geprüft)$/)
    .first()
    .waitFor();
}

async function connect(stage: Stage): Promise<void> {
  const { page, tenant, shoot } = stage;
  await show(stage, '#/overview', 'first-use');
  await goTo(page, '#/connections?new=1');
  await page.getByLabel('Directory (tenant) ID').fill(tenant.tenant);
  await page.getByLabel('Application (client) ID').fill(tenant.client);
  await page.getByLabel('Name of the connection').fill('Contoso');
  await shoot('connect-register');
  await next(page);
  await page.getByLabel('Client secret (its value)').fill(secret.id);
  await page.getByText(/looks like the secret's ID/).waitFor();
  await shoot('connect-secret');
  await page.getByLabel('Client secret (its value)').fill(tenant.secret);
  await next(page);
  for (const name of [/Confirm compromised/, /Add users to groups/, /Create new groups/]) {
    await page.getByRole('checkbox', { name }).check();
  }
  await shoot('connect-permissions');
  await next(page);
  await shoot('connect-scores');
  await next(page);
  await button(page, 'Save and test').click();
  await page.getByText('Risky users can be read.').waitFor();
  await shoot('connect-test');
  await button(page, 'Start the first sync').click();
  await page.getByText(/users read, complete/).waitFor({ timeout: 120_000 });
  await shoot('connect-synced');
}

async function explore(stage: Stage): Promise<void> {
  const { page, shoot } = stage;
  await settleIn(stage);
  await show(stage, '#/overview', 'overview');
  await show(stage, '#/users', 'users');
  await goTo(page, '#/users?search=chang&level=high');
  await settled(page);
  await page.getByRole('grid').getByRole('row').nth(1).click();
  await page.getByRole('complementary').first().waitFor();
  await settled(page);
  await shoot('user');
  await show(stage, '#/rules', 'rules');
  await goTo(page, '#/rules?rule=Medium+grouping');
  await page.getByRole('link', { name: /users match/ }).waitFor();
  await settled(page);
  await shoot('rule');
  await show(stage, `#/connections?connection=${encodeURIComponent(sample)}`, 'connection');
  await show(stage, '#/settings', 'settings');
  await show(stage, '#/settings?section=guardrails', 'settings-guardrails');
  await goTo(page, '#/overview');
  await settled(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Type a view/ }).fill('adele g');
  await page.getByText(/^All [\d,]+ users that match/).waitFor();
  await shoot('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog').waitFor();
  await shoot('shortcuts');
}

/** A new action into a new group, its plan, the run, what Graph shows, and the log of it. */
async function act(stage: Stage): Promise<void> {
  const { page, shoot } = stage;
  await settleIn(stage);
  await goTo(page, '#/actions?new=1&from=rule');
  await page.getByRole('combobox', { name: 'Rule' }).click();
  await page.getByRole('option', { name: 'High risk, last week' }).click();
  await page.getByRole('radio', { name: /^Confirm compromised/ }).check();
  await settled(page);
  await page.getByText('Which of the three?').scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'I know the difference' }).scrollIntoViewIfNeeded();
  await shoot('verdicts');
  await page.getByRole('radio', { name: /^Add to group/ }).check();
  await page.getByRole('radio', { name: 'A new group' }).check();
  await page.getByLabel('Name of the new group').fill('Netskope quarantine');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Contain high risk');
  await button(page, 'Save and plan').scrollIntoViewIfNeeded();
  await settled(page);
  await shoot('action');
  await button(page, 'Save and plan').click();
  await button(page, 'Make the plan').waitFor();
  await settled(page);
  await shoot('plan-days');
  await button(page, 'Make the plan').click();
  await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
  await settled(page);
  await shoot('plan');
  await button(page, 'Continue to confirm').click();
  const send = button(page, /^Add [\d,]+ users to Netskope quarantine/);
  await send.waitFor();
  const number = /[\d,]+/.exec((await send.textContent()) ?? '')?.[0] ?? '';
  const box = page.getByLabel(/^Type [\d,]+ to confirm/);
  if (await box.isVisible()) await box.fill(number);
  await shoot('confirm');
  await send.click();
  await page.getByText('Every user has an outcome.').waitFor({ timeout: 120_000 });
  await page.getByText(/users show the change/).waitFor({ timeout: 120_000 });
  await settled(page);
  await shoot('run');
  await show(stage, '#/actions', 'actions');
  await show(stage, '#/journal', 'journal');
  await goTo(page, '#/journal?event=step.succeeded');
  await settled(page);
  await page.getByRole('row').nth(2).click();
  await page.getByRole('complementary', { name: /^Entry/ }).waitFor();
  await settled(page);
  await shoot('journal-entry');
}

async function approve(stage: Stage): Promise<void> {
  const { page, shoot } = stage;
  await settleIn(stage);
  await call(stage, 'actions.add', {
    name: 'Contain high risk',
    rule: 'High risk, last week',
    connection: sample,
    kind: 'add-to-group',
    group: { mode: 'create', name: 'Quarantine (automatic)', kind: 'security' },
    automatic: true,
  });
  await call(stage, 'sync.start', { connection: sample });
  await page.getByRole('link', { name: '1 plan waits for approval' }).waitFor({ timeout: 60_000 });
  await goTo(page, '#/actions');
  await page.getByRole('article').first().waitFor();
  await settled(page);
  await shoot('approval');
}

async function offline(stage: Stage): Promise<void> {
  const { page, shoot, order } = stage;
  await settleIn(stage);
  await order({ do: 'break', kind: 'reset', path: '' });
  await goTo(page, '#/overview');
  await button(page, 'Sync now').click();
  await page
    .getByText(/the cache is shown/)
    .first()
    .waitFor({ timeout: 120_000 });
  await settled(page);
  await shoot('offline');
}

async function readOnly(stage: Stage): Promise<void> {
  const { page, shoot } = stage;
  await settleIn(stage);
  await call(stage, 'actions.add', {
    name: 'Sign them out',
    rule: 'High risk, last week',
    connection: sample,
    kind: 'revoke-sessions',
  });
  await call(stage, 'settings.set', { key: 'guardrails.readOnly', value: true });
  await reload(page);
  await goTo(page, '#/actions?action=Sign+them+out');
  await button(page, 'Make the plan').click();
  await page.getByRole('table', { name: 'What happens to each user' }).waitFor();
  await settled(page);
  await shoot('read-only');
}

async function dark(stage: Stage): Promise<void> {
  await settleIn(stage);
  await show(stage, '#/overview', 'overview-dark');
  await show(stage, '#/users', 'users-dark');
}

async function german(stage: Stage): Promise<void> {
  const { page } = stage;
  await settleIn(stage);
  await call(stage, 'settings.set', { key: 'window.language', value: 'de' });
  await reload(page);
  await page.getByRole('link', { name: 'Übersicht' }).waitFor();
  await show(stage, '#/overview', 'overview-german');
}

const connected = 'sample,fast';
export const scenes: readonly Scene[] = [
  {
    pictures: [
      'first-use',
      'connect-register',
      'connect-secret',
      'connect-permissions',
      'connect-scores',
      'connect-test',
      'connect-synced',
    ],
    mode: 'empty,fast,keychain',
    play: connect,
  },
  {
    pictures: [
      'overview',
      'users',
      'user',
      'rules',
      'rule',
      'connection',
      'settings',
      'settings-guardrails',
      'palette',
      'shortcuts',
    ],
    mode: connected,
    play: explore,
  },
  {
    pictures: ['verdicts', 'action', 'plan-days', 'plan', 'confirm', 'run', 'actions', 'journal', 'journal-entry'],
    mode: connected,
    play: act,
  },
  { pictures: ['approval'], mode: connected, play: approve },
  { pictures: ['offline'], mode: connected, play: offline },
  { pictures: ['read-only'], mode: connected, play: readOnly },
  { pictures: ['overview-dark', 'users-dark'], mode: connected, scheme: 'dark', play: dark },
  { pictures: ['overview-german'], mode: connected, play: german },
];
