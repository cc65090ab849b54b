/**
 * What stands above every view: the palette and the shortcuts, one at a time. They are made when they are wanted and gone
 * when they are closed, and the focus goes back to where it was.
 */
import type { ReactElement } from 'react';
import { create } from 'zustand';
import { focusView } from './moving.ts';
import { Palette } from './Palette.tsx';
import { Shortcuts } from './Shortcuts.tsx';

type What = 'palette' | 'shortcuts';

const useAbove = create<{ readonly what: What | null }>(() => ({ what: null }));
let from: Element | null = null;

export function show(what: What): void {
  if (useAbove.getState().what === null) from = document.activeElement;
  useAbove.setState({ what });
}

function close(): void {
  useAbove.setState({ what: null });
  setTimeout(() => {
    if (useAbove.getState().what !== null) return;
    if (from instanceof HTMLElement && from.isConnected && from !== document.body) from.focus();
    else focusView();
  }, 0);
}

/** Closed because something else was chosen: the view has the focus from now on. */
function leave(): void {
  useAbove.setState({ what: null });
  setTimeout(() => {
    if (useAbove.getState().what === null) focusView();
  }, 0);
}

export function Above(): ReactElement | null {
  const what = useAbove((state) => state.what);
  switch (what) {
    case 'palette':
      return <Palette onClose={close} onLeave={leave} onSheet={() => show('shortcuts')} />;
    case 'shortcuts':
      return <Shortcuts onClose={close} />;
    case null:
      return null;
  }
}
