/**
 * The window's end of the bridge to its main process, where there is one: commands of the menu, the state of the process
 * that holds the data. A browser has no bridge; whoever asks then hears that all is well and nothing ever comes.
 */
import { create } from 'zustand';
import { type Bridge, type Command, type CoreState, isCommand, type Wish } from '../../shared/contract/desktop.ts';
import type { Language } from '../../shared/model/language.ts';

const bridge: Bridge | null =
  'riskdesk' in window && typeof window.riskdesk === 'object' ? (window.riskdesk as Bridge | null) : null;

export const hasBridge = bridge !== null;

export const useCoreState = create<{ readonly core: CoreState }>(() => ({ core: { kind: 'up' } }));
bridge?.onCore((core) => useCoreState.setState({ core }));

/** One listener at a time; commands that came before it are kept for it. */
export function hearCommands(listener: (command: Command) => void): void {
  bridge?.onCommand((command) => {
    if (isCommand(command)) listener(command);
  });
}

/** The menu and the dialogs of the host follow the window. */
export function speak(language: Language): void {
  bridge?.speak(language);
}

export function wish(what: Wish): void {
  bridge?.wish(what);
}
