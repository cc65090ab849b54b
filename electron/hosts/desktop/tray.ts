/** The tray icon: there while Riskdesk runs without a window, so that nothing runs unseen. */
import { Menu, nativeImage, Tray } from 'electron';
import { t } from './words.ts';

export type TrayIcon = { show(words: string): void; hide(): void };

/** A shield on a transparent ground, 16 and 32 pixels; drawn here so that no file can be missing. */
const picture = (size: number): Buffer => {
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const across = Math.abs((x + 0.5) / size - 0.5);
      const down = (y + 0.5) / size;
      const half = down < 0.1 ? 0 : down < 0.55 ? 0.36 : 0.36 * Math.sqrt(Math.max(0, 1 - ((down - 0.55) / 0.4) ** 2));
      // BGRA, the blue of the window's brand.
      if (across < half) pixels.set([0xbd, 0x6c, 0x0f, 0xff], (y * size + x) * 4);
    }
  }
  return pixels;
};

function icon() {
  const image = nativeImage.createFromBitmap(picture(16), { width: 16, height: 16 });
  image.addRepresentation({
    scaleFactor: 2,
    width: 32,
    height: 32,
    buffer: nativeImage.createFromBitmap(picture(32), { width: 32, height: 32 }).toPNG(),
  });
  return image;
}

export function createTrayIcon(deeds: { open(): void; quit(): void }): TrayIcon {
  let tray: Tray | null = null;
  return {
    show(words) {
      if (tray === null) {
        tray = new Tray(icon());
        tray.on('click', () => deeds.open());
      }
      tray.setToolTip(words);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words, enabled: false },
          { type: 'separator' },
          { label: t('tray.open'), click: () => deeds.open() },
          { label: t('menu.quit'), click: () => deeds.quit() },
        ]),
      );
    },
    hide() {
      tray?.destroy();
      tray = null;
    },
  };
}
