/**
 * Exports become files through the system's own save dialog. A page hands them over as a blob of its own; anything that
 * is not one, such as a file from the network, is not saved at all. A file that could not be written is told in words.
 */
import { basename, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog, type Session } from 'electron';
import { t } from './words.ts';

/** A name that every system takes, without the folders that a name could bring along. */
export function safeFileName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replace(/[<>:"|?*\p{Cc}]/gu, '-')
    .replace(/[. ]+$/, '')
    .slice(0, 120);
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `riskdesk-${plain || 'export'}` : plain;
}

const filters: Readonly<Record<string, string>> = {
  csv: 'CSV',
  json: 'JSON',
  zip: 'ZIP',
  txt: 'Text',
  'riskdesk-rules': 'Riskdesk',
};

export function saveDownloads(session: Session, ourOrigin: string, window: () => BrowserWindow | null): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${ourOrigin}/`)) {
      event.preventDefault();
      return;
    }
    const file = safeFileName(item.getFilename());
    const kind = extname(file).slice(1).toLowerCase();
    const name = filters[kind];
    item.setSaveDialogOptions({
      title: t('save.title'),
      defaultPath: join(app.getPath('downloads'), file),
      ...(name === undefined ? {} : { filters: [{ name, extensions: [kind] }] }),
    });
    item.once('done', (_event, state) => {
      if (state !== 'interrupted') return;
      const owner = window();
      const words = {
        type: 'error' as const,
        message: t('save.failed', { file: basename(item.getSavePath()) || file }),
        detail: t('save.detail'),
      };
      void (owner === null ? dialog.showMessageBox(words) : dialog.showMessageBox(owner, words));
    });
  });
}
