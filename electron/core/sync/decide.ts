/** Decides what a sync has to do: go on with one that was cut off, read everything, or read what changed. Pure. */
import type { SyncKind } from '../../../shared/model/sync.ts';

/** What the store knows of earlier syncs of the connection. Times are epoch ms. */
export type SyncPast = {
  /** A sync that stands at a link: killed, stopped, or cut off by the network. */
  readonly open: { readonly syncId: number; readonly kind: SyncKind; readonly started: number } | null;
  /** Newest Entra time of the complete syncs; null when there was none. */
  readonly watermark: number | null;
  /** When the last complete full sync ended, this machine's clock. */
  readonly lastFull: number | null;
  /** The score range or the tenant changed since. */
  readonly needsFull: boolean;
};

export type SyncTask =
  | { readonly do: 'resume'; readonly syncId: number; readonly kind: SyncKind }
  | { readonly do: 'start'; readonly kind: 'full'; readonly since: null }
  /** `since`: epoch ms, Entra's clock. */
  | { readonly do: 'start'; readonly kind: 'incremental'; readonly since: number };

/** Entra may write a change with a time slightly before one that was already read. */
export const overlapMs = 10 * 60_000;

/** A link is good for a while only; after a day nobody should try. */
const linkLifeMs = 24 * 3_600_000;

export function decideSync(
  past: SyncPast,
  wanted: { readonly full: boolean; readonly reconcileMs: number; readonly now: number },
): SyncTask {
  const { open } = past;
  const { now } = wanted;
  const full = { do: 'start', kind: 'full', since: null } as const;
  const due =
    past.needsFull ||
    past.lastFull === null ||
    past.watermark === null ||
    now - past.lastFull >= wanted.reconcileMs ||
    // The clock was set back since: its reading says nothing about how long ago that was.
    now < past.lastFull;
  if (open !== null && now >= open.started && now - open.started < linkLifeMs) {
    const enough = open.kind === 'full' ? !past.needsFull || past.lastFull === null : !wanted.full && !due;
    if (enough) return { do: 'resume', syncId: open.syncId, kind: open.kind };
  }
  if (wanted.full || due || past.watermark === null) return full;
  return { do: 'start', kind: 'incremental', since: past.watermark - overlapMs };
}
