/** The one window: made safe, put where it was, loaded with our page, and loaded again when its process dies. */
import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { safePreferences } from './harden.ts';
import { startPage } from './protocol.ts';
import { fitOnScreen, readWindowState, smallest, writeWindowState } from './windowState.ts';
import { t } from './words.ts';

export type WindowOptions = {
  readonly preload: string;
  /** File that remembers where the window was. */
  readonly stateFolder: string;
  /** Developer tools; never in packages. */
  readonly developer: boolean;
  /** Asked at every close; the window goes only when this says so. */
  mayClose(): boolean;
};

export function openWindow(options: WindowOptions): BrowserWindow {
  const stateFile = join(options.stateFolder, 'window.json');
  const kept = readWindowState(stateFile);
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...fitOnScreen(kept.bounds, screens),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: t('name'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#fafafa',
    webPreferences: { ...safePreferences, preload: options.preload, devTools: options.developer },
  });
  if (kept.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());

  window.on('close', (event) => {
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    if (!options.mayClose()) event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  window.on('unresponsive', () => {
    const buttons = [t('window.wait'), t('window.reload')];
    void dialog
      .showMessageBox(window, { type: 'warning', message: t('window.hung'), buttons, defaultId: 0, cancelId: 0 })
      .then(({ response }) => {
        if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      });
  });
  void window.loadURL(startPage);
  return window;
}
