/**
 * electron-updater behind the core's `Updater` port. It downloads through Electron's own network, so the system's proxy and
 * certificates count, checks the signature (Windows, macOS) and the SHA-512 of the feed, and respects staged rollouts. When
 * to look and when to install is the core's to decide; release notes are handed on as they came and made plain there.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { NoUpdateReason, UpdateChannel, UpdateEvent } from '../../../shared/model/update.ts';
import { whyNoUpdates } from './updateSupport.ts';

export type HostUpdater = {
  readonly unsupported: NoUpdateReason | null;
  check(channel: UpdateChannel): void;
  /** The core is closed; ends the program, replaces it and starts it again. */
  quitAndInstall(): void;
};

function factsHere(): NoUpdateReason | null {
  return whyNoUpdates({
    packaged: app.isPackaged,
    platform: process.platform,
    turnedOff: (process.env.RISKDESK_NO_UPDATES ?? '') !== '',
    hasFeed: app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml')),
    hasUninstaller: existsSync(join(dirname(process.execPath), 'Uninstall Riskdesk.exe')),
    isAppImage: (process.env.APPIMAGE ?? '') !== '',
  });
}

type Notes = { readonly releaseNotes?: string | readonly { readonly note: string | null }[] | null | undefined };

/** One text of what may be one text, one for each version in between, or nothing. */
function notesOf({ releaseNotes }: Notes): string | null {
  if (releaseNotes === null || releaseNotes === undefined || typeof releaseNotes === 'string')
    return releaseNotes ?? null;
  return releaseNotes.map(({ note }) => note ?? '').join('\n\n');
}

/** Loaded when it is first needed: most starts never look. */
async function load(): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  switch (process.platform) {
    case 'win32':
      return new NsisUpdater();
    case 'darwin':
      return new MacUpdater();
    default:
      return new AppImageUpdater();
  }
}

export function createHostUpdater(onEvent: (event: UpdateEvent) => void): HostUpdater {
  const unsupported = factsHere();
  let loading: Promise<AppUpdater> | null = null;
  let updater: AppUpdater | null = null;

  async function ready(): Promise<AppUpdater> {
    loading ??= load().then((made) => {
      made.logger = null;
      made.autoDownload = true;
      // A quit must stay a quit: it is replaced on a person's word alone, when nothing is under way.
      made.autoInstallOnAppQuit = false;
      made.disableWebInstaller = true;
      made.on('checking-for-update', () => onEvent({ kind: 'checking' }));
      made.on('update-not-available', () => onEvent({ kind: 'none' }));
      made.on('update-available', (info) => onEvent({ kind: 'found', version: info.version, notes: notesOf(info) }));
      made.on('download-progress', ({ percent }) => onEvent({ kind: 'progress', percent }));
      made.on('update-downloaded', ({ version }) => onEvent({ kind: 'ready', version }));
      made.on('error', () => onEvent({ kind: 'failed' }));
      updater = made;
      return made;
    });
    return await loading;
  }

  async function look(channel: UpdateChannel): Promise<void> {
    const made = await ready();
    made.channel = channel;
    made.allowPrerelease = channel === 'beta';
    // Naming a channel allows older versions, which a newer database would refuse.
    made.allowDowngrade = false;
    await made.checkForUpdates();
  }

  return {
    unsupported,
    check(channel) {
      // The library has told the listener by then.
      look(channel).catch(() => onEvent({ kind: 'failed' }));
    },
    quitAndInstall: () => updater?.quitAndInstall(true, true),
  };
}
