/**
 * What a window and its main process say to each other besides the contract: commands of the menu, the state of the
 * process that holds the data, and a few wishes. Plain types and guards, because the preload that stands between them
 * is sandboxed and bundled on its own. Leaves out everything about data: that is the contract's, over a port.
 */
import { type Language, languages } from '../model/language.ts';
import { type Place, views } from '../model/place.ts';

/** Longest text of a file of rules that the system may hand to the window, characters. */
export const mostRulesText = 1_000_000;

export type Command =
  | ({ readonly kind: 'go' } & Place)
  /** A file of rules that was opened in the system: shown before anything is brought in. */
  | { readonly kind: 'rules'; readonly name: string; readonly text: string }
  | { readonly kind: 'palette' | 'shortcuts' | 'search' | 'back' | 'forward' | 'sync' };

/** Of the process that holds the data. `restarted`: it died, runs again, and nobody has read the words about it yet. */
export type CoreState =
  | { readonly kind: 'starting' | 'up' | 'restarting' | 'restarted' | 'closing' }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly cure: string | null;
    };

/** What the window may ask of its host; each is one click of a person. */
export const wishes = ['retry', 'openDataFolder', 'quit', 'read'] as const;
export type Wish = (typeof wishes)[number];

/** What the preload puts into the page as `window.riskdesk`. */
export type Bridge = {
  onCommand(listener: (command: Command) => void): void;
  onCore(listener: (state: CoreState) => void): void;
  wish(wish: Wish): void;
  /** The language that the window is drawn in, for the words of menus and dialogs. */
  speak(language: Language): void;
};

/** Messages of the page that the preload knows, and the one that it answers with, carrying a port. */
export const portWanted = 'riskdesk:ready';
export const portHere = 'riskdesk:port';

export const channels = {
  /** preload -> main: the page listens, give it a port. */
  ready: 'riskdesk:ready',
  /** main -> preload, with one port. */
  port: 'riskdesk:port',
  /** main -> preload. */
  command: 'riskdesk:command',
  core: 'riskdesk:core',
  /** preload -> main. */
  wish: 'riskdesk:wish',
  network: 'riskdesk:network',
  language: 'riskdesk:language',
} as const;

export const isWish = (value: unknown): value is Wish => (wishes as readonly unknown[]).includes(value);
export const isLanguage = (value: unknown): value is Language => (languages as readonly unknown[]).includes(value);

const plainKinds: readonly unknown[] = ['palette', 'shortcuts', 'search', 'back', 'forward', 'sync'];

/** For what came over a boundary: true when it is exactly one of the commands. */
export function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'rules') {
    if (!('name' in value && 'text' in value)) return false;
    return typeof value.name === 'string' && typeof value.text === 'string' && value.text.length <= mostRulesText;
  }
  if (value.kind !== 'go') return plainKinds.includes(value.kind);
  if (!('view' in value && 'params' in value) || typeof value.params !== 'object' || value.params === null)
    return false;
  return (
    (views as readonly unknown[]).includes(value.view) &&
    Object.values(value.params).every((text) => typeof text === 'string')
  );
}
