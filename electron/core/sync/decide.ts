/** Decides what a sync has to do: go on with one that was cut off, read everything, or read what changed. Pure. */
import type { SyncKind } from '../../../shared/model/sync.ts';

/** A sync that was killed, stopped, or cut off by the network. Times are epoch ms. */
export type OpenSync = {
  readonly syncId: number;
  readonly kind: SyncKind;
  readonly started: number;
  /** Filter of an incremental one, Entra's clock. */
  readonly since: number | null;
  /** `pages`: it stands at a link. `end`: every page is written, and only the end is missing. */
  readonly left: 'pages' | 'end';
  /** Every page so far was full, so the link that it stands at may lead nowhere. */
  readonly allFull: boolean;
};

/** What the store knows of earlier syncs of the connection. Times are epoch ms. */
export type SyncPast = {
  readonly open: OpenSync | null;
  /** Newest Entra time of the complete syncs; null when there was none. */
  readonly watermark: number | null;
  /** How long the last complete sync took from its start to its end, pauses between processes included, ms. */
  readonly lastTook: number;
  /** When the last complete full sync ended, this machine's clock. */
  readonly lastFull: number | null;
  /** The score range or the tenant changed since. */
  readonly needsFull: boolean;
};

export type SyncTask =
  | (Pick<OpenSync, 'syncId' | 'kind' | 'since' | 'allFull'> & { readonly do: 'resume' })
  | { readonly do: 'finish'; readonly syncId: number; readonly kind: SyncKind }
  | { readonly do: 'start'; readonly kind: 'full'; readonly since: null }
  /** `since`: epoch ms, Entra's clock. */
  | { readonly do: 'start'; readonly kind: 'incremental'; readonly since: number };

/** Entra may write a change with a time slightly before one that was already read. */
export const overlapMs = 10 * 60_000;

/** What of the overlap is left for that when the last sync took long. */
const lateMs = 5 * 60_000;

/** A link is good for a while only; after a day nobody should try. */
const linkLifeMs = 24 * 3_600_000;

export function decideSync(
  past: SyncPast,
  wanted: { readonly full: boolean; readonly reconcileMs: number; readonly now: number },
): SyncTask {
  const { open, watermark } = past;
  const { now } = wanted;
  const due =
    past.needsFull ||
    past.lastFull === null ||
    watermark === null ||
    now - past.lastFull >= wanted.reconcileMs ||
    // The clock was set back since: its reading says nothing about how long ago that was.
    now < past.lastFull;
  if (open !== null && now >= open.started && now - open.started < linkLifeMs) {
    const enough = open.kind === 'full' ? !past.needsFull || past.lastFull === null : !wanted.full && !due;
    if (enough) return goOn(open);
  }
  if (wanted.full || due) return { do: 'start', kind: 'full', since: null };
  return { do: 'start', kind: 'incremental', since: Math.max(0, watermark - overlapAfter(past.lastTook)) };
}

function goOn({ left, syncId, kind, since, allFull }: OpenSync): SyncTask {
  return left === 'end' ? { do: 'finish', syncId, kind } : { do: 'resume', syncId, kind, since, allFull };
}

/**
 * A user that changed right after their page was read is older than what the last page brought: by as much as the sync
 * took. So a sync that went on for longer than the overlap reaches back to its own start.
 */
function overlapAfter(took: number): number {
  return Math.max(overlapMs, took + lateMs);
}
