/**
 * Puts the desktop application together: one instance for a data folder, its window, menu, dialogs, notifications, links,
 * tray and power events around the process that holds the data. The parts decide; this file only connects them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, Menu, Notification, powerMonitor, session, shell } from 'electron';
import { type Command, type CoreState, channels } from '../../../shared/contract/desktop.ts';
import { languageFor } from '../../../shared/model/language.ts';
import { dataDirOf } from '../../adapters/dataDir.ts';
import { versionLine } from '../../adapters/version.ts';
import { type CoreLink, createCoreLink, type Note } from './coreLink.ts';
import { linkScheme, readDeepLink } from './deepLink.ts';
import { saveDownloads } from './downloads.ts';
import { hardenApp, hardenSession, openSignIn } from './harden.ts';
import { hearPages, isOurFrame } from './ipc.ts';
import { createLeave, type Leave } from './leave.ts';
import { menuTemplate } from './menu.ts';
import { linkIn, readDesktopOptions } from './options.ts';
import { origin, registerScheme, servePages } from './protocol.ts';
import { readRulesFile, rulesFileIn } from './rulesFile.ts';
import { createTrayIcon } from './tray.ts';
import { createHostUpdater } from './updater.ts';
import { openWindow } from './window.ts';
import { speak, t } from './words.ts';

/** Chromium's own files (cookies, storage, caches) lie in the data folder too; a folder that cannot be made is told later. */
function placeProfile(dataDir: string): string {
  const wanted = join(dataDir, 'window');
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    app.setPath('userData', wanted);
    return wanted;
  } catch {
    const spare = mkdtempSync(join(tmpdir(), 'riskdesk-window-'));
    app.setPath('userData', spare);
    return spare;
  }
}

/**
 * @param argv the whole command line of the process
 * @param here address of the main bundle; the other bundles and the pages lie beside it
 */
export function startDesktop(argv: readonly string[], here: string): void {
  const beside = (path: string): string => fileURLToPath(new URL(path, here));
  const options = readDesktopOptions(argv);
  const temporary = options.demo && options.dataDir === undefined;
  const dataDir = temporary ? mkdtempSync(join(tmpdir(), 'riskdesk-sample-')) : dataDirOf(options.dataDir);
  app.setName(t('name'));
  const profile = placeProfile(dataDir);
  if (temporary) app.on('quit', () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }));
  // The lock belongs to the data folder: a second start on the same one hands over its link and ends.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  registerScheme();
  hardenApp(app);

  let window: BrowserWindow | null = null;
  let core: CoreLink | null = null;
  let leave: Leave | null = null;
  /** A link that came before there was a window to show it. */
  let early: string | null = options.link;
  let earlyFile = rulesFileIn(argv, process.cwd());

  /** Commands that came before the page could hear them. */
  let unheard: Command[] | null = [];
  const command = (one: Command): void => {
    show();
    if (unheard !== null) unheard.push(one);
    else window?.webContents.send(channels.command, one);
  };
  function follow(link: string): void {
    const place = readDeepLink(link);
    if (place !== null) {
      command({ kind: 'go', ...place });
      return;
    }
    show();
    void dialog.showMessageBox({ type: 'info', message: t('link.title'), detail: t('link.detail') });
  }
  function show(): void {
    if (window === null || window.isDestroyed()) return;
    leave?.shown();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }
  function onLink(link: string | null): void {
    if (link === null) show();
    else if (window === null) early = link;
    else follow(link);
  }
  function onFile(path: string): void {
    const read = window === null ? null : readRulesFile(path);
    if (window === null) earlyFile = path;
    else if (read !== null) command(read);
    else {
      show();
      void dialog.showMessageBox({ type: 'info', message: t('file.title'), detail: t('file.detail', { path }) });
    }
  }
  app.on('second-instance', (_event, others, folder) => {
    const file = rulesFileIn(others, folder);
    if (file === null) onLink(linkIn(others));
    else onFile(file);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    onFile(path);
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    onLink(link);
  });

  function handPort(): void {
    const frame = window?.isDestroyed() === false ? window.webContents.mainFrame : null;
    if (frame === null || !isOurFrame(frame, window)) return;
    const port = core?.newPort() ?? null;
    if (port !== null) frame.postMessage(channels.port, null, [port]);
  }
  function onState(state: CoreState): void {
    if (window === null || window.isDestroyed()) return;
    window.webContents.send(channels.core, state);
    if (state.kind === 'up' || state.kind === 'restarted') handPort();
  }
  function notify({ title, body, runId }: Note): void {
    if (!Notification.isSupported() || window?.isFocused()) return;
    const note = new Notification({ title, body });
    note.on('click', () =>
      runId === null ? show() : command({ kind: 'go', view: 'actions', params: { run: runId } }),
    );
    note.show();
  }

  function begin(): void {
    // The system's language until the window says which one it is drawn in.
    speak(languageFor(app.getPreferredSystemLanguages()));
    hardenSession(session.defaultSession);
    servePages(beside('../renderer'));
    saveDownloads(session.defaultSession, origin, () => window);
    const openDataFolder = () => void shell.openPath(dataDir);

    const updater = createHostUpdater((event) => core?.tellUpdate(event));
    let replace = false;
    core = createCoreLink(
      beside('./coreProcess.js'),
      { dataDir, sample: options.demo ? options.users : null, noUpdates: updater.unsupported },
      {
        onState,
        onNote: notify,
        onBrowse: openSignIn,
        onUpdate(order) {
          if (order.kind === 'check') return updater.check(order.channel);
          replace = true;
          void leave?.quitUnasked();
        },
        words: () => ({ gaveUp: t('core.gaveUp'), gaveUpCure: t('core.gaveUpCure'), defect: t('core.defect') }),
      },
    );
    const link = core;
    const tray = createTrayIcon({ open: show, quit: () => app.quit() });
    let ended = false;
    const leaving = createLeave({
      core: link,
      tray,
      platform: process.platform,
      window: () => (window?.isDestroyed() ? null : window),
      end() {
        ended = true;
        if (replace) updater.quitAndInstall();
        else app.quit();
      },
      onDone: () => notify({ title: t('done.title'), body: t('done.body'), runId: null }),
    });
    leave = leaving;
    app.on('before-quit', (event) => {
      if (ended) return;
      event.preventDefault();
      void leaving.quit();
    });
    app.on('window-all-closed', () => app.quit());
    app.on('activate', show);

    const deeds = {
      command,
      reload: () => window?.webContents.reload(),
      openDataFolder,
      showAbout: () =>
        void dialog.showMessageBox({
          type: 'info',
          message: `${t('name')} ${versionLine()}`,
          detail: `${t('about')}\n\n${dataDir}`,
        }),
      quit: () => app.quit(),
    };
    const drawMenu = () =>
      Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(process.platform, !app.isPackaged, deeds)]));
    drawMenu();

    hearPages(() => window, {
      onReady(frame) {
        frame.send(channels.core, link.state());
        handPort();
        for (const one of unheard ?? []) frame.send(channels.command, one);
        unheard = null;
      },
      onWish(wish) {
        switch (wish) {
          case 'retry':
            return link.retry();
          case 'read':
            return link.read();
          case 'openDataFolder':
            return openDataFolder();
          case 'quit':
            return app.quit();
        }
      },
      onLanguage(language) {
        if (speak(language)) drawMenu();
      },
      onNetwork: (online) => (online ? link.wake('online') : link.tell('offline')),
    });
    powerMonitor.on('suspend', () => link.tell('suspend'));
    powerMonitor.on('resume', () => link.wake('resume'));
    powerMonitor.on('shutdown', () => void leaving.quitUnasked());

    window = openWindow({
      preload: beside('../preload/preload.cjs'),
      stateFolder: profile,
      developer: !app.isPackaged,
      mayClose() {
        if (ended) return true;
        if (!leaving.isLeaving()) void leaving.closeWindow();
        return false;
      },
    });
    window.on('session-end', () => void leaving.quitUnasked());
    if (early !== null) {
      const link0 = early;
      early = null;
      follow(link0);
    }
    if (earlyFile !== null) onFile(earlyFile);
    if (options.problems.length > 0) {
      void dialog.showMessageBox({ type: 'warning', message: t('options.title'), detail: options.problems.join('\n') });
    }
  }
  void app.whenReady().then(begin);
}
