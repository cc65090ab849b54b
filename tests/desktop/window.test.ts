/** The built application, seen from its window: it draws, is refused what it must not do, and hears the menu. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractOf, sample, synced } from './contract.ts';
import { binary, type Desktop, launch } from './launch.ts';

let desktop: Desktop;
let scratch: string;
const heading = (name: string) => desktop.page.getByRole('main', { name, exact: true });

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'riskdesk-saved-'));
  desktop = await launch({ args: ['--demo', '--users', '400'] });
  process.stdout.write(`desktop suite on ${binary ?? 'Chromium, with the stand-in for electron'}\n`);
});
afterAll(async () => {
  await desktop.close();
  rmSync(scratch, { recursive: true, force: true });
});

describe('the first window', () => {
  it('draws with data that came over the port, without one complaint and without asking for anything outside', async () => {
    await synced(await contractOf(desktop.page));
    await heading('Overview').getByText('400 cached').waitFor();
    expect(desktop.complaints).toEqual([]);
    expect(await desktop.evaluate(({ refused }) => refused ?? [])).toEqual([]);
    const client = await contractOf(desktop.page);
    expect(await client.host.info()).toMatchObject({ host: 'desktop', dataDir: desktop.dataDir, readOnly: null });
  });

  it('gets a new port after a reload', async () => {
    await desktop.page.reload();
    await heading('Overview').getByText('400 cached').waitFor();
    const client = await contractOf(desktop.page);
    expect((await client.connections.list()).map(({ name }) => name)).toEqual([sample]);
  });
});

describe('what a page may not do', () => {
  it('a port goes to our own top frame on our own page, and to nobody else', async () => {
    const handed = await desktop.evaluate(({ ipcMain, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const top = window.webContents.mainFrame;
      const given: string[] = [];
      const frame = (name: string, url: string, parent: unknown) => ({
        url,
        parent,
        send: () => given.push(name),
        postMessage: () => given.push(name),
      });
      const real = 'riskdesk-app://window/index.html';
      for (const senderFrame of [
        null,
        frame('another page', 'https://contoso.example/index.html', null),
        frame('a file', 'file:///index.html', null),
        frame('a frame inside', real, top),
        frame('a frame that only says so', real, null),
      ]) {
        for (const channel of ['riskdesk:ready', 'riskdesk:wish', 'riskdesk:network']) {
          ipcMain.emit(channel, { senderFrame, ports: [] }, channel === 'riskdesk:wish' ? 'quit' : true);
        }
      }
      return given;
    });
    expect(handed).toEqual([]);
    expect(await desktop.page.title()).toContain('Overview');
  });

  if (binary === null) {
    it('a frame inside the page is heard by nobody', async () => {
      const got = await desktop.page.evaluate(`(async () => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        let ports = 0;
        window.addEventListener('message', (event) => { ports += event.ports.length; });
        frame.contentWindow.__fakeSay(JSON.stringify(['ipc', 'riskdesk:ready', []]));
        await new Promise((done) => setTimeout(done, 500));
        frame.remove();
        return ports;
      })()`);
      expect(got).toBe(0);
    });
  }

  it('going elsewhere, opening windows and frames of others is refused; a known link opens in the browser', async () => {
    await desktop.evaluate(({ shell }) => {
      shell.seen = [];
      shell.openExternal = async (url: string) => {
        shell.seen.push(url);
      };
    });
    const { page } = desktop;
    const before = page.url();
    await page.evaluate(`(() => {
      const click = (href, target) => {
        const link = Object.assign(document.createElement('a'), { href, target });
        document.body.append(link);
        link.click();
        link.remove();
      };
      click('https://contoso.example/', '');
      click('https://learn.microsoft.com/entra/', '');
      click('file:///etc/passwd', '_blank');
      click('https://entra.microsoft.com.contoso.example/', '_blank');
      window.open('https://entra.microsoft.com/');
      const frame = Object.assign(document.createElement('iframe'), { src: 'https://contoso.example/' });
      document.body.append(frame);
      setTimeout(() => frame.remove(), 300);
    })()`);
    await expect
      .poll(() => desktop.evaluate(({ shell }) => shell.seen))
      .toEqual(expect.arrayContaining(['https://entra.microsoft.com/']));
    await page.waitForTimeout(500);
    for (const url of await desktop.evaluate<string[]>(({ shell }) => shell.seen)) {
      expect(['https://entra.microsoft.com/', 'https://learn.microsoft.com/entra/']).toContain(url);
    }
    expect(page.url()).toBe(before);
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('every permission is refused', async () => {
    expect(await desktop.page.evaluate('Notification.requestPermission()')).toBe('denied');
    if (binary !== null) return;
    const answers = await desktop.evaluate(({ session }) => {
      const { permissionRequest, permissionCheck, devicePermission } = session.defaultSession;
      const given: boolean[] = [permissionCheck(), devicePermission()];
      permissionRequest(null, 'media', (ok: boolean) => given.push(ok));
      return given;
    });
    expect(answers).toEqual([false, false, false]);
  });

  it('what it asks for under our scheme is a file below the pages, or nothing', async () => {
    const status = (path: string) => desktop.page.evaluate(`fetch(${JSON.stringify(path)}).then((one) => one.status)`);
    expect(await status('/index.html')).toBe(200);
    for (const path of [
      '/../main/main.js',
      '/%2e%2e/main/main.js',
      '/..%2fmain%2fmain.js',
      '/%00',
      '/%',
      '/nothing.js',
    ]) {
      expect(`${path} ${await status(path)}`).toBe(`${path} 404`);
    }
    const policy = await desktop.page.evaluate(
      "fetch('/index.html').then((one) => one.headers.get('content-security-policy'))",
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
  });
});

describe('the menu', () => {
  const click = (id: string) =>
    desktop.evaluate(({ Menu }, item: string) => {
      Menu.getApplicationMenu().getMenuItemById(item).click();
    }, id);

  it('goes to views, opens the palette and the sheet, and comes back', async () => {
    await click('go-rules');
    await heading('Rules').waitFor();
    await click('go-journal');
    await heading('Action log').waitFor();
    await click('back');
    await heading('Rules').waitFor();
    await click('palette');
    await desktop.page.getByRole('combobox', { name: /Type a view/ }).waitFor();
    await desktop.page.keyboard.press('Escape');
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' });
    await click('shortcuts');
    await desktop.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await desktop.page.keyboard.press('Escape');
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('starts a sync', async () => {
    const client = await contractOf(desktop.page);
    const last = async () => (await client.sync.state()).find((one) => one.connection === sample)?.last?.finishedAt;
    const before = await last();
    await click('sync');
    await expect.poll(last, { timeout: 30_000 }).not.toBe(before);
  });
});

describe('an export', () => {
  type Saved = { readonly name: string; readonly path: string };
  const saveTo = (path: string) =>
    desktop.evaluate(({ session, dialog }, target: string) => {
      Object.assign(globalThis, { saved: [], told: [] });
      const { saved, told } = globalThis as unknown as { saved: unknown[]; told: unknown[] };
      dialog.showMessageBox = async (...args: unknown[]) => {
        told.push(args.at(-1));
        return { response: 0, checkboxChecked: false };
      };
      // biome-ignore lint/suspicious/noExplicitAny: Electron's own item, or the stand-in's
      session.defaultSession.once('will-download', (_event: unknown, item: any) => {
        saved.push({ name: item.getFilename(), path: item.getSaveDialogOptions().defaultPath });
        item.setSavePath(target);
      });
    }, path);
  const exportLog = async () => {
    await desktop.page.evaluate("location.hash = '#/journal'");
    await desktop.page.getByRole('button', { name: /Export/ }).click();
    await desktop.page.getByRole('menuitem', { name: /CSV/ }).click();
  };

  it('goes through the save dialog, with a name and a folder suggested', async () => {
    const file = join(scratch, 'log.csv');
    await saveTo(file);
    await exportLog();
    await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
    await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/^\W?\w+/);
    const [saved] = await desktop.evaluate<Saved[]>(() => (globalThis as unknown as { saved: Saved[] }).saved);
    expect(saved?.name).toMatch(/\.csv$/);
    expect(saved?.path.endsWith(saved.name)).toBe(true);
  });

  it('that cannot be written is told, with what to do', async () => {
    writeFileSync(join(scratch, 'a file'), '');
    await saveTo(join(scratch, 'a file', 'log.csv'));
    await exportLog();
    const told = () => desktop.evaluate<{ message: string }[]>(() => (globalThis as unknown as { told: [] }).told);
    await expect
      .poll(told, { timeout: 30_000 })
      .toMatchObject([{ type: 'error', message: 'log.csv could not be saved.' }]);
  });
});
