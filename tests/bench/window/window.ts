/**
 * The budgets of the window, in a real browser on the real host: `node tests/bench/window/window.ts [USERS]`. First rows,
 * jumps, scrolling, search, the serving thread while a sync runs and somebody scrolls, and the memory of the page.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { browserFlags, browserPath } from '../../browser/browser.ts';
import { builtPages } from '../../browser/pages.ts';
import { percentile, report } from '../report.ts';
import { jumpTo, noteFirstRow, scrollFor, searchFor } from './inPage.ts';

const users = Number(process.argv[2] ?? 200_000);
const many = users > 500_000;

async function told<Answer>(host: ChildProcess): Promise<Answer> {
  const [answer] = (await once(host, 'message')) as [Answer];
  return answer;
}

const drawn = '[role=row][data-index="0"]:not([aria-busy])';

async function firstRows(page: Page): Promise<number> {
  await page.reload();
  await page.locator(drawn).waitFor({ timeout: 60_000 });
  await page.waitForFunction('window.firstRowAt !== undefined');
  return page.evaluate<number>('window.firstRowAt');
}

async function repeat(times: number, work: (round: number) => Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  for (let round = 0; round < times; round += 1) figures.push(await work(round));
  return figures;
}

async function measure(page: Page, host: ChildProcess): Promise<void> {
  await page.locator(drawn).waitFor({ timeout: 60_000 });
  const ms = { users, unit: 'ms' };
  const loads = await repeat(5, () => firstRows(page));
  report({
    ...ms,
    what: 'window: first rows, worst of 5 loads',
    value: Math.max(...loads),
    budget: many ? null : 1_500,
  });

  const jumps = await repeat(30, async (round) => {
    // A person looks before jumping again; the grid asks less often while a thumb is being dragged.
    await page.waitForTimeout(250);
    return page.evaluate<number>(jumpTo(((round * 37) % 101) / 100));
  });
  report({ ...ms, what: 'window: jump to any row, p95', value: percentile(jumps, 0.95), budget: 150 });

  await page.evaluate(jumpTo(0.3));
  const frames = await page.evaluate<number[]>(scrollFor(5, 60));
  report({ ...ms, what: 'window: scrolling, longest frame', value: Math.max(...frames), budget: 50 });
  report({ ...ms, what: 'window: scrolling, frame p95', value: percentile(frames, 0.95), budget: null });

  const texts = ['an', 'anna', 'mar', 'contoso', 'li', 'smith', 'zzzz', 'tom', 'an', 'wagner', 'q', 'carlos.w'];
  const searches = await repeat(texts.length, (round) => page.evaluate<number>(searchFor(texts[round] ?? '')));
  report({
    ...ms,
    what: 'window: search, key to rows, p95',
    value: percentile(searches, 0.95),
    budget: many ? 500 : 400,
  });
  await page.evaluate(searchFor(''));

  await measureMemory(page);

  const answer = told<{ delay: number }>(host);
  host.send('sync');
  let syncing = true;
  const done = answer.finally(() => {
    syncing = false;
  });
  while (syncing) await page.evaluate(jumpTo(Math.random()));
  const { delay } = await done;
  report({ ...ms, what: 'window: host event-loop delay while syncing, p99', value: delay, budget: 50 });
}

/** After all that was looked at, garbage collected: what the page keeps, whatever is cached on disk. */
async function measureMemory(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  report({ what: 'window: memory of the page', users, value: usedSize / 2 ** 20, unit: 'MB', budget: 150 });
}

const host = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), [await builtPages(), String(users)]);
const { url } = await told<{ url: string }>(host);
const browser = await chromium.launch({ executablePath: browserPath(), args: [...browserFlags] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript({ content: noteFirstRow });
  await page.goto(url);
  await page.getByRole('main').waitFor();
  await page.goto(`${new URL(url).origin}/#/users`);
  await measure(page, host);
} finally {
  await browser.close();
  host.send('end');
  await once(host, 'exit');
}
