/**
 * What happens around a change of place: the new page begins at its top, the one that is gone back to stands where it
 * was left, and a focus whose element is gone goes to the view and is never lost.
 */
import { useEffect } from 'react';
import { usePlace } from '../host/navigation.ts';

/** Scroll positions by entry of the history; an entry knows itself by a number in its state. */
const left = new Map<number, number>();
let entries = 0;
let current = enter();

/** The number of the present entry, new where it has none yet. */
function enter(): number {
  const state: unknown = history.state;
  const known = typeof state === 'object' && state !== null && 'riskdesk' in state ? Number(state.riskdesk) : null;
  if (known !== null) return known;
  entries = Math.max(entries, Date.now()) + 1;
  history.replaceState({ riskdesk: entries }, '');
  return entries;
}

const view = () => document.getElementById('view');

export function focusView(): void {
  view()?.focus({ preventScroll: true });
}

export function useMoving(): void {
  useEffect(() => {
    const onScroll = () => left.set(current, view()?.scrollTop ?? 0);
    const box = view();
    box?.addEventListener('scroll', onScroll, { passive: true });
    const onMove = () => {
      current = enter();
      const top = left.get(current) ?? 0;
      requestAnimationFrame(() => box?.scrollTo(0, top));
    };
    window.addEventListener('hashchange', onMove);
    // The pages of one view follow each other too: whatever was pressed may be gone with its page.
    const forget = usePlace.subscribe(() => {
      setTimeout(() => {
        if (document.activeElement === null || document.activeElement === document.body) focusView();
      }, 50);
    });
    return () => {
      box?.removeEventListener('scroll', onScroll);
      window.removeEventListener('hashchange', onMove);
      forget();
    };
  }, []);
}
