/** Where the window was, kept in a small file, and brought back onto a screen that is still there. */
import { readFileSync, writeFileSync } from 'node:fs';

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type WindowState = { readonly bounds: Rectangle | null; readonly maximized: boolean };

export const smallest = { width: 900, height: 600 };
const usual = { width: 1_280, height: 800 };
/** Of the title bar, in pixels: so much must show for a person to be able to take hold of the window. */
const grip = { width: 120, height: 32 };

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** What the file says, or a fresh window; a damaged file is no reason to tell anybody. */
export function readWindowState(file: string): WindowState {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const { x, y, width, height } = (bounds ?? {}) as Record<string, unknown>;
    const whole = isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height);
    return { bounds: whole ? { x, y, width, height } : null, maximized: maximized === true };
  } catch {
    return { bounds: null, maximized: false };
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
  } catch {
    // A place that cannot be remembered costs a person one drag of the mouse.
  }
}

/**
 * Bounds for a new window: as they were where the title bar can still be reached on one of `screens` (work areas), else
 * in the middle of the first one. Never smaller than the smallest window, never larger than the screen it is on.
 */
export function fitOnScreen(
  wanted: Rectangle | null,
  screens: readonly Rectangle[],
): { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number } {
  const [first] = screens;
  if (first === undefined) return usual;
  const sizeOn = (screen: Rectangle) => ({
    width: Math.max(smallest.width, Math.min((wanted ?? usual).width, screen.width)),
    height: Math.max(smallest.height, Math.min((wanted ?? usual).height, screen.height)),
  });
  if (wanted !== null) {
    for (const screen of screens) {
      const there = { x: wanted.x, y: wanted.y, ...sizeOn(screen) };
      if (canBeHeld(there, screen)) return there;
    }
  }
  const { width, height } = sizeOn(first);
  return {
    x: first.x + Math.max(0, Math.round((first.width - width) / 2)),
    y: first.y + Math.max(0, Math.round((first.height - height) / 2)),
    width,
    height,
  };
}

function canBeHeld(window: Rectangle, screen: Rectangle): boolean {
  const shown = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const top = window.y >= screen.y && window.y + grip.height <= screen.y + screen.height;
  return shown >= grip.width && top;
}
