/**
 * The vocabulary of the Graph client. A GraphCall is opaque: only the builders in `calls/` make one, so a request
 * that nobody wrote a builder for (a DELETE on a directory object, say) cannot be sent at all.
 */
import { type ErrorCode, RiskdeskError } from '../../../shared/model/errors.ts';

/** Which throttle the call falls under: Graph limits Identity Protection to 1 request/s per tenant, apart from the rest. */
export type Workload = 'identity-protection' | 'directory';

/** `person`: somebody waits for it (`x-ms-throttle-priority: High`). `background`: sync and verification (`Low`). */
export type Priority = 'person' | 'background';

declare const built: unique symbol;
export type GraphCall = {
  readonly [built]: true;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version segment, with its query string: `/groups/…/members/$ref`. Or an absolute nextLink (GET only). */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly workload: Workload;
  /** The application permission that Graph wants for it, least privilege; named when a 403 comes. */
  readonly permission: string;
  /** What a person would call it: "list risky users". Used in error texts. */
  readonly purpose: string;
};

export type SendOptions = {
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
};

/** A 2xx answer. Header names are lower case whatever the server wrote. */
export type GraphAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Graph's `request-id`; what Microsoft's support asks for. */
  readonly requestId: string | null;
  /** Our `client-request-id` of the last attempt. */
  readonly clientRequestId: string;
};

/**
 * The refusal or loss of one call. `effect` answers the question that matters before anything is repeated:
 * 'none' (Graph refused it, or it never left), 'unknown' (the answer was lost or was a 5xx: read the state back).
 */
export class GraphError extends RiskdeskError {
  override readonly name: string = 'GraphError';
  readonly effect: 'none' | 'unknown';
  /** HTTP status, null when no answer came. */
  readonly status: number | null;
  /** Graph's own `error.code`, e.g. `Request_ResourceNotFound`. */
  readonly graphCode: string | null;
  /** Graph's own `error.message`, cut to 500 characters. */
  readonly graphMessage: string | null;
  readonly requestId: string | null;
  readonly permission: string;
  readonly purpose: string;

  constructor(fields: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly effect: 'none' | 'unknown';
    readonly status?: number | null;
    readonly graphCode?: string | null;
    readonly graphMessage?: string | null;
    readonly requestId?: string | null;
    readonly permission: string;
    readonly purpose: string;
    readonly cure?: string | undefined;
    readonly cause?: unknown;
  }) {
    const facts = {
      status: fields.status ?? null,
      graphCode: fields.graphCode ?? null,
      requestId: fields.requestId ?? null,
    };
    super(fields.code, fields.message, { cure: fields.cure, facts }, { cause: fields.cause });
    this.effect = fields.effect;
    this.status = fields.status ?? null;
    this.graphCode = fields.graphCode ?? null;
    this.graphMessage = fields.graphMessage ?? null;
    this.requestId = fields.requestId ?? null;
    this.permission = fields.permission;
    this.purpose = fields.purpose;
  }
}

/** Counters since the client was made. `throttled` counts 429 answers, also those inside a batch. */
export type GraphCounters = { readonly requests: number; readonly throttled: number; readonly retries: number };

/** What the status bar shows as the request budget. */
export type PaceState = {
  readonly workload: Workload;
  /** 'free': as fast as answers come. 'paced': spaced out since a 429. 'waiting': Retry-After or backoff. */
  readonly mode: 'free' | 'paced' | 'waiting';
  readonly requestsPerSecond: number | null;
  /** Epoch ms until which nothing is sent; null when nothing waits. */
  readonly waitingUntil: number | null;
};

/** One page of a collection. `items` are raw and unchecked; `nextLink` is null on the last page. */
export type GraphPage = {
  readonly items: readonly unknown[];
  readonly nextLink: string | null;
  readonly bytes: number;
};

export type GraphClient = {
  /**
   * Sends one call and resolves with its 2xx answer, or rejects with GraphError (or the signal's reason). A sign-in that
   * fails on the way is a GraphError too, with `effect: 'none'` and the RiskdeskError as its cause. After the signal's
   * reason the effect of a write is unknown.
   * 429 is waited out and sent again, whatever the method: Graph did not execute it. A GET is also repeated after a
   * 5xx, a reset or a cut body. Anything else is never repeated: it rejects with `effect: 'unknown'`.
   */
  send(call: GraphCall, options: SendOptions): Promise<GraphAnswer>;
  /**
   * Sends up to 20 calls in one `$batch` and resolves with one result per call, in the order given. Calls that were
   * answered 429 inside the batch are sent again in a later one. If the batch's own answer was lost, each call that
   * is not a GET gets an `effect: 'unknown'` error. When the signal fires it still resolves: what was answered keeps its
   * answer, the rest is `cancelled`, with the effect that fits.
   */
  batch(calls: readonly GraphCall[], options: SendOptions): Promise<readonly (GraphAnswer | GraphError)[]>;
  /**
   * Follows a collection page by page. `from` is a list call, or a nextLink that an earlier process stored
   * (`calls/links.ts#followLink`). The next page is requested before the consumer asks for it. A link that repeats itself,
   * or a page that stays garbage after retries, rejects with `graph-failed`; an expired link with `graph-refused`.
   * The collection is complete when the iteration ends without an error: because of a defect of Graph the last page of a
   * filtered list can carry a nextLink that leads nowhere.
   */
  pages(from: GraphCall, options: SendOptions & { readonly pageSize: number | null }): AsyncIterable<GraphPage>;
  counters(): GraphCounters;
  pace(): readonly PaceState[];
};
