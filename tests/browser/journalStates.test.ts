/** The action log while things happen: it announces what is new and moves nothing, names what was altered, and exports. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
afterEach(() => opened.close());

it('stays where it is read while a run goes on, says how many are new, and shows them when asked', async () => {
  opened = await open({ size: { width: 900, height: 600 } });
  const { page, order } = opened;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
  await goTo(page, '#/journal');
  await settled(page);
  const first = page.getByRole('row', { name: /Rule added/ });
  const before = await first.boundingBox();
  await first.click();
  await page.getByRole('complementary', { name: 'Entry 2' }).waitFor();
  await order({
    do: 'call',
    procedure: 'actions.add',
    input: { name: 'Note them', rule: 'High risk, last week', connection: 'Contoso (sample)', kind: 'none' },
  });
  const plan = (await order({ do: 'call', procedure: 'actions.plan', input: { name: 'Note them' } })) as {
    planId: string;
  };
  const { runId } = (await order({ do: 'call', procedure: 'actions.run', input: { planId: plan.planId } })) as {
    runId: string;
  };
  const ended = async () => {
    const run = (await order({ do: 'call', procedure: 'actions.status', input: { runId } })) as { state: string };
    return run.state === 'completed';
  };
  for (let tries = 0; tries < 100 && !(await ended()); tries += 1) await page.waitForTimeout(200);
  const { total } = (await order({ do: 'call', procedure: 'journal.list', input: {} })) as { total: number };
  await page.getByText(`${total - 2} new entries`).waitFor();
  // What is read stays: the row, the details, and the place they stand in, but for the line that announces.
  expect(await page.getByRole('complementary', { name: 'Entry 2' }).isVisible()).toBe(true);
  expect(await page.getByRole('row').nth(1).innerText()).toContain('Rule added');
  const after = await page.locator('[data-seq="2"]').boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(60);
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Entry 2' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('row', { name: /Run completed/ }).waitFor();
  // Relative for the eye, exact on hover: UTC and local.
  const time = page.locator('[data-seq="1"] [title*="UTC"]');
  expect(await time.innerText()).toMatch(/just now|minute/);
  expect(await time.getAttribute('title')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · /);
  const headings = await page.getByRole('columnheader').allInnerTexts();
  expect(headings).toEqual(['No.', 'Time', 'Event', 'Whom', 'Details', 'By']);
  const wide = await page.getByRole('columnheader', { name: 'Details' }).boundingBox();
  expect(wide?.width ?? 0).toBeGreaterThan(100);
});

it('names the entry that was altered, shows it, and exports what is there', async () => {
  opened = await open();
  const { page, order } = opened;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
  await order({ do: 'call', procedure: 'settings.set', input: { key: 'guardrails.cap', value: 321 } });
  await goTo(page, '#/journal');
  await page.getByRole('button', { name: 'Verified, 3 entries' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /JSON/ }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(JSON.parse(text)).toHaveLength(3);
  await order({
    do: 'tamper',
    sql: "DROP TRIGGER IF EXISTS journal_no_update; UPDATE journal SET who = 'nobody' WHERE seq = 2",
  });
  await page.getByRole('button', { name: 'Verified, 3 entries' }).click();
  await page.getByRole('button', { name: 'Verify again' }).click();
  await page.getByText('Altered at entry 2').first().waitFor();
  await page.getByText(/Entries before 2 can be relied on/).waitFor();
  await page.getByRole('button', { name: 'Show the entry' }).click();
  await page.getByRole('complementary', { name: 'Entry 2' }).waitFor();
});
