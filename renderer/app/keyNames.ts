/** Keys as they are printed on the keyboard of the window's language: `ctrl K` is "Ctrl K" or "Strg K". */
import type { TFunction } from 'i18next';

export const mac = /Mac/.test(navigator.platform);

export const paletteKeys = mac ? '⌘ K' : 'ctrl K';

/** Small letters name a key that has a word of its own; whatever else is printed as it stands. */
export function keyNames(t: TFunction<'app'>, keys: string): string {
  return keys.replace(/[a-z]+/g, (key) => t(`key.${key}`));
}
