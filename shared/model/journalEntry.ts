/** One event of the append-only journal. Each row's hash covers the row and the hash before it. */

export type JournalEntry = {
  /** 1, 2, 3 … without a gap; what clean-up took away is kept as one anchor. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The same instant in this machine's zone, with offset: `2026-11-23T17:42:01.120+01:00`. */
  readonly localTime: string;
  /** Account of the operating system that ran the program; `analyst as ada@contoso.com` where a person signed in to Entra. */
  readonly who: string;
  /** Dotted name: `run.planned`, `step.succeeded`, `rule.added`. */
  readonly event: string;
  readonly connection: string | null;
  readonly runId: string | null;
  /** Entra object id and the name shown then. */
  readonly objectId: string | null;
  readonly whom: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  /** JSON text with what else belongs to the event; null when nothing does. */
  readonly detail: string | null;
  /** SHA-256, hex, lower case. */
  readonly hash: string;
};

/** `firstBad` names the first row that is altered, missing or out of order. */
export type JournalCheck = {
  readonly intact: boolean;
  readonly entries: number;
  readonly firstBad: number | null;
  readonly problem: string | null;
  /** Entries that clean-up removed under an anchor. */
  readonly cleaned: number;
};
