/** Plans that nobody asked for: they wait on the first page, are reviewed and approved, or rejected with a reason. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

const sample = 'Contoso (sample)';

/** A plan of an automatic action waits, made after a real sync. */
async function withPlan(options: Parameters<typeof open>[0] = {}, cap: number | null = null): Promise<Opened> {
  opened = await open({ users: 600, mode: 'sample,fast', ...options });
  const call = (procedure: string, input?: unknown) => opened.order({ do: 'call', procedure, input });
  await call('connections.update', { name: sample, change: { syncEvery: 60 } });
  await call('actions.add', {
    name: 'Contain high risk',
    rule: 'High risk, last week',
    connection: sample,
    kind: 'add-to-group',
    group: { mode: 'create', name: 'Quarantine', kind: 'security' },
    cap,
    automatic: true,
  });
  await call('sync.start', { connection: sample });
  return opened;
}

describe('a plan that waits', () => {
  it('is told of everywhere, reviewed and approved by keyboard, and runs', async () => {
    const { page, complaints, order } = await withPlan({}, 1);
    await page.getByRole('link', { name: '1 plan waits for approval' }).waitFor();
    await page.getByText('1 plan waits for your approval.').first().waitFor();
    await page
      .getByText(/Synced .*next/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: '1 plan waits for approval' }).press('Enter');
    const card = page.getByRole('article', { name: /^Add .* users? to Quarantine/ });
    await card.getByText('Above the cap').waitFor();
    await card.getByText(/risk level/i).waitFor();
    await card.getByRole('button', { name: 'Review' }).press('Enter');
    await page.getByText(/It waits for your approval/).waitFor();
    await page.getByRole('button', { name: 'Continue to confirm' }).press('Enter');
    const number =
      /Add ([\d,]+)/.exec((await page.getByRole('heading', { name: /^Add/ }).first().textContent()) ?? '')?.[1] ?? '';
    await page.getByLabel(/^Type/).fill(number);
    await page.getByRole('button', { name: /^Add .* to Quarantine/ }).press('Enter');
    await page.getByText('Completed').first().waitFor();
    await goTo(page, '#/actions');
    await page.getByText('No plan waits for approval.').waitFor();
    await goTo(page, '#/journal?event=schedule');
    await page.getByText('Plan approved').first().waitFor();
    const { rows } = (await order({
      do: 'call',
      procedure: 'journal.list',
      input: { filter: { event: 'schedule.approved' } },
    })) as { readonly rows: readonly { readonly who: string }[] };
    expect(rows.map(({ who }) => who)).toEqual(['analyst']);
    expect(complaints).toEqual([]);
  }, 90_000);

  it('is rejected with a reason, and does not come back before the next sync; the schedule is paused and goes on', async () => {
    const { page, complaints } = await withPlan();
    await goTo(page, '#/actions');
    const card = page.getByRole('article', { name: /^Add .* users? to Quarantine/ });
    await card.getByRole('button', { name: 'Reject' }).press('Enter');
    await page.getByRole('dialog').getByLabel('Reason').fill('They are on a test');
    await page.getByRole('button', { name: 'Reject the plan' }).press('Enter');
    await card.waitFor({ state: 'detached' });
    await page.getByText('No plan waits for approval.').waitFor();

    await page.getByRole('button', { name: 'Pause automatic work' }).press('Enter');
    await page.getByText(/Paused by analyst/).waitFor();
    await page.getByText('automatic work is paused').waitFor();
    await page.getByRole('button', { name: 'Go on', exact: true }).press('Enter');
    await page.getByText(/Paused by analyst/).waitFor({ state: 'detached' });

    await goTo(page, '#/journal?event=schedule');
    await settled(page);
    await page.getByText('Plan rejected').first().waitFor();
    await page
      .getByText(/They are on a test/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('comes only after somebody switched the action to automatic', async () => {
    opened = await open({ users: 600, mode: 'sample,fast' });
    const { page, order } = opened;
    const call = (procedure: string, input?: unknown) => order({ do: 'call', procedure, input });
    await call('connections.update', { name: sample, change: { syncEvery: 60 } });
    await call('actions.add', { name: 'Log', rule: 'High risk, last week', connection: sample, kind: 'none' });
    await goTo(page, '#/actions');
    const toggle = page.getByRole('switch', { name: 'Plan Log automatically' });
    expect(await toggle.isChecked()).toBe(false);
    await call('sync.start', { connection: sample });
    await toggle.press('Space');
    await page.getByText('Planned after the next sync').waitFor();
    await page.getByText('No plan waits for approval.').waitFor();
    await call('sync.start', { connection: sample });
    await page.getByText('A plan was made').first().waitFor();
  }, 90_000);

  it('is wished for in the form of the action too; removing an action is asked in a dialog that gives the focus back', async () => {
    opened = await open({ users: 100, mode: 'sample,fast' });
    const { page, order, complaints } = opened;
    const call = (procedure: string, input?: unknown) => order({ do: 'call', procedure, input });
    await call('actions.add', { name: 'Log', rule: 'High risk, last week', connection: sample, kind: 'none' });
    await goTo(page, '#/actions?action=Log&edit=1');
    const automatic = page.getByRole('switch', { name: 'Automatic' });
    expect(await automatic.isChecked()).toBe(false);
    await automatic.press('Space');
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await goTo(page, '#/actions');
    await page.getByRole('switch', { name: 'Plan Log automatically', checked: true }).waitFor();

    const more = page.getByRole('button', { name: 'More for Log' });
    await more.press('Enter');
    await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await more.and(page.locator(':focus')).waitFor();
    expect(await page.locator('body > [aria-hidden="true"]:not([data-tabster-dummy])').count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 90_000);

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds, in %s, with the dialog and without',
    async (scheme) => {
      const { page } = await withPlan({ scheme });
      await goTo(page, '#/actions');
      await page.getByRole('article').first().waitFor();
      await settled(page);
      const find = async () =>
        (await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze()).violations.map(({ id, nodes }) => [
          id,
          ...nodes.map(({ html }) => html.slice(0, 200)),
        ]);
      expect(await find()).toEqual([]);
      await page.getByRole('button', { name: 'Reject' }).first().press('Enter');
      await page.getByRole('dialog').waitFor();
      await settled(page);
      expect(await find()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    90_000,
  );
});
