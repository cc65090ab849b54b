/** What a person is told about newer versions of the program, and what the part that fetches them reports. */

export const updateChannels = ['latest', 'beta'] as const;
export type UpdateChannel = (typeof updateChannels)[number];

/**
 * Why this program does not replace itself: it runs from source; it was packed without a signed source of updates; a
 * package manager or an administrator's tool installed it; an administrator turned it off; it is no desktop application.
 */
export const noUpdateReasons = ['source', 'no-feed', 'managed', 'policy', 'host'] as const;
export type NoUpdateReason = (typeof noUpdateReasons)[number];

/** idle: not looked yet. waiting: a person wants to install it, and a run or a sync must end first. */
export type UpdatePhase =
  | 'idle'
  | 'checking'
  | 'current'
  | 'downloading'
  | 'ready'
  | 'waiting'
  | 'installing'
  | 'failed';

export type UpdateState = {
  /** Null: it can. Everything below is then meaningful. */
  readonly unsupported: NoUpdateReason | null;
  readonly phase: UpdatePhase;
  /** The version that was found, once one was. */
  readonly version: string | null;
  /** Plain text, whatever the source sent. */
  readonly notes: string | null;
  /** 0 to 100 while it is downloaded. */
  readonly percent: number | null;
  /** Epoch milliseconds of the last look that got an answer. */
  readonly checkedAt: number | null;
  /** What must end before it is installed; null unless `waiting`. */
  readonly waitingFor: Work | null;
};

export type Work = { readonly runs: number; readonly syncs: number };

/** What the part that fetches reports. `notes` is as it came from the network: text, HTML, or nothing. */
export type UpdateEvent =
  | { readonly kind: 'checking' | 'none' | 'failed' }
  | { readonly kind: 'found'; readonly version: string; readonly notes: string | null }
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'ready'; readonly version: string };
