/** Settings: protected people and groups are found and named, and the diagnostics hold nobody's name and no secret. */
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

type Person = { readonly id: string; readonly userPrincipalName: string; readonly displayName: string };

describe('protected users and groups', () => {
  it('are searched, added by Enter, named, checked, taken off, and saved as ids', async () => {
    opened = await open();
    const { page, order } = opened;
    const group = (await order({ do: 'tenant', name: 'addGroup', input: [{ displayName: 'Zero trust admins' }] })) as {
      id: string;
    };
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    const { rows } = (await order({
      do: 'call',
      procedure: 'users.list',
      input: { limit: 1, sort: { field: 'displayName' } },
    })) as { rows: readonly Person[] };
    const [person] = rows;
    if (person === undefined) throw new Error('The sample tenant has nobody.');
    await goTo(page, '#/settings?section=guardrails');
    const user = page.getByRole('searchbox', { name: 'Add a user' });
    await user.fill(person.userPrincipalName);
    await page.getByRole('button', { name: person.userPrincipalName }).first().click();
    const users = page.getByRole('list', { name: 'Protected users: 1' });
    await users.getByText(person.displayName).waitFor();
    await user.fill('breakglass@contoso.com');
    await page.keyboard.press('Enter');
    await page.getByText('Not among the cached users').waitFor();
    await page.getByRole('button', { name: 'Take breakglass@contoso.com off the list' }).click();
    await page.getByRole('searchbox', { name: 'Add a group' }).fill('Zero trust');
    await page.getByRole('button', { name: /Zero trust admins/ }).click();
    await page.getByRole('list', { name: 'Protected groups: 1' }).getByText('Zero trust admins').waitFor();
    // Nothing was saved by pressing Enter on the way.
    const before = (await order({ do: 'call', procedure: 'settings.get' })) as { guardrails: Record<string, unknown> };
    expect(before.guardrails).toMatchObject({ protectedUsers: [], protectedGroups: [] });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const after = (await order({ do: 'call', procedure: 'settings.get' })) as { guardrails: Record<string, unknown> };
    expect(after.guardrails.protectedGroups).toEqual([group.id]);
    expect(after.guardrails.protectedUsers).toHaveLength(1);
  });

  it('say beside the list what is wrong in it, and keep it', async () => {
    opened = await open();
    const { page } = opened;
    await goTo(page, '#/settings?section=guardrails');
    await page.getByRole('button', { name: 'Edit as text' }).first().click();
    const text = page.getByLabel('Protected users, one object id or UPN a line');
    await text.fill('Ada Lovelace');
    await page.getByText('looks like neither an object id nor a UPN').waitFor();
    await text.fill('x'.repeat(400));
    await page
      .getByText(/is longer than 320 characters/)
      .first()
      .waitFor();
    expect(await text.inputValue()).toHaveLength(400);
  });
});

describe('the diagnostics', () => {
  it('hold no name, address, id, path or secret, wherever one was planted', async () => {
    opened = await open({ mode: 'sample,fast,keychain' });
    const { page, order, tenant } = opened;
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    const planted = [
      'PLANTED-rule',
      'PLANTED-action',
      'PLANTED-connection',
      'planted@person.example',
      'PLANTED-secret',
    ];
    await order({
      do: 'call',
      procedure: 'connections.add',
      input: {
        name: 'PLANTED-connection',
        tenant: tenant.tenant,
        client: tenant.client,
        credential: { kind: 'secret', secret: `${tenant.secret}PLANTED-secret` },
      },
    });
    const query = { combinator: 'and', rules: [{ field: 'userPrincipalName', operator: '=', value: planted[3] }] };
    await order({ do: 'call', procedure: 'rules.add', input: { name: 'PLANTED-rule', query } });
    await order({
      do: 'call',
      procedure: 'actions.add',
      input: { name: 'PLANTED-action', rule: 'PLANTED-rule', connection: 'PLANTED-connection', kind: 'none' },
    });
    const guid = '11111111-2222-4333-8444-555555555555';
    await order({
      do: 'call',
      procedure: 'settings.set',
      input: { key: 'guardrails.protectedUsers', value: [planted[3], guid] },
    });
    await order({ do: 'call', procedure: 'settings.set', input: { key: 'guardrails.protectedGroups', value: [guid] } });
    // A sync that fails leaves an error text, which names hosts and connections.
    await order({ do: 'call', procedure: 'sync.start', input: { connection: 'PLANTED-connection' } });
    await page.waitForTimeout(1_500);
    await page.reload();
    await goTo(page, '#/settings?section=diagnostics');
    await page.getByRole('button', { name: 'Copy diagnostics' }).waitFor();
    await page.waitForTimeout(1_000);
    await page.getByRole('button', { name: 'Copy diagnostics' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const text = String(await page.evaluate('navigator.clipboard.readText()'));
    const bundle = JSON.parse(text) as { counts: Record<string, number>; connections: readonly unknown[] };
    expect(bundle.counts).toMatchObject({ users: 600, rules: 2, actions: 1, connections: 2 });
    expect(bundle.connections).toHaveLength(2);
    for (const word of [
      ...planted,
      guid,
      tenant.tenant,
      tenant.client,
      tenant.secret,
      'Contoso',
      'High risk, last week',
    ]) {
      expect(text.toLowerCase(), word).not.toContain(word.toLowerCase());
    }
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|@|https?:|\/tmp\/|\/home\/|\\Users\\|127\.0\.0\.1/i);
    for (const name of ['displayName', 'userPrincipalName', 'analyst']) expect(text).not.toContain(name);
  });
});
