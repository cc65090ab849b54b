/** The process that holds the data dies, or cannot start: told in words, with a cure, and mended without losing anything. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { contractOf, synced } from './contract.ts';
import { type Desktop, launch } from './launch.ts';

let desktop: Desktop;
afterEach(() => desktop.close());

const corePid = () =>
  desktop.evaluate<number | null>(({ app }) => {
    const metrics: { pid: number; name?: string; serviceName?: string }[] = app.getAppMetrics();
    return metrics.find((one) => [one.name, one.serviceName].includes('Riskdesk core'))?.pid ?? null;
  });
async function killCore(): Promise<void> {
  let pid: number | null = null;
  await expect
    .poll(
      async () => {
        pid = await corePid();
        return pid;
      },
      { timeout: 20_000 },
    )
    .not.toBeNull();
  if (pid !== null) process.kill(pid, 'SIGKILL');
  await expect.poll(corePid).not.toBe(pid);
}

describe('the process that holds the data', () => {
  it('is started again when it dies; the window says so and goes on', async () => {
    desktop = await launch({ args: ['--demo', '--users', '300'] });
    await synced(await contractOf(desktop.page));
    await killCore();
    await desktop.page.getByText(/stopped and (is being started|runs) again/).waitFor();
    await desktop.page.getByRole('button', { name: 'Understood' }).click();
    await desktop.page.getByText(/stopped and runs again/).waitFor({ state: 'detached' });
    const client = await contractOf(desktop.page);
    expect((await client.connections.list()).length).toBe(1);
    await desktop.page.evaluate("location.hash = '#/users'");
    await desktop.page.getByRole('main', { name: 'Users' }).getByRole('row').nth(3).waitFor();
  });

  it('is given up when it keeps dying, and tried again when a person says so', async () => {
    desktop = await launch({ args: ['--demo', '--users', '10'] });
    for (let times = 0; times < 4; times += 1) await killCore();
    const dialog = desktop.page.getByRole('alertdialog', { name: 'Riskdesk cannot open its data' });
    await dialog.getByText('stopped several times').waitFor();
    // There is nothing behind it to go back to: however often Esc is pressed, it stays.
    for (let times = 0; times < 3; times += 1) await desktop.page.keyboard.press('Escape');
    expect(await dialog.evaluate((box) => box.matches(':modal'))).toBe(true);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await synced(await contractOf(desktop.page));
  });
});

describe('a data folder that cannot be used', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'riskdesk-trouble-'));

  it('a damaged database is named with its cure; once it is gone, trying again works', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'riskdesk.db'), 'this is not a database, whatever its name says'.repeat(200));
    desktop = await launch({ dataDir });
    const dialog = desktop.page.getByRole('alertdialog', { name: 'Riskdesk cannot open its data' });
    await dialog
      .getByText(/damaged|not a database/i)
      .first()
      .waitFor();
    rmSync(join(dataDir, 'riskdesk.db'));
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await (await contractOf(desktop.page)).connections.list()).toEqual([]);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('a database of a newer version is refused by name', async () => {
    const dataDir = folder();
    const db = new Database(join(dataDir, 'riskdesk.db'));
    db.pragma('user_version = 9999');
    db.close();
    desktop = await launch({ dataDir });
    await desktop.page.getByRole('alertdialog').getByText(/newer/).first().waitFor();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('a folder that cannot be made is told, and quitting from there ends the program', async () => {
    const parent = folder();
    writeFileSync(join(parent, 'a file'), '');
    desktop = await launch({ dataDir: join(parent, 'a file', 'data') });
    const dialog = desktop.page.getByRole('alertdialog', { name: 'Riskdesk cannot open its data' });
    await dialog.getByRole('button', { name: 'Quit' }).click();
    expect(await desktop.ended).toBe(0);
    rmSync(parent, { recursive: true, force: true });
  });
});
