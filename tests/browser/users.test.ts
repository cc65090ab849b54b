/** The list of users: what it promises about news, selection, loss of the link and names that nobody would choose. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

const connection = 'Contoso (sample)';
let opened: Opened;
afterEach(() => opened.close());

const number = (text: string | null): number => Number((text ?? '').replace(/[^0-9]/g, ''));
const grid = () => opened.page.getByRole('grid', { name: 'Users' });
const row = (index: number) => grid().locator(`[data-index="${index}"]`);
const selection = () => opened.page.getByRole('region', { name: 'Selection' });
const firstShown = (page: Page) =>
  page.evaluate<string>(`(() => {
    const grid = document.querySelector('[role="grid"]');
    const under = document.elementFromPoint(grid.getBoundingClientRect().left + 300, grid.getBoundingClientRect().top + 60);
    return under.closest('[data-index]').textContent;
  })()`);

const scrollTop = (page: Page) => page.evaluate<number>(`document.querySelector('[role="grid"]').scrollTop`);

async function openUsers(options: Parameters<typeof open>[0] = {}): Promise<Page> {
  opened = await open(options);
  const { page } = opened;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
  await goTo(page, '#/users');
  await row(0).waitFor();
  await settled(page);
  return page;
}

async function syncNow(full = false): Promise<void> {
  const state = async () =>
    (await opened.order({ do: 'call', procedure: 'sync.state', input: undefined })) as readonly {
      readonly running: unknown;
      readonly last: { readonly syncId: number } | null;
    }[];
  const before = (await state())[0]?.last?.syncId;
  await opened.order({ do: 'call', procedure: 'sync.start', input: { connection, full } });
  for (;;) {
    const [now] = await state();
    if (now?.running === null && now.last?.syncId !== before) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('news', () => {
  it('announces itself and moves nothing until it is asked for; scroll and selection stay', async () => {
    const page = await openUsers();
    await grid().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowUp');
    const before = await firstShown(page);
    const said = page.getByText(/users? changed in the cache since this list was read/);
    for (const many of [30, 20]) {
      await opened.order({ do: 'tenant', name: 'advance', input: [60_000] });
      await opened.order({
        do: 'tenant',
        name: 'changeRisk',
        input: [many, { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'none' }],
      });
      await syncNow();
      await said.waitFor();
      await page.waitForTimeout(2_500);
    }
    // Of two syncs, not of the last one alone; some users may have been at that risk already.
    const changed = number(await said.innerText());
    expect(changed).toBeGreaterThan(30);
    expect(await firstShown(page)).toBe(before);
    expect(await selection().innerText()).toContain('1 selected');
    const scroll = await scrollTop(page);
    await page.getByRole('button', { name: 'Show' }).click();
    await said.waitFor({ state: 'detached' });
    await settled(page);
    expect(await scrollTop(page)).toBe(scroll);
    expect(await firstShown(page)).not.toBe(before);
    expect(await selection().innerText()).toContain('1 selected');
  });

  it('a short list keeps its rows too', async () => {
    const page = await openUsers();
    await goTo(page, '#/users?deleted=only');
    await settled(page);
    const before = await grid().innerText();
    await opened.order({ do: 'tenant', name: 'advance', input: [60_000] });
    await opened.order({
      do: 'tenant',
      name: 'changeRisk',
      input: [600, { riskLevel: 'medium', riskState: 'atRisk', riskDetail: 'none' }],
    });
    await syncNow();
    await page.getByText(/users? changed in the cache since this list was read/).waitFor();
    expect(await grid().innerText()).toBe(before);
  });
});

describe('a selection', () => {
  it('of all that match goes to a plan with everybody but those taken out, by keyboard alone', async () => {
    const page = await openUsers({ users: 2_500 });
    const total = number(await grid().getAttribute('aria-rowcount')) - 1;
    await grid().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await selection()
      .getByText(`${(total - 1).toLocaleString('en')} selected`)
      .waitFor();
    const plan = selection().getByRole('button', { name: 'Plan an action' });
    await plan.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('main', { name: 'Actions' }).waitFor();
    await page
      .getByText(new RegExp(`${(total - 1).toLocaleString('en')} `))
      .first()
      .waitFor();
  });

  it('of a range is copied and exported with formulas made harmless', async () => {
    opened = await open();
    const { page } = opened;
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    await opened.order({
      do: 'tenant',
      name: 'corruptUser',
      input: [
        0,
        {
          id: '00000000-0000-4000-8000-000000000001',
          userPrincipalName: 'aaa"quote@contoso.com',
          userDisplayName: '=1+1',
          riskLevel: 'high',
          riskState: 'atRisk',
          riskDetail: 'none',
          riskLastUpdatedDateTime: '2026-11-01T00:00:00Z',
          isDeleted: false,
          isProcessing: false,
        },
      ],
    });
    await syncNow(true);
    await goTo(page, '#/users?sort=userPrincipalName:asc');
    await row(0).waitFor();
    await row(0).getByText('=1+1').waitFor();
    await grid().focus();
    await page.keyboard.press('Space');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowDown');
    await selection().getByText('4 selected').waitFor();
    await selection().getByRole('button', { name: 'Copy' }).click();
    await selection().getByText('Copied 4 users').waitFor();
    const copied = (await page.evaluate<string>('navigator.clipboard.readText()')).trimEnd().split(/\r?\n/);
    expect(copied).toHaveLength(5);
    expect(copied[1]).toContain("'=1+1");
    const download = page.waitForEvent('download');
    await selection().getByRole('button', { name: 'Export CSV' }).click();
    const file = readFileSync(await (await download).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(file).toHaveLength(5);
    expect(file[1]).toContain(`"aaa""quote@contoso.com"`);
    expect(file[1]).toContain("'=1+1");
  });
});

describe('when something is missing', () => {
  it('a lost link is said, and rows of the list before are not counted as matches', async () => {
    const page = await openUsers();
    await opened.order({ do: 'leave' });
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor();
    await page.getByRole('searchbox', { name: /Search name, UPN/ }).fill('zzzz');
    await page.getByText(/rows are still those of the list before/).waitFor();
    await page.getByText('Looking…').waitFor();
    expect(await page.getByText(/[0-9] match(es)?$/).count()).toBe(0);
    expect(await row(0).count()).toBe(1);
  });

  it('an error is shown once and stays, with a way to try again', async () => {
    const page = await openUsers();
    await opened.order({ do: 'tamper', sql: 'ALTER TABLE user_text RENAME TO user_text_away' });
    await page.reload();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.evaluate(`document.querySelector('[role="alert"]').dataset.seen = 'yes'`);
    await page.waitForTimeout(2_000);
    expect(await page.locator('[data-seen="yes"]').count()).toBe(1);
    await opened.order({ do: 'tamper', sql: 'ALTER TABLE user_text_away RENAME TO user_text' });
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await row(0).waitFor();
  });
});

describe('names', () => {
  it('of any kind are shown whole on hover, in the list and in the panel, and break nothing', async () => {
    opened = await open();
    const { page } = opened;
    await page
      .getByText(/Synced just now/)
      .first()
      .waitFor();
    const upn = `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example`;
    const names = ['Ada "The Count" O\'Lovelace', '👩‍💻 Zoë', 'مريم الأسطرلابي', '<b>bold</b>', null];
    for (const [index, userDisplayName] of names.entries()) {
      await opened.order({
        do: 'tenant',
        name: 'corruptUser',
        input: [
          index,
          {
            id: `00000000-0000-4000-8000-00000000000${index}`,
            userPrincipalName: userDisplayName === null ? null : `${index}${upn.slice(1)}`,
            userDisplayName,
            riskLevel: 'high',
            riskState: 'atRisk',
            riskDetail: 'none',
            riskLastUpdatedDateTime: `2030-01-0${9 - index}T00:00:00Z`,
            isDeleted: false,
            isProcessing: false,
          },
        ],
      });
    }
    await syncNow(true);
    await goTo(page, '#/users');
    await row(0).getByText("O'Lovelace").waitFor();
    for (const [index, name] of names.entries()) {
      if (name !== null) {
        await row(index).getByText(name, { exact: true }).waitFor();
        expect(
          await row(index)
            .locator(`[title="${index}${upn.slice(1)}"]`)
            .count(),
        ).toBe(1);
      }
      const box = await row(index).boundingBox();
      expect(box?.height).toBe(40);
      await row(index).click();
      await page.getByRole('complementary').getByRole('heading', { level: 3 }).waitFor();
      const panel = await page.evaluate(
        `(() => { const panel = document.querySelector('#user-panel'); return panel.scrollWidth - panel.clientWidth; })()`,
      );
      expect(panel).toBe(0);
    }
    expect(opened.complaints).toEqual([]);
  });
});

describe('by keyboard', () => {
  it('a letter goes to the search, Enter opens the panel, Esc closes the nearest thing and gives the focus back', async () => {
    const page = await openUsers();
    await grid().focus();
    await page.keyboard.press('a');
    const search = page.getByRole('searchbox', { name: /Search name, UPN/ });
    expect(await search.inputValue()).toBe('a');
    await page.keyboard.type('da');
    await page.getByText(/^[0-9,]+ match(es)?$/).waitFor();
    expect(await search.inputValue()).toBe('ada');
    await search.fill('');
    await settled(page);
    await grid().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByRole('heading', { level: 3 }).waitFor();
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Name', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitemcheckbox', { name: 'Name', exact: true }).waitFor({ state: 'detached' });
    expect(await page.getByRole('complementary').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
  });
});
