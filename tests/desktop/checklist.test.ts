/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), point by point and under its own titles:
 * each with what proves it here, in the built bundles where they can show it. The last test counts that none is missing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentPolicy } from '../../electron/adapters/pages.ts';
import { fuses } from '../../scripts/pack/fuses.ts';
import { builtApp } from './build.ts';
import { binary, type Desktop, launch } from './launch.ts';

let desktop: Desktop;
beforeAll(async () => {
  desktop = await launch({ args: ['--demo', '--users', '20'] });
  await desktop.page.getByRole('main').waitFor();
});
afterAll(() => desktop.close());

/** All source text that ends up in main or preload. */
const source = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|html)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
const host = source('electron/hosts/desktop');
const renderer = source('renderer');

const preferences = () =>
  desktop.evaluate<Readonly<Record<string, unknown>>>(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window.options?.webPreferences ?? window.webContents.getLastWebPreferences();
  });
const pageText = (path: string) => desktop.page.evaluate(`fetch(${JSON.stringify(path)}).then((one) => one.text())`);

const checklist: readonly (readonly [title: string, proof: () => void | Promise<void>])[] = [
  [
    'Only load secure content',
    async () => {
      expect(desktop.page.url()).toMatch(/^(riskdesk-app:\/\/window|http:\/\/window\.riskdesk-app\.localhost)\//);
      expect(await desktop.page.evaluate('isSecureContext')).toBe(true);
      expect(await pageText('/index.html')).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(await desktop.evaluate(({ refused }) => refused ?? [])).toEqual([]);
    },
  ],
  [
    'Do not enable Node.js integration for remote content',
    async () => {
      expect(await preferences()).toMatchObject({
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
      });
      expect(await desktop.page.evaluate('[typeof require, typeof process, typeof module]')).toEqual(
        Array(3).fill('undefined'),
      );
    },
  ],
  ['Enable context isolation', async () => expect(await preferences()).toMatchObject({ contextIsolation: true })],
  [
    'Enable process sandboxing',
    async () => {
      expect(await preferences()).toMatchObject({ sandbox: true });
      expect(host).toContain('app.enableSandbox()');
      if (binary === null) expect(await desktop.evaluate(({ app }) => app.sandboxed)).toBe(true);
    },
  ],
  [
    'Handle session permission requests from remote content',
    async () => {
      expect(host).toContain('setPermissionRequestHandler((_contents, _permission, answer) => answer(false))');
      expect(host).toContain('setPermissionCheckHandler(() => false)');
      expect(await desktop.page.evaluate('Notification.requestPermission()')).toBe('denied');
    },
  ],
  ['Do not disable webSecurity', async () => expect(await preferences()).toMatchObject({ webSecurity: true })],
  [
    'Define a Content Security Policy',
    async () => {
      const header = await desktop.page.evaluate(
        "fetch('/index.html').then((one) => one.headers.get('content-security-policy'))",
      );
      expect(header).toBe(contentPolicy);
      expect(contentPolicy).toContain("default-src 'none'");
      expect(contentPolicy).toMatch(/script-src 'self';/);
      expect(contentPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
      const ran = await desktop.page.evaluate(`(async () => {
        const script = Object.assign(document.createElement('script'), { textContent: 'window.injected = 1' });
        document.head.append(script);
        return 'injected' in window;
      })()`);
      expect(ran).toBe(false);
    },
  ],
  [
    'Do not set allowRunningInsecureContent to true',
    async () => expect(await preferences()).toMatchObject({ allowRunningInsecureContent: false }),
  ],
  [
    'Do not enable experimental features',
    async () => expect(await preferences()).toMatchObject({ experimentalFeatures: false }),
  ],
  [
    'Do not use enableBlinkFeatures',
    async () => {
      expect((await preferences()).enableBlinkFeatures ?? '').toBe('');
      expect(host).not.toMatch(/enableBlinkFeatures|appendSwitch/);
    },
  ],
  ['Do not use allowpopups for WebViews', () => expect(host + renderer).not.toMatch(/allowpopups|<webview/i)],
  [
    'Verify WebView options and parameters',
    async () => {
      expect(await preferences()).toMatchObject({ webviewTag: false });
      const held = await desktop.evaluate(({ BrowserWindow }) => {
        let refusals = 0;
        const event = { preventDefault: () => (refusals += 1) };
        BrowserWindow.getAllWindows()[0].webContents.emit('will-attach-webview', event, {}, {});
        return refusals;
      });
      expect(held).toBe(1);
    },
  ],
  [
    'Disable or limit navigation',
    async () => {
      const before = desktop.page.url();
      await desktop.page.evaluate("location.assign('https://contoso.example/')").catch(() => undefined);
      await desktop.page.waitForTimeout(300);
      expect(desktop.page.url()).toBe(before);
    },
  ],
  [
    'Disable or limit creation of new windows',
    async () => {
      await desktop.page.evaluate("window.open('https://contoso.example/') === null");
      await expect.poll(() => desktop.page.context().pages().length).toBe(1);
    },
  ],
  [
    'Do not use shell.openExternal with untrusted content',
    () => {
      // One place for links, behind the list of hosts, and one for the sign-in page, behind its own check.
      for (const line of host.split('\n').filter((one) => one.includes('shell.openExternal')))
        expect(line).toMatch(/^\s*if \((mayOpenOutside|isSignInPage)\(url\)\) void shell\.openExternal/);
    },
  ],
  [
    'Use a current version of Electron',
    () => {
      const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
        devDependencies: Record<string, string>;
      };
      const installed = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')) as { version: string };
      expect(installed.version).toBe(devDependencies.electron);
      expect(Number.parseInt(installed.version, 10)).toBeGreaterThanOrEqual(45);
    },
  ],
  [
    'Validate the sender of all IPC messages',
    () => {
      // Every listener stands in one file, and every one of them asks for the frame first.
      const ipc = readFileSync('electron/hosts/desktop/ipc.ts', 'utf8');
      const listeners = host.match(/ipcMain\.(on|once|handle)\(/g) ?? [];
      expect(ipc.match(/ipcMain\.(on|once|handle)\(/g)?.length).toBe(listeners.length);
      expect(ipc.match(/isOurFrame\(senderFrame, window\(\)\)/g)?.length).toBe(listeners.length);
    },
  ],
  [
    'Avoid usage of the file:// protocol and prefer usage of custom protocols',
    async () => {
      expect(host).not.toMatch(/loadFile\(|file:\/\//);
      if (binary !== null) return;
      expect(await desktop.evaluate(({ protocol }) => protocol.privileged)).toEqual([
        {
          scheme: 'riskdesk-app',
          privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
        },
      ]);
    },
  ],
  [
    'Check which fuses you can change',
    () => {
      expect(fuses).toMatchObject({
        strictlyRequireAllFuses: true,
        [FuseV1Options.RunAsNode]: false,
        [FuseV1Options.EnableCookieEncryption]: true,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
        [FuseV1Options.EnableNodeCliInspectArguments]: false,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
        [FuseV1Options.OnlyLoadAppFromAsar]: true,
        [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      });
    },
  ],
  [
    'Do not expose Electron APIs to untrusted web content',
    async () => {
      expect(await desktop.page.evaluate('Object.keys(window.riskdesk).sort()')).toEqual([
        'onCommand',
        'onCore',
        'speak',
        'wish',
      ]);
      const preload = readFileSync(join(builtApp(), 'out/preload/preload.cjs'), 'utf8');
      expect(preload.match(/require\(["']([^"']+)["']\)/g)).toEqual([expect.stringContaining('electron')]);
      expect(preload.match(/exposeInMainWorld/g)?.length).toBe(1);
    },
  ],
];

describe('the security checklist of Electron', () => {
  it.each(checklist.map(([title, proof], index) => ({ point: `${index + 1}. ${title}`, proof })))(
    '$point',
    async ({ proof }) => {
      await proof();
    },
  );

  it('has twenty points, and developer tools are off in packages beside them', () => {
    expect(checklist.length).toBe(20);
    expect(host).toContain('devTools: options.developer');
    expect(host).toContain('developer: !app.isPackaged');
  });
});
