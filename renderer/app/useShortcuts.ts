/**
 * Keys that work everywhere, and the back and forward buttons of a mouse. Typing in a field is never taken for a
 * shortcut, except with Ctrl or Cmd.
 */
import { useEffect, useRef } from 'react';
import { go, views } from '../host/navigation.ts';
import { focusView } from './moving.ts';
import { type CommandHandlers, focusSearch } from './useCommands.ts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `MouseEvent.button` of the two buttons at the side of a mouse. */
const mouseSteps: Readonly<Record<number, number>> = { 3: -1, 4: 1 };

export function useShortcuts(handlers: CommandHandlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.palette();
        return;
      }
      // Something stands above the view: its keys are its own.
      if (document.querySelector('dialog[open], [role="dialog"][aria-modal="true"], [role="alertdialog"]') !== null)
        return;
      const view = event.altKey && !command ? views[Number(event.code.replace('Digit', '')) - 1] : undefined;
      if (view !== undefined) {
        event.preventDefault();
        go(view);
        // The keys that were pressed belong to the view from now on.
        focusView();
        return;
      }
      const typing = isTyping(event.target);
      const back = event.altKey ? event.key === 'ArrowLeft' : event.metaKey && event.key === '[';
      const forward = event.altKey ? event.key === 'ArrowRight' : event.metaKey && event.key === ']';
      if ((back || forward) && !typing) {
        event.preventDefault();
        history.go(back ? -1 : 1);
        return;
      }
      if (typing || command || event.altKey) return;
      if (event.key === '?') latest.current.sheet();
      if (event.key === '/') {
        if (focusSearch()) event.preventDefault();
      }
    }
    /** A browser would go back by itself as well: it is told not to, so that one press is one step everywhere. */
    function onMouse(event: MouseEvent): void {
      const step = mouseSteps[event.button];
      if (step === undefined) return;
      event.preventDefault();
      if (event.type === 'mouseup') history.go(step);
    }
    window.addEventListener('keydown', onKey);
    window.addEventListener('mousedown', onMouse);
    window.addEventListener('mouseup', onMouse);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('mousedown', onMouse);
      window.removeEventListener('mouseup', onMouse);
    };
  }, []);
}
