/** What a sync is doing and what the last one came to. */

export type SyncKind = 'full' | 'incremental';

export type SyncResult = {
  /** True when the last page was read; only then may users be marked as gone. */
  readonly complete: boolean;
  /** Users of the connection in the cache afterwards. */
  readonly users: number;
  readonly added: number;
  /** Users whose level, state, detail, names or flags differ from before. */
  readonly changed: number;
  /** Users that a complete full sync no longer found, or that left the score range. */
  readonly gone: number;
  /** Rows that could not be kept. */
  readonly skipped: number;
  /** HTTP requests to Graph, repeats included. */
  readonly requests: number;
  /** 429 answers. */
  readonly throttled: number;
  readonly durationMs: number;
};

export type SyncReport = SyncResult & {
  readonly syncId: number;
  readonly connection: string;
  readonly kind: SyncKind;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Newest riskLastUpdatedDateTime seen, Entra's clock; where the next sync starts. */
  readonly watermark: string | null;
  /** Rows kept with a repaired field. */
  readonly repaired: number;
  /** At most five: what was wrong with which row. */
  readonly examples: readonly string[];
  /** Plain words when it is not complete. */
  readonly message: string | null;
  readonly errorCode: string | null;
};

export type SyncProgress = {
  readonly kind: SyncKind;
  readonly resumed: boolean;
  readonly startedAt: string;
  readonly pages: number;
  readonly users: number;
  /** Pages still to come, guessed from the cache or the last full sync; null on the very first one. */
  readonly pagesExpected: number | null;
  readonly etaSeconds: number | null;
  readonly requests: number;
  readonly throttled: number;
  readonly waitingSeconds: number | null;
  /** The request budget: how many a second are sent since Graph slowed us down; null: as fast as answers come. */
  readonly requestsPerSecond: number | null;
};

/** How fast one connection may ask one part of Graph right now. Known from the first request on. */
export type RequestBudget = {
  readonly connection: string;
  /** Risky users are throttled apart from users and groups. */
  readonly workload: 'identity-protection' | 'directory';
  /** free: as fast as answers come; paced: spaced out since Graph throttled; waiting: nothing is sent for a while. */
  readonly mode: 'free' | 'paced' | 'waiting';
  /** Null while nothing holds it back. */
  readonly requestsPerSecond: number | null;
  /** Until the next request may leave; null when nothing waits. */
  readonly waitingSeconds: number | null;
};

export type SyncState = {
  readonly connection: string;
  /** Counts up with every change; a stream may skip versions. */
  readonly version: number;
  readonly running: SyncProgress | null;
  /** Last sync that ended in this process or before. */
  readonly last: SyncReport | null;
  /** When the cache was last known to be whole: "data as of". */
  readonly dataAsOf: string | null;
};
