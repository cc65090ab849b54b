/** What a key means in a grid. Decides only; the grid moves, selects and opens. */

export type GridKey = {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly command: boolean;
  readonly alt: boolean;
};

export type GridIntent =
  | { readonly kind: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'open' }
  | { readonly kind: 'all' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'sideways'; readonly by: -1 | 1 }
  | { readonly kind: 'type'; readonly text: string };

/** `active`: index of the row with the focus; `page`: rows that fit. Null for a key that the grid leaves alone. */
export function intentOf(pressed: GridKey, active: number, rows: number, page: number): GridIntent | null {
  const { key, shift, command, alt } = pressed;
  if (alt) return null;
  const move = (to: number): GridIntent | null =>
    rows === 0 ? null : { kind: 'move', to: Math.max(0, Math.min(rows - 1, to)), extend: shift };
  switch (key) {
    case 'ArrowDown':
      return move(active + 1);
    case 'ArrowUp':
      return move(active - 1);
    case 'PageDown':
      return move(active + Math.max(1, page - 1));
    case 'PageUp':
      return move(active - Math.max(1, page - 1));
    case 'Home':
      return move(0);
    case 'End':
      return move(rows - 1);
    case 'ArrowLeft':
      return { kind: 'sideways', by: -1 };
    case 'ArrowRight':
      return { kind: 'sideways', by: 1 };
    case 'Enter':
      return { kind: 'open' };
    case ' ':
      return { kind: 'toggle' };
  }
  if (command && key.toLowerCase() === 'a') return { kind: 'all' };
  if (command && key.toLowerCase() === 'c') return { kind: 'copy' };
  // "/" and "?" belong to the whole window.
  if (!command && key.length === 1 && /[\p{L}\p{N}@._-]/u.test(key)) return { kind: 'type', text: key };
  return null;
}
