/**
 * Stands between the page and main, in a sandbox: hands the port of the contract on to the page, and the few words of
 * the bridge both ways. Nothing of Electron reaches the page, and no message that is not known here passes.
 */
import { contextBridge, ipcRenderer } from 'electron';
import {
  type Bridge,
  type Command,
  type CoreState,
  channels,
  isCommand,
  isLanguage,
  isWish,
  portHere,
  portWanted,
} from '../../../shared/contract/desktop.ts';

let onCommand: ((command: Command) => void) | null = null;
let onCore: ((state: CoreState) => void) | null = null;
/** What came before the page listened: the latest state, and commands in their order. */
let lastCore: CoreState | null = null;
const early: Command[] = [];

ipcRenderer.on(channels.command, (_event, command: unknown) => {
  if (!isCommand(command)) return;
  if (onCommand === null) early.push(command);
  else onCommand(command);
});
ipcRenderer.on(channels.core, (_event, state: CoreState) => {
  lastCore = state;
  onCore?.(state);
});
ipcRenderer.on(channels.port, ({ ports }) => window.postMessage(portHere, location.origin, [...ports]));

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === portWanted) ipcRenderer.send(channels.ready);
});
for (const event of ['online', 'offline']) {
  window.addEventListener(event, () => ipcRenderer.send(channels.network, navigator.onLine));
}

const bridge: Bridge = {
  onCommand(listener) {
    onCommand = listener;
    for (const command of early.splice(0)) listener(command);
  },
  onCore(listener) {
    onCore = listener;
    if (lastCore !== null) listener(lastCore);
  },
  wish(wish) {
    if (isWish(wish)) ipcRenderer.send(channels.wish, wish);
  },
  speak(language) {
    if (isLanguage(language)) ipcRenderer.send(channels.language, language);
  },
};
contextBridge.exposeInMainWorld('riskdesk', bridge);
