/**
 * Messages from a page. Each is heard only from the top frame of our own window while it shows our own page; anything
 * else is dropped and counted in nothing, because whoever sent it has no business here.
 */
import { type BrowserWindow, ipcMain, type WebFrameMain } from 'electron';
import { channels, isLanguage, isWish, type Wish } from '../../../shared/contract/desktop.ts';
import type { Language } from '../../../shared/model/language.ts';
import { isOurPage } from './protocol.ts';

/** The sender is a frame that may have gone away meanwhile. */
export function isOurFrame(frame: WebFrameMain | null, window: BrowserWindow | null): boolean {
  if (frame === null || window === null || window.isDestroyed()) return false;
  return frame === window.webContents.mainFrame && frame.parent === null && isOurPage(frame.url);
}

export type PageMessages = {
  /** The page listens and wants a port. */
  onReady(frame: WebFrameMain): void;
  onWish(wish: Wish): void;
  onNetwork(online: boolean): void;
  onLanguage(language: Language): void;
};

export function hearPages(window: () => BrowserWindow | null, page: PageMessages): void {
  ipcMain.on(channels.ready, ({ senderFrame }) => {
    if (senderFrame !== null && isOurFrame(senderFrame, window())) page.onReady(senderFrame);
  });
  ipcMain.on(channels.wish, ({ senderFrame }, wish: unknown) => {
    if (isOurFrame(senderFrame, window()) && isWish(wish)) page.onWish(wish);
  });
  ipcMain.on(channels.network, ({ senderFrame }, online: unknown) => {
    if (isOurFrame(senderFrame, window()) && typeof online === 'boolean') page.onNetwork(online);
  });
  ipcMain.on(channels.language, ({ senderFrame }, language: unknown) => {
    if (isOurFrame(senderFrame, window()) && isLanguage(language)) page.onLanguage(language);
  });
}
