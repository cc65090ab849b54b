/** The frame when things go wrong, and its ways from anything to anything: lost hosts, broken views, palette, scope, status. */
import type { Page, WebSocketRoute } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const notice = (page: Page) => page.locator('[data-absence]');
const focused = (page: Page) => page.evaluate('document.activeElement?.id || document.activeElement?.textContent');

async function choose(page: Page, text: string, option: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Type a view/ }).fill(text);
  await page.getByRole('option', { name: option, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe('a host that is gone', () => {
  it('is told apart from one that was started again, and nothing that was typed is lost', async () => {
    opened = await open();
    const { page } = opened;
    await goTo(page, '#/actions?new=1');
    await page.getByLabel('Name', { exact: false }).last().fill('Typed before');
    // Every view is read ahead, so that it opens without its host.
    await page.waitForTimeout(3_000);
    await opened.order({ do: 'restart' });
    await notice(page).waitFor();
    expect(await notice(page).innerText()).toMatch(/was started again.*Open the new address/s);
    expect(await notice(page).getAttribute('role')).toBe('alert');
    await opened.order({ do: 'leave' });
    await page.locator('[data-absence="silent"]').waitFor();
    expect(await notice(page).innerText()).toMatch(/does not answer.*tried again by itself/s);
    expect(await page.getByLabel('Name', { exact: false }).last().inputValue()).toBe('Typed before');
    await page.keyboard.press('Alt+Digit7');
    await page.getByRole('main', { name: 'Settings' }).waitFor();
    expect(await page.getByText('This view stopped working').count()).toBe(0);
  });
});

describe('a read that was never answered', () => {
  it('says so after a short while instead of a skeleton, and comes by itself when the link is back', async () => {
    let cut = false;
    const links = new Set<WebSocketRoute>();
    opened = await open({
      prepare: (page) =>
        page.routeWebSocket(/\/rpc$/, (route) => {
          if (cut) return void route.close();
          links.add(route);
          route.connectToServer();
        }),
    });
    const { page } = opened;
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    // Every view is read ahead, so that it opens without its host.
    await page.waitForTimeout(3_000);
    cut = true;
    for (const link of links) await link.close();
    await page
      .getByText(/Riskdesk does not answer/)
      .first()
      .waitFor();
    for (const [digit, name] of [
      [5, 'Action log'],
      [2, 'Users'],
    ] as const) {
      await page.keyboard.press(`Alt+Digit${digit}`);
      const main = page.getByRole('main', { name });
      await main.getByText('Riskdesk did not answer.').first().waitFor();
      expect(await main.locator('[aria-busy="true"]').count()).toBe(0);
    }
    cut = false;
    await page.getByRole('grid').getByRole('row').nth(5).waitFor();
    await page.keyboard.press('Alt+Digit5');
    await page.getByText('Connection added').waitFor();
  });
});

describe('no network', () => {
  it('is no reason not to read the cache, and a write without a core is refused at once, never kept to be sent later', async () => {
    opened = await open();
    const { page, order } = opened;
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    await page.waitForTimeout(2_500);
    await page.evaluate("window.dispatchEvent(new Event('offline'))");
    await page.keyboard.press('Alt+Digit5');
    await page.getByText('Connection added').waitFor();
    await goTo(page, '#/settings?section=window');
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.locator('[data-theme="dark"]').waitFor();
    await goTo(page, '#/settings?section=timing');
    await page.getByLabel(/^Keep the action log for/).fill('90');
    await order({ do: 'leave' });
    await page.locator('[data-absence="silent"]').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Not saved').waitFor();
    await page
      .getByText(/Riskdesk did not answer/)
      .first()
      .waitFor();
    expect(await page.getByLabel(/^Keep the action log for/).inputValue()).toBe('90');
  });
});

describe('a view that breaks', () => {
  it('takes nothing with it: what was typed is handed back, the details can be copied, and it opens again', async () => {
    let broken = false;
    opened = await open({
      prepare: (page) =>
        page.routeWebSocket(/\/rpc$/, (route) => {
          const server = route.connectToServer();
          server.onMessage((message) => {
            const spoil = (text: string) =>
              text.replaceAll(/"displayName":("(?:[^"\\]|\\.)*")/g, '"displayName":{"broken":$1}');
            if (!broken) route.send(message);
            else route.send(typeof message === 'string' ? spoil(message) : Buffer.from(spoil(message.toString())));
          });
        }),
    });
    const { page } = opened;
    await goTo(page, '#/actions?new=1');
    await page.getByLabel('Name', { exact: false }).last().fill('Quarantine the risky');
    broken = true;
    await page.getByRole('radio', { name: /^Add to group/ }).check();
    await page.getByRole('heading', { name: 'This view stopped working' }).waitFor();
    await page.getByText('Quarantine the risky').waitFor();
    await page.getByRole('button', { name: 'Copy details' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(String(await page.evaluate('navigator.clipboard.readText()'))).toMatch(
      /^Riskdesk 0\.0\.0-test\n#\/actions\n/,
    );
    await page.getByRole('button', { name: 'Copy what you had typed' }).click();
    expect(String(await page.evaluate('navigator.clipboard.readText()'))).toContain('Name: Quarantine the risky');
    broken = false;
    await page.getByRole('button', { name: 'Open the view again' }).click();
    await page.getByRole('radio', { name: /^Add to group/ }).waitFor();
  });
});

describe('the palette', () => {
  it('finds a person by UPN, switches the theme and read-only mode, and reaches runs and settings', async () => {
    opened = await open();
    const { page } = opened;
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    const { rows } = (await opened.order({ do: 'call', procedure: 'users.list', input: { limit: 1 } })) as {
      rows: readonly { readonly userPrincipalName: string; readonly id: string }[];
    };
    const [person] = rows;
    await choose(page, person?.userPrincipalName ?? '', /@/);
    expect(page.url()).toContain(`user=${person?.id}`);
    expect(await focused(page)).toBe('view');
    await choose(page, 'theme: dark', /Dark/);
    await page.locator('[data-theme="dark"]').waitFor();
    await choose(page, 'read-only', /on/);
    await page.getByRole('contentinfo', { name: 'Status' }).getByText('Read-only').waitFor();
    await choose(page, 'guardr', /Guardrails/);
    expect(await page.getByRole('switch', { name: 'Read-only mode' }).isChecked()).toBe(true);
    await choose(page, 'read-only', /off/);
    await page.getByRole('contentinfo', { name: 'Status' }).getByText('Read-only').waitFor({ state: 'detached' });
    await opened.order({
      do: 'call',
      procedure: 'actions.add',
      input: { name: 'Note them', rule: 'High risk, last week', connection: 'Contoso (sample)', kind: 'none' },
    });
    const plan = (await opened.order({ do: 'call', procedure: 'actions.plan', input: { name: 'Note them' } })) as {
      planId: string;
    };
    const run = (await opened.order({
      do: 'call',
      procedure: 'actions.run',
      input: { planId: plan.planId },
    })) as { runId: string };
    await choose(page, run.runId, /^No action/);
    await page.getByRole('heading', { name: 'No action' }).waitFor();
  });
});

describe('going back', () => {
  it('by mouse and by keys brings back the place and its scroll position, with the focus on the view', async () => {
    opened = await open({ size: { width: 1000, height: 600 } });
    const { page } = opened;
    await goTo(page, '#/settings?section=guardrails');
    await page.getByRole('heading', { name: 'Guardrails' }).waitFor();
    await page.evaluate('document.getElementById("view").scrollTo(0, 200)');
    await page.waitForTimeout(100);
    await goTo(page, '#/actions');
    await page.getByRole('button', { name: 'New action' }).click();
    await page.getByRole('heading', { name: 'New action' }).waitFor();
    await page.waitForTimeout(200);
    expect(await focused(page)).toBe('New action');
    expect(await page.evaluate('document.getElementById("view").scrollTop')).toBe(0);
    const press = (button: number) =>
      page.evaluate(`for (const kind of ['mousedown', 'mouseup'])
        document.body.dispatchEvent(new MouseEvent(kind, { button: ${button}, bubbles: true, cancelable: true }))`);
    await press(3);
    await page.getByRole('heading', { name: 'No saved actions yet' }).waitFor();
    await press(3);
    await page.getByRole('heading', { name: 'Guardrails' }).waitFor();
    await page.waitForTimeout(300);
    expect(await page.evaluate('document.getElementById("view").scrollTop')).toBeGreaterThan(100);
    await press(4);
    await page.getByRole('heading', { name: 'No saved actions yet' }).waitFor();
  });
});

describe('the title row and the status bar', () => {
  it('switch the connection for every view, and say what Graph allows and that the log is whole', async () => {
    opened = await open({ mode: 'sample', users: 20_000 });
    const { page, tenant } = opened;
    const status = page.getByRole('contentinfo', { name: 'Status' });
    await status.locator('[data-budget="waiting"], [data-budget="paced"]').first().waitFor();
    await status.getByText('Log verified').waitFor();
    await page.getByRole('button', { name: 'Connection: Contoso (sample)' }).waitFor();
    await opened.order({
      do: 'call',
      procedure: 'connections.add',
      input: {
        name: 'Fabrikam',
        tenant: tenant.tenant,
        client: tenant.client,
        credential: { kind: 'secret-env', variable: tenant.secretVariable },
      },
    });
    await page.reload();
    await page.getByRole('button', { name: 'Connection: All connections' }).click();
    await page.getByRole('menuitemradio', { name: 'Fabrikam' }).click();
    await page.getByRole('button', { name: 'Connection: Fabrikam' }).waitFor();
    await status.getByText('No sync yet').waitFor();
    // A connection that is gone leaves no empty views behind.
    await opened.order({ do: 'call', procedure: 'connections.remove', input: { name: 'Fabrikam' } });
    await page.reload();
    await page.getByRole('button', { name: 'Connection: Contoso (sample)' }).waitFor();
    await goTo(page, '#/journal');
    await settled(page);
    await page.getByText('Connection removed').waitFor();
    await opened.order({
      do: 'tamper',
      sql: "DROP TRIGGER IF EXISTS journal_no_update; UPDATE journal SET who = 'nobody' WHERE seq = 2",
    });
    await page.reload();
    await status.getByText('Log altered at entry 2').waitFor();
  });
});

describe('another process', () => {
  it('renames a connection, and the window soon calls it so', async () => {
    opened = await open();
    const { page, order } = opened;
    await page.getByRole('button', { name: /Contoso \(sample\)/ }).waitFor();
    const change = { name: 'Fabrikam' };
    await order({ do: 'call', procedure: 'connections.update', input: { name: 'Contoso (sample)', change } });
    await page.getByRole('button', { name: /Fabrikam/ }).waitFor();
  });
});
