/**
 * Sends one call until it is answered, and decides what may be repeated: a 429 always (Graph did not execute it), a
 * connection that was never made always, a GET after a 5xx, a reset or garbage, and nothing else. A token that was not
 * accepted is renewed once. Leaves out the pace (`throttle.ts`) and the wording of errors (`errors.ts`).
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { Clock, Log, TokenSource } from '../ports.ts';
import type { Reply } from './errors.ts';
import { checkDelete, foreignLink, garbage, loss, refusal, requestIdOf } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Grant } from './permissions.ts';
import { readRetryAfter } from './retryAfter.ts';
import type { Throttle } from './throttle.ts';
import type { GraphAnswer, GraphCall, SendOptions, Workload } from './types.ts';
import { GraphError } from './types.ts';

export type Delivered = { readonly answer: GraphAnswer; readonly bytes: number };

export type DeliverOptions = SendOptions & {
  /** Whether a loss may be followed by another try. Default: only a GET. */
  readonly repeatable?: boolean;
  /** Says what is wrong with a 2xx body ("holds no collection"), or null. A wrong one is asked for twice more. */
  readonly accept?: (body: unknown) => string | null;
  /** 429s inside a batch's 200. */
  readonly refusedInside?: (reply: Reply) => { readonly all: boolean; readonly retryAfter: number | null } | null;
  /** Told when the request leaves (true) and when its answer is in (false). */
  readonly onWire?: (leaves: boolean) => void;
};

export type Sender = {
  deliver(call: GraphCall, options: DeliverOptions): Promise<Delivered>;
  /** Asks the sign-in for a new token before the next request. */
  renewToken(): void;
  /** Of the token that was used last. */
  grant(): Grant;
};

export type Counters = { requests: number; throttled: number; retries: number };

/** Tries after the first one, and the time within which a new one may begin, ms. */
const mostRetries = 5;
const mostUnsentRetries = { person: 2, background: 4 } as const;
const mostGarbageRetries = 2;
const retryBudget = 60_000;
/** Graph's own gateway gives up after 100 s. */
const defaultTimeout = 100_000;

export function createSender(parts: {
  readonly exchange: Exchange;
  readonly tokens: TokenSource;
  readonly throttles: Readonly<Record<Workload, Throttle>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
  readonly random: () => number;
  readonly timeoutMs?: number | undefined;
}): Sender {
  const { exchange, throttles, clock, log, counters, random, timeoutMs = defaultTimeout } = parts;
  let grant: Grant = { roles: [], delegated: false };
  let force = false;

  async function token(call: GraphCall, signal: AbortSignal | undefined): Promise<string> {
    const forced = force;
    force = false;
    try {
      const got = await parts.tokens.get({ force: forced, ...(signal === undefined ? {} : { signal }) });
      grant = { roles: got.roles, delegated: got.delegated ?? false };
      return got.token;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RiskdeskError)) throw error;
      const message = error.cure === undefined ? error.message : `${error.message} ${error.cure}`;
      const { permission, purpose } = call;
      throw new GraphError({ code: error.code, message, effect: 'none', permission, purpose, cause: error });
    }
  }

  /** One try, from the queue to the answer. */
  async function attempt(call: GraphCall, url: string, options: DeliverOptions) {
    const { signal, priority } = options;
    const turn = await throttles[call.workload].turn({ priority, signal });
    let bearer: string;
    try {
      bearer = await token(call, signal);
    } catch (error) {
      turn.end('unsent');
      throw error;
    }
    turn.sent();
    options.onWire?.(true);
    counters.requests += 1;
    try {
      const result = await exchange.run(call, url, bearer, { priority, signal, timeoutMs });
      options.onWire?.(false);
      return { turn, result };
    } catch (error) {
      turn.end('lost');
      throw error;
    }
  }

  async function deliver(call: GraphCall, options: DeliverOptions): Promise<Delivered> {
    checkDelete(call);
    const url = exchange.urlOf(call);
    if (url === null) throw foreignLink(call, exchange.host);
    const repeatable = options.repeatable ?? call.method === 'GET';
    const throttle = throttles[call.workload];
    let failures = 0;
    let failingSince: number | null = null;
    let renewed = false;

    /** Waits before another try, or throws the error when no more is due. */
    async function again(error: GraphError, most: number, atLeast = 0): Promise<void> {
      const now = clock.monotonic();
      failingSince ??= now;
      failures += 1;
      const late = failures > 1 && now - failingSince > retryBudget;
      if (failures > most || late) throw error;
      const wait = Math.max(500 * 2 ** (failures - 1) * (0.75 + 0.5 * random()), atLeast);
      log('info', 'graph.retry', { purpose: call.purpose, code: error.code, status: error.status, failures, wait });
      await clock.sleep(wait, options.signal);
      counters.retries += 1;
    }

    for (;;) {
      const { turn, result } = await attempt(call, url, options);
      if (result.kind === 'fault') {
        const { fault } = result;
        turn.end(fault.sent ? 'lost' : 'unsent');
        const error = loss(call, fault, exchange.host);
        if (fault.code === 'certificate-untrusted' || (fault.sent && !repeatable)) throw error;
        await again(error, fault.sent ? mostRetries : mostUnsentRetries[options.priority]);
        continue;
      }
      const { reply, clientRequestId, bytes } = result;
      if (reply.status === 429) {
        turn.end('refused', readRetryAfter(reply.headers, clock.now()));
        counters.throttled += 1;
        if (throttle.hopeless()) throw refusal(call, reply, grant, exchange.host);
        counters.retries += 1;
        continue;
      }
      const inside = options.refusedInside?.(reply) ?? null;
      turn.end(inside === null ? 'granted' : inside.all ? 'refused' : 'partly', inside?.retryAfter ?? null);
      if (reply.status >= 200 && reply.status < 300) {
        const wrong = whatIsWrong(call, reply);
        if (wrong !== null) {
          const error = garbage(call, reply, wrong);
          if (!repeatable) throw error;
          await again(error, mostRetries);
          continue;
        }
        const unaccepted = options.accept?.(reply.body) ?? null;
        if (unaccepted !== null) {
          const error = garbage(call, reply, unaccepted);
          if (!repeatable) throw error;
          await again(error, mostGarbageRetries);
          continue;
        }
        const requestId = requestIdOf(reply);
        return { answer: { ...reply, requestId, clientRequestId }, bytes };
      }
      if (reply.status === 401 && !renewed) {
        renewed = true;
        force = true;
        counters.retries += 1;
        continue;
      }
      const error = refusal(call, reply, grant, exchange.host);
      if (reply.status < 500 || !repeatable) throw error;
      await again(error, mostRetries, Math.min(readRetryAfter(reply.headers, clock.now()) ?? 0, retryBudget));
    }
  }

  return {
    deliver,
    renewToken() {
      force = true;
    },
    grant: () => grant,
  };
}

function whatIsWrong(call: GraphCall, reply: Reply): string | null {
  if (reply.body === undefined) return 'is not JSON: it was cut, or it comes from something else than Graph';
  if (reply.body === null && call.method === 'GET') return 'is empty';
  return null;
}
