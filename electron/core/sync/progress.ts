/** How far a sync has come, and when it will be done. Pure. */
import type { SyncKind, SyncProgress } from '../../../shared/model/sync.ts';

export function beginning(at: {
  readonly kind: SyncKind;
  readonly resumed: boolean;
  readonly now: number;
  readonly pagesExpected: number | null;
}): SyncProgress {
  return {
    kind: at.kind,
    resumed: at.resumed,
    startedAt: new Date(at.now).toISOString(),
    pages: 0,
    users: 0,
    pagesExpected: at.pagesExpected,
    etaSeconds: null,
    requests: 0,
    throttled: 0,
    waitingSeconds: null,
    requestsPerSecond: null,
  };
}

/**
 * Whole seconds until the last page, at the speed of the pages that this process read; null when nobody knows how many
 * there are. `tookMs`: since its first page was asked for, by a clock that never jumps.
 */
export function etaSeconds(at: {
  readonly pages: number;
  readonly pagesBefore: number;
  readonly pagesExpected: number | null;
  readonly tookMs: number;
}): number | null {
  if (at.pagesExpected === null) return null;
  const left = Math.max(0, at.pagesExpected - at.pages);
  const read = Math.max(1, at.pages - at.pagesBefore);
  return Math.ceil((left * at.tookMs) / read / 1_000);
}
