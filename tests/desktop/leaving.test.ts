/** Closing, quitting and being started twice while a run is under way: nothing is cut in half, and nothing runs unseen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, contractOf, startRun, synced } from './contract.ts';
import { binary, type Desktop, launch } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskdesk-leaving-'));
const args = ['--demo', '--users', '4000'];
let desktop: Desktop;
let client: Client;
let runId: string;

/** Answers every question with the button of this number from now on, and keeps what was asked. */
const answerWith = (button: number) =>
  desktop.evaluate(({ dialog }, response: number) => {
    Object.assign(globalThis, { asked: [] });
    dialog.showMessageBox = async (...given: unknown[]) => {
      (globalThis as unknown as { asked: unknown[] }).asked.push(given.at(-1));
      return { response, checkboxChecked: false };
    };
  }, button);
type Question = { readonly message: string; readonly detail: string; readonly buttons: readonly string[] };
const asked = () => desktop.evaluate<Question[]>(() => (globalThis as unknown as { asked: Question[] }).asked);
const isVisible = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].isVisible());
const closeWindow = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());

beforeAll(async () => {
  desktop = await launch({ args, dataDir: join(folder, 'data') });
  client = await contractOf(desktop.page);
  await synced(client);
});
afterAll(async () => {
  await desktop.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

it('a notification that is clicked brings the window forward and opens its run', async () => {
  await desktop.evaluate(({ Notification, BrowserWindow }) => {
    Object.assign(globalThis, { notes: [] });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: unknown) {
      (globalThis as unknown as { notes: unknown[] }).notes.push(this);
    };
    BrowserWindow.getAllWindows()[0].blur();
    BrowserWindow.getAllWindows()[0].hide();
  });
  const short = await startRun(client, 2);
  const shown = () => desktop.evaluate<number>(() => (globalThis as unknown as { notes: unknown[] }).notes.length);
  await expect.poll(shown, { timeout: 60_000 }).toBe(1);
  await desktop.evaluate(() => {
    (globalThis as unknown as { notes: { emit(name: string): void }[] }).notes[0]?.emit('click');
  });
  await expect.poll(() => desktop.page.url()).toContain(`run=${short}`);
  expect(await isVisible()).toBe(true);
});

it('a second start hands over its link, ends, and the first window goes there', async () => {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].hide());
  expect(await desktop.startAgain('riskdesk://rule/High%20risk%2C%20last%20week')).toBe(0);
  await desktop.page.getByRole('main', { name: 'Rules' }).waitFor();
  expect(desktop.page.url()).toContain('rule=');
  expect(await isVisible()).toBe(true);
});

it('a link that leads nowhere is said to, and opens nothing', async () => {
  await answerWith(0);
  const before = desktop.page.url();
  expect(await desktop.startAgain('riskdesk://run/1/start?confirm=1')).toBe(0);
  await expect.poll(asked).toMatchObject([{ message: 'This link does not lead anywhere in Riskdesk.' }]);
  expect(desktop.page.url()).toBe(before);
});

it('closing the window while a run is under way asks, and can keep it going in the tray', async () => {
  runId = await startRun(client, 3_000);
  await answerWith(2);
  await closeWindow();
  await expect.poll(asked).toMatchObject([{ buttons: ['Keep running', 'Pause and quit', 'Cancel'] }]);
  expect((await asked())[0]?.detail).toMatch(/^A run is under way: \d+ of \d+ users are done\./);
  expect(await isVisible()).toBe(true);
  await answerWith(0);
  await closeWindow();
  await expect.poll(isVisible).toBe(false);
  if (binary === null) {
    const words = await desktop.evaluate<string[]>(({ Tray }) => [...Tray.shown].map((one) => one.words));
    expect(words).toEqual([expect.stringMatching(/^A run is under way/)]);
  }
  expect((await client.actions.status({ runId })).state).toBe('running');
  expect(await desktop.startAgain()).toBe(0);
  await expect.poll(isVisible).toBe(true);
  if (binary === null) expect(await desktop.evaluate(({ Tray }) => Tray.shown.size)).toBe(0);
});

it('quitting pauses the run and says so; the next start resumes it, every user once', async () => {
  await answerWith(0);
  const before = await client.actions.status({ runId });
  expect(before.state).toBe('running');
  await desktop.evaluate(({ app }) => setTimeout(() => app.quit(), 0) && undefined);
  expect(await desktop.ended).toBe(0);

  desktop = await launch({ args: [...args, `riskdesk://run/${runId}`], dataDir: join(folder, 'data') });
  await expect.poll(() => desktop.page.url()).toContain(`run=${runId}`);
  client = await contractOf(desktop.page);
  const paused = await client.actions.status({ runId });
  expect(paused).toMatchObject({ state: 'paused', total: before.total });
  expect(paused.left).toBeGreaterThan(0);
  await client.actions.resume({ runId });
  for await (const state of await client.actions.watch({ runId })) if (state.state !== 'running') break;
  const after = await client.actions.status({ runId });
  expect(after).toMatchObject({ state: 'completed', left: 0 });
  expect(after.counts.succeeded + after.counts.already + after.counts.failed + after.counts.skipped).toBe(after.total);
});

it('kept running without a window, it closes by itself when all is done', async () => {
  await startRun(client, 600);
  await answerWith(0);
  await closeWindow();
  expect(await desktop.ended).toBe(0);
  desktop = await launch({ args, dataDir: join(folder, 'data') });
  client = await contractOf(desktop.page);
  expect((await client.actions.runs({ limit: 1 })).rows[0]?.state).toBe('completed');
});
