/**
 * What the twin was asked, for tests and benchmarks to read. The log keeps no Authorization header and no body, so
 * that a token or a secret never lands in a test's output.
 */

export type LogEntry = {
  readonly method: string;
  /** Path and query as received; inside a batch, the relative URL. */
  readonly path: string;
  /** 0 when no answer was sent. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Which call it was: `riskyUsers.list`, `token`, … or `unknown`. */
  readonly kind: string;
  readonly fault: string | null;
  readonly batched: boolean;
  /** Epoch ms of the twin's clock. */
  readonly at: number;
  readonly requestId: string;
};

export type Counters = {
  /** Calls by kind, those inside a batch too; `http` counts what came over the wire, `429` what was throttled. */
  readonly requests: Readonly<Record<string, number>>;
  readonly log: readonly LogEntry[];
  /** Requests that a careful client never makes, such as deleting a user when it meant a membership. */
  readonly violations: readonly string[];
  record(entry: LogEntry): void;
  violate(what: string): void;
  reset(): void;
};

export function makeCounters(logLength: number): Counters {
  let requests: Record<string, number> = {};
  let log: LogEntry[] = [];
  let violations: string[] = [];
  const count = (kind: string): void => {
    requests[kind] = (requests[kind] ?? 0) + 1;
  };
  return {
    get requests() {
      return { ...requests };
    },
    get log() {
      return log.slice(-logLength);
    },
    get violations() {
      return [...violations];
    },
    record(entry) {
      count(entry.kind);
      if (!entry.batched) count('http');
      if (entry.status === 429) count('429');
      if (entry.fault !== null) count(`fault:${entry.fault}`);
      const { authorization: _, ...headers } = entry.headers;
      log.push({ ...entry, headers });
      if (log.length > logLength * 2) log = log.slice(-logLength);
    },
    violate: (what) => {
      violations.push(what);
    },
    reset() {
      requests = {};
      log = [];
      violations = [];
    },
  };
}
