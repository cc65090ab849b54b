/** The overview: its numbers agree with one another and open whom they count, by mouse, by key and from the tables. */
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { goTo, type Opened, open, settled } from './open.ts';

let opened: Opened;
let page: Page;

const number = (text: string | null): number => Number((text ?? '').replace(/[^0-9]/g, ''));
const picture = () => page.getByRole('group', { name: /users by aggregate score/ });
const tile = (name: string) => page.getByRole('link', { name: new RegExp(`^${name}: [0-9,]+ users$`) });
const matches = async () => number(await page.getByText(/^[0-9,]+ match(es)?$/).innerText());
/** Counts of the histogram's table: how many users stand at which score or range. */
const readTable = async (): Promise<ReadonlyMap<string, number>> => {
  const rows = page.getByRole('table', { name: /users by aggregate score/ }).getByRole('row');
  const lines = (await rows.allInnerTexts()).slice(1).map((line) => line.split('\t').map((cell) => cell.trim()));
  return new Map(lines.map(([name = '', users = '']) => [name, number(users)]));
};

beforeAll(async () => {
  opened = await open({ users: 3_000 });
  page = opened.page;
  await page
    .getByText(/Synced just now/)
    .first()
    .waitFor();
});
afterAll(() => opened.close());
beforeEach(async () => {
  await goTo(page, '#/overview');
  await settled(page);
});

describe('the histogram', () => {
  it('counts whom the cards count, and its table leads to them', async () => {
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    const table = await readTable();
    const high = [...table].filter(([name]) => Number(name) > 250 && Number(name) <= 500);
    expect(high.reduce((sum, [, users]) => sum + users, 0)).toBe(number(await tile('High').innerText()));
    expect(table.get('No score')).toBe(number(await tile('No score').innerText()));
    await page.getByRole('button', { name: /^375: [0-9,]+ users$/ }).click();
    await page.getByRole('main', { name: 'Users' }).waitFor();
    expect(await matches()).toBe(table.get('375'));
  });

  it('is brushed with the mouse, shows the stretch and how many it holds, and opens them', async () => {
    const bars = picture().getByRole('button');
    const from = await bars.nth(6).boundingBox();
    const to = await bars.nth(10).boundingBox();
    if (from === null || to === null) throw new Error('The bars are not drawn.');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 4 });
    const said = await page.getByText(/^251–500: /).innerText();
    expect(number(said.split(':')[1] ?? '')).toBe(number(await tile('High').innerText()));
    await page.mouse.up();
    await page.getByRole('main', { name: 'Users' }).waitFor();
    await page.getByRole('button', { name: 'Score: 251–500' }).waitFor();
    expect(await matches()).toBe(number(said.split(':')[1] ?? ''));
  });

  it('Esc lets go of the stretch without going anywhere', async () => {
    const bars = picture().getByRole('button');
    const box = await bars.nth(8).boundingBox();
    if (box === null) throw new Error('The bars are not drawn.');
    await page.mouse.move(box.x + 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + box.height / 2, { steps: 3 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.mouse.move(2, 2);
    expect(page.url()).toContain('#/overview');
    await page.getByText('Click or drag over bars to see those users').waitFor();
  });

  it('is brushed by keyboard alone: Shift with the arrows takes more bars, Enter opens them', async () => {
    const bars = picture().getByRole('button');
    await bars.first().focus();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
    await page.getByText(/Shift with the arrow keys takes more bars/).waitFor();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight');
    const expected = number(await tile('High').innerText());
    await page.getByText(new RegExp(`^251–500: ${expected.toLocaleString('en')} users`)).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Score: 251–500' }).waitFor();
    expect(await matches()).toBe(expected);
  });

  it('says that nobody stands there and stays, where a bar is empty', async () => {
    const bars = picture().getByRole('button');
    await bars.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText('Nobody stands there: 0–50.').waitFor();
    expect(page.url()).toContain('#/overview');
  });
});

describe('what else is counted', () => {
  it.each(['High', 'No score'])('the card %s opens its users', async (name) => {
    const expected = number(await tile(name).innerText());
    await tile(name).click();
    await page.getByRole('main', { name: 'Users' }).waitFor();
    expect(await matches()).toBe(expected);
  });

  it('each day has a bar for the mouse and the keys, and a table whose numbers open the day', async () => {
    const days = page.getByRole('group', { name: /last 90 days, UTC/ }).getByRole('button');
    await days.last().focus();
    await page.keyboard.press('ArrowLeft');
    const label = await page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
    await page.keyboard.press('Enter');
    await page.getByRole('main', { name: 'Users' }).waitFor();
    expect(await matches()).toBe(number(label.split(': ')[1] ?? ''));
  });
});
