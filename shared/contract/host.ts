/** What the host around the core can do. The window asks this, never "am I in Electron". */
import { type } from '@orpc/contract';
import { procedure } from './base.ts';

/** Which sources a bundle was made from; `modified` when they differed from the commit. `date` is the commit's, ISO 8601. */
export type Build = { readonly commit: string; readonly date: string; readonly modified: boolean };

export type HostInfo = {
  readonly version: string;
  /** Null when the program runs straight from its sources. */
  readonly build: Build | null;
  readonly host: 'desktop' | 'loopback' | 'cli';
  readonly platform: string;
  readonly dataDir: string;
  readonly keychain: { readonly available: boolean; readonly why: string | null };
  /** Why actions are refused here; null when they are allowed. */
  readonly readOnly: string | null;
};

export const hostContract = {
  info: procedure.output(type<HostInfo>()),
};
