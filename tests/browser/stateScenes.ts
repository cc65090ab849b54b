/**
 * Every view in every state, scene by scene: each scene begins with a fresh window and stops at each state. What happens at
 * a stop (a picture, axe) is for whoever plays the scenes. First use, empty, loading, failed, offline and read-only come for
 * every view; acting has its own row of states.
 */
import type { Page } from '@playwright/test';
import { runStates, verifyStates } from '../../shared/model/run.ts';
import { goTo, type Opened, type OpenOptions, open, settled } from './open.ts';

/** `waits`: the state is one of loading, so that nothing is waited for. */
type Stop = (view: string, state: string, waits?: 'waits') => Promise<void>;
export type StateScene = {
  readonly name: string;
  readonly options: OpenOptions;
  play(opened: Opened, stop: Stop): Promise<void>;
};

const views = ['overview', 'users', 'rules', 'actions', 'journal', 'connections', 'settings'] as const;
const sample = 'Contoso (sample)';
const action = 'Quarantine the risky';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const call = ({ order }: Opened, procedure: string, input?: unknown) => order({ do: 'call', procedure, input });
const synced = (page: Page) =>
  page
    .getByText(/Synced just now/)
    .first()
    .waitFor({ timeout: 60_000 });

async function everyView({ page }: Opened, state: string, stop: Stop, waits?: 'waits'): Promise<void> {
  for (const view of views) {
    await goTo(page, `#/${view}`);
    await page.locator('main#view').waitFor();
    await stop(view, state, waits);
  }
}

/** Answers that the core gives are held back, or spoilt, on their way to the window. */
function meddle(how: (text: string) => string | null): NonNullable<OpenOptions['prepare']> {
  return (page) =>
    page.routeWebSocket(/\/rpc$/, (route) => {
      const server = route.connectToServer();
      server.onMessage((message) => {
        const changed = how(message.toString());
        if (changed === null) return;
        route.send(typeof message === 'string' ? changed : Buffer.from(changed));
      });
    });
}

let spoil = false;

async function addAction(opened: Opened, query: unknown): Promise<void> {
  await synced(opened.page);
  await call(opened, 'rules.add', { name: 'At risk', query });
  const group = (await opened.order({ do: 'tenant', name: 'addGroup', input: [{ displayName: 'Quarantine' }] })) as {
    readonly id: string;
  };
  await call(opened, 'actions.add', {
    name: action,
    rule: 'At risk',
    connection: sample,
    kind: 'add-to-group',
    group: { mode: 'existing', id: group.id },
  });
  await opened.page.reload();
}

const atRisk = { combinator: 'and', rules: [{ field: 'riskState', operator: '=', value: 'atRisk' }] };

async function plan(page: Page): Promise<void> {
  await goTo(page, `#/actions?action=${encodeURIComponent(action)}`);
  await button(page, 'Make the plan').click();
  await page.getByRole('table', { name: /What happens to each user/ }).waitFor();
}

async function confirm(page: Page, stop?: () => Promise<void>): Promise<void> {
  await button(page, 'Continue to confirm').click();
  const send = page.getByRole('button', { name: /^(Add|Remove) [\d,]+ users? (to|from) Quarantine/ });
  const box = page.getByLabel(/^Type [\d,]+ to confirm/);
  await send.waitFor();
  if (stop !== undefined) await stop();
  if (await box.isVisible()) await box.fill(/[\d,]+/.exec((await send.textContent()) ?? '')?.[0] ?? '');
  await send.click();
}

export const scenes: readonly StateScene[] = [
  {
    name: 'first-use',
    options: { mode: 'empty,fast' },
    play: (opened, stop) => everyView(opened, 'first-use', stop),
  },
  {
    name: 'loading',
    options: { mode: 'sample,fast', prepare: meddle(() => null) },
    play: (opened, stop) => everyView(opened, 'loading', stop, 'waits'),
  },
  {
    name: 'empty',
    options: { users: 0, mode: 'sample,fast' },
    async play(opened, stop) {
      await synced(opened.page);
      await call(opened, 'rules.remove', { name: 'High risk, last week' }).catch(() => undefined);
      await opened.page.reload();
      await everyView(opened, 'empty', stop);
    },
  },
  {
    name: 'filled',
    options: { mode: 'sample,fast', prepare: (page) => meddle((text) => (spoil ? spoilt(text) : text))(page) },
    async play(opened, stop) {
      spoil = false;
      const { page, order } = opened;
      await addAction(opened, atRisk);
      await everyView(opened, 'filled', stop);
      await goTo(page, '#/users');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await stop('palette', 'open');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('main').press('?');
      await page.getByRole('dialog').waitFor();
      await stop('sheet', 'open');
      await page.keyboard.press('Escape');
      await call(opened, 'settings.set', { key: 'guardrails.readOnly', value: true });
      await page.reload();
      await everyView(opened, 'read-only', stop);
      await call(opened, 'settings.set', { key: 'guardrails.readOnly', value: false });
      await order({ do: 'break', kind: 'reset', path: '' });
      await goTo(page, '#/overview');
      await button(page, 'Sync now').click();
      await page
        .getByText(/offline now, the cache is shown/)
        .first()
        .waitFor({ timeout: 90_000 });
      await everyView(opened, 'graph-unreachable', stop);
      await order({ do: 'mend' });
      await goTo(page, '#/actions?new=1');
      await page.getByLabel('Name', { exact: false }).last().fill('Quarantine');
      spoil = true;
      await page.getByRole('radio', { name: /^Add to group/ }).check();
      await page.getByRole('heading', { name: 'This view stopped working' }).waitFor();
      await stop('crash', 'open');
      spoil = false;
      await page.reload();
      await page.waitForTimeout(3_000);
      await order({ do: 'leave' });
      await page.locator('[data-absence="silent"]').waitFor();
      await everyView(opened, 'link-lost', stop, 'waits');
    },
  },
  {
    name: 'error',
    options: { mode: 'sample,fast' },
    async play(opened, stop) {
      await synced(opened.page);
      const gone = ['risky_user', 'rule', 'action', 'journal', 'connection', 'setting', 'run'];
      await opened.order({
        do: 'tamper',
        sql: `PRAGMA legacy_alter_table = ON; ${gone.map((name) => `ALTER TABLE ${name} RENAME TO gone_${name};`).join(' ')}`,
      });
      await opened.page.reload();
      await everyView(opened, 'error', stop);
    },
  },
  {
    name: 'running',
    options: { users: 8_000, mode: 'sample' },
    async play(opened, stop) {
      await opened.order({ do: 'break', kind: 'slow', path: '/identityProtection', delayMs: 20_000 });
      await everyView(opened, 'running', stop);
      await opened.order({ do: 'mend' });
    },
  },
  {
    name: 'acting',
    options: { mode: 'sample' },
    async play(opened, stop) {
      const { page, order } = opened;
      await addAction(opened, atRisk);
      await goTo(page, '#/actions?new=1&from=rule');
      await stop('actions', 'chooser');
      await page.getByRole('radio', { name: /^Add to group/ }).check();
      await page.getByRole('radio', { name: 'A new group' }).waitFor();
      await stop('actions', 'picker');
      await goTo(page, `#/actions?action=${encodeURIComponent(action)}`);
      await button(page, 'Make the plan').waitFor();
      await stop('actions', 'plan');
      await plan(page);
      await stop('actions', 'review-above-cap');
      // Long enough for the pictures of a run under way.
      await order({ do: 'break', kind: 'slow', path: '/$batch', delayMs: 15_000 });
      await order({ do: 'break', kind: 'slow', path: '/groups/', delayMs: 8_000 });
      await confirm(page, () => stop('actions', 'confirm'));
      await button(page, 'Pause').waitFor();
      await stop('actions', 'run-running');
      await button(page, 'Pause').click();
      await button(page, 'Resume').waitFor({ timeout: 60_000 });
      await stop('actions', 'paused');
      await order({
        do: 'tamper',
        sql: `UPDATE run SET state = ${runStates.indexOf('interrupted')} WHERE finished IS NULL`,
      });
      await page.reload();
      await page
        .getByText(/interrupted/i)
        .first()
        .waitFor();
      await stop('actions', 'interrupted');
      await goTo(page, '#/actions');
      await stop('actions', 'interrupted-home');
      await order({ do: 'mend' });
      await button(page, 'Resume').click();
      await page.getByText(/users show the change/).waitFor({ timeout: 90_000 });
      await stop('actions', 'verified');
      await button(page, 'Plan the undo').click();
      await page.getByRole('table', { name: /What happens to each user/ }).waitFor();
      await confirm(page);
      await page
        .getByText(/Every user has an outcome|^Completed/)
        .first()
        .waitFor({ timeout: 90_000 });
      await stop('actions', 'undone');
    },
  },
  {
    name: 'failing',
    options: { mode: 'sample' },
    async play(opened, stop) {
      const { page, order } = opened;
      const few = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] };
      await addAction(opened, few);
      await call(opened, 'settings.set', { key: 'guardrails.cap', value: 500 });
      await plan(page);
      await stop('actions', 'review-under-cap');
      await order({ do: 'break', kind: 'http503', method: 'PATCH', path: '/groups/' });
      await order({ do: 'break', kind: 'http503', method: 'POST', path: '/$batch' });
      await confirm(page);
      await page.getByText(/^Completed, [\d,]+ failed$/).waitFor({ timeout: 90_000 });
      await stop('actions', 'completed-with-failures');
      await order({ do: 'mend' });
      await order({ do: 'tenant', name: 'setReplication', input: [600_000] });
      await plan(page);
      await confirm(page);
      await page.getByText('Every user has an outcome.').waitFor({ timeout: 90_000 });
      await order({
        do: 'tamper',
        sql: `UPDATE run_step SET verify = ${verifyStates.indexOf('not-applied')} WHERE run = (SELECT MAX(id) FROM run);
          UPDATE run SET not_applied = succeeded, verified = 0, pending = 0 WHERE id = (SELECT MAX(id) FROM run)`,
      });
      await page.reload();
      await settled(page);
      await stop('actions', 'not-applied');
    },
  },
];

function spoilt(text: string): string {
  return text.replaceAll(/"displayName":("(?:[^"\\]|\\.)*")/g, '"displayName":{"broken":$1}');
}

export const themes = ['light', 'dark', 'contrast'] as const;

/** Plays one scene; at each stop the window is shown in each theme and handed to `look`. */
export async function playScene(
  scene: StateScene,
  look: (page: Page, name: string, theme: (typeof themes)[number]) => Promise<void>,
): Promise<readonly string[]> {
  const opened = await open({ users: 600, ...scene.options });
  const { page } = opened;
  try {
    await scene.play(opened, async (view, state, waits) => {
      if (waits === undefined) await settled(page);
      else await page.waitForTimeout(900);
      for (const theme of themes) {
        await page.emulateMedia({
          colorScheme: theme === 'dark' ? 'dark' : 'light',
          contrast: theme === 'contrast' ? 'more' : 'no-preference',
        });
        await page.locator(`[data-theme="${theme}"]`).waitFor();
        await page.waitForTimeout(150);
        await look(page, `${view}.${state}`, theme);
      }
    });
  } catch (error) {
    await look(page, `failed.${scene.name}`, 'light').catch(() => undefined);
    throw error;
  } finally {
    await opened.close();
  }
  return opened.complaints;
}
