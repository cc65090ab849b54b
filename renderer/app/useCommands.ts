/** What the menu of the desktop host asks for, done as if its key had been pressed in the window. */
import { useEffect, useRef } from 'react';
import type { Command } from '../../shared/contract/desktop.ts';
import { useTell } from '../host/ask.ts';
import { hearCommands } from '../host/desktop.ts';
import { go } from '../host/navigation.ts';
import { setOpenedRules } from '../host/openedRules.ts';
import { useScope } from '../host/scope.ts';

export type CommandHandlers = { readonly palette: () => void; readonly sheet: () => void };

/** The box of the view at hand that searches in it, if it has one. */
export function focusSearch(): boolean {
  const box = document.querySelector<HTMLElement>('main [data-search] input, main input[data-search]');
  box?.focus();
  return box !== null;
}

export function useCommands(handlers: CommandHandlers): void {
  const { mutate: sync } = useTell(
    async (api, scope: string | null) => {
      const names = (await api.connections.list()).map((connection) => connection.name);
      const chosen = scope !== null && names.includes(scope) ? [scope] : names;
      await Promise.all(chosen.map((connection) => api.sync.start({ connection })));
    },
    ['sync'],
  );

  const act = (command: Command): void => {
    switch (command.kind) {
      case 'go':
        go(command.view, command.params);
        document.getElementById('view')?.focus();
        break;
      case 'rules':
        setOpenedRules({ name: command.name, text: command.text });
        go('rules', {});
        document.getElementById('view')?.focus();
        break;
      case 'palette':
        handlers.palette();
        break;
      case 'shortcuts':
        handlers.sheet();
        break;
      case 'search':
        focusSearch();
        break;
      case 'sync':
        sync(useScope.getState().connection);
        break;
      case 'back':
      case 'forward':
        history.go(command.kind === 'back' ? -1 : 1);
        break;
    }
  };
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => hearCommands((command) => latest.current(command)), []);
}
