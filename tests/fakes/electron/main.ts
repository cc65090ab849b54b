/**
 * The stand-in's half for the main process: exactly the modules that Riskdesk imports, so that a new one is missed at
 * once. A test asks through `process.send`, with a function and its argument, as Playwright asks a real Electron.
 */
import { runInThisContext } from 'node:vm';
import { app } from './app.ts';
import { BrowserWindow, refused } from './browser.ts';
import { MessageChannelMain } from './ports.ts';
import * as system from './system.ts';

export const {
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} = system;
export const net = { fetch: (url: string, init: RequestInit) => fetch(url, init) };
export { app, BrowserWindow, MessageChannelMain };

const modules = { ...system, app, BrowserWindow, MessageChannelMain, refused };

process.on('message', async ({ id, fn, arg }: { id: number; fn: string; arg: unknown }) => {
  try {
    const value: unknown = await runInThisContext(`(${fn})`)(modules, arg);
    process.send?.({ id, value });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
process.on('disconnect', () => app.exit(1));
