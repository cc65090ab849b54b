/** Keys that work everywhere. Typing in a field is never taken for a shortcut, except with Ctrl or Cmd. */
import { useEffect, useRef } from 'react';
import { go, views } from '../host/navigation.ts';
import { type CommandHandlers, focusSearch } from './useCommands.ts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

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
      const view = event.altKey && !command ? views[Number(event.code.replace('Digit', '')) - 1] : undefined;
      if (view !== undefined) {
        event.preventDefault();
        go(view);
        // The keys that were pressed belong to the view from now on.
        document.getElementById('view')?.focus();
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
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
