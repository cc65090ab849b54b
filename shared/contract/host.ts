/** What the host around the core can do. The window asks this, never "am I in Electron". */
import { type } from '@orpc/contract';
import { procedure } from './base.ts';

export type HostInfo = {
  readonly version: string;
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
