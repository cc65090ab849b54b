/**
 * Up to 20 calls in one `$batch` (Microsoft Graph: json-batching). Answers come in any order and each is judged on its
 * own; what was refused with 429 goes out again, what was lost is reported as unknown. Leaves out how calls are grouped.
 */
import { z } from 'zod';
import { badInput } from '../../../shared/model/errors.ts';
import type { Clock } from '../ports.ts';
import { makeCall } from './calls/call.ts';
import type { Reply } from './errors.ts';
import { checkDelete, garbage, refusal, requestIdOf } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { readRetryAfter } from './retryAfter.ts';
import type { Counters, Sender } from './send.ts';
import type { Throttle } from './throttle.ts';
import type { GraphAnswer, GraphCall, SendOptions, Workload } from './types.ts';
import { GraphError } from './types.ts';

export const batchSize = 20;
const mostReadRetries = 5;

const envelope = z.looseObject({
  responses: z.array(
    z.looseObject({
      id: z.union([z.string(), z.number()]).transform(String),
      status: z.coerce.number().int(),
      headers: z.record(z.string(), z.unknown()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});

type Tried = { readonly call: GraphCall; failures: number; renewed: boolean; result: GraphAnswer | GraphError | null };

/**
 * One result per call, in the order given. Does not reject when the signal fires: what was answered keeps its answer, and
 * the rest gets a `cancelled` error whose `effect` says whether it was on the wire.
 * @throws RiskdeskError bad-input for more than 20 calls, or one that continues a list at a link.
 */
export async function sendBatch(
  parts: {
    readonly sender: Sender;
    readonly exchange: Exchange;
    readonly throttles: Readonly<Record<Workload, Throttle>>;
    readonly clock: Clock;
    readonly counters: Counters;
  },
  calls: readonly GraphCall[],
  options: SendOptions,
): Promise<readonly (GraphAnswer | GraphError)[]> {
  checkCalls(calls);
  const tried: readonly Tried[] = calls.map((call) => ({ call, failures: 0, renewed: false, result: null }));
  const workload = calls.some((call) => call.workload === 'identity-protection') ? 'identity-protection' : 'directory';
  let wire = false;

  for (;;) {
    const pending = tried.filter((one) => one.result === null);
    if (pending.length === 0) break;
    try {
      const slowest = Math.max(...pending.map((one) => one.failures));
      if (slowest > 0) await parts.clock.sleep(500 * 2 ** (slowest - 1), options.signal);
      const { answer } = await parts.sender.deliver(batchCall(pending, workload), {
        ...options,
        repeatable: pending.every((one) => one.call.method === 'GET'),
        accept: (body) => (envelope.safeParse(body).success ? null : 'holds no responses'),
        refusedInside: (reply) => refusedInside(reply, pending.length, parts.clock.now()),
        onWire(leaves) {
          wire = leaves;
        },
      });
      judge(pending, answer, workload);
    } catch (error) {
      for (const one of pending) one.result = wholeBatchError(one.call, error, wire, options.signal);
    }
  }
  return tried.map((one) => one.result ?? garbage(one.call, null, 'never came'));

  function judge(pending: readonly Tried[], outer: GraphAnswer, load: Workload): void {
    const answers = new Map<string, Reply>();
    for (const each of envelope.parse(outer.body).responses) {
      if (!answers.has(each.id)) answers.set(each.id, innerReply(each));
    }
    let renew = false;
    pending.forEach((one, index) => {
      const reply = answers.get(String(index + 1));
      if (reply?.status === 401 && !one.renewed) {
        one.renewed = true;
        renew = true;
        parts.counters.retries += 1;
      } else {
        judgeOne(one, reply, outer, load);
      }
    });
    if (renew) parts.sender.renewToken();
  }

  function judgeOne(one: Tried, reply: Reply | undefined, outer: GraphAnswer, load: Workload): void {
    const { call } = one;
    const isRead = call.method === 'GET';
    if (reply === undefined || isGarbage(reply, isRead)) {
      const lost = garbage(call, reply ?? null, reply === undefined ? 'is missing in the batch' : 'is empty');
      keepReading(one, lost, outer);
    } else if (reply.status === 429) {
      parts.counters.throttled += 1;
      if (parts.throttles[load].hopeless())
        one.result = refusal(call, reply, parts.sender.grant(), parts.exchange.host);
      else parts.counters.retries += 1;
    } else if (reply.status >= 200 && reply.status < 300) {
      const requestId = requestIdOf(reply) ?? outer.requestId;
      one.result = { ...reply, requestId, clientRequestId: outer.clientRequestId };
    } else {
      const error = refusal(call, reply, parts.sender.grant(), parts.exchange.host);
      if (reply.status >= 500) keepReading(one, error, outer);
      else one.result = withRequestId(error, outer);
    }
  }

  /** A read that failed goes out again, up to five times; a write never does. */
  function keepReading(one: Tried, error: GraphError, outer: GraphAnswer): void {
    one.failures += 1;
    if (one.call.method === 'GET' && one.failures <= mostReadRetries) parts.counters.retries += 1;
    else one.result = withRequestId(error, outer);
  }
}

function checkCalls(calls: readonly GraphCall[]): void {
  if (calls.length > batchSize) {
    throw badInput('calls', `A batch of ${calls.length} calls is too long.`, `Graph takes ${batchSize} calls a batch.`);
  }
  for (const call of calls) {
    checkDelete(call);
    if (!call.path.startsWith('/')) {
      throw badInput('calls', 'A nextLink cannot be followed inside a batch.', 'Follow it with pages.');
    }
  }
}

function batchCall(pending: readonly Tried[], workload: Workload): GraphCall {
  const first = pending[0]?.call;
  return makeCall({
    method: 'POST',
    path: '/$batch',
    body: {
      requests: pending.map(({ call }, index) => ({
        id: String(index + 1),
        method: call.method,
        url: call.path,
        headers: { ...call.headers, ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        body: call.body,
      })),
    },
    workload,
    permission: first?.permission ?? '',
    purpose: first?.purpose ?? 'batch',
  });
}

/** How many of a batch were refused, and the longest wait that one of them asked for. */
function refusedInside(
  reply: Reply,
  sent: number,
  now: number,
): { readonly all: boolean; readonly retryAfter: number | null } | null {
  const parsed = envelope.safeParse(reply.body);
  if (!parsed.success) return null;
  const refused = parsed.data.responses.filter((each) => each.status === 429);
  if (refused.length === 0) return null;
  const { date } = reply.headers;
  const waits = refused
    .map((each) => readRetryAfter({ ...(date === undefined ? {} : { date }), ...lowerCase(each.headers) }, now))
    .filter((wait) => wait !== null);
  return { all: refused.length >= sent, retryAfter: waits.length === 0 ? null : Math.max(...waits) };
}

function innerReply(each: z.infer<typeof envelope>['responses'][number]): Reply {
  return { status: each.status, headers: lowerCase(each.headers), body: each.body ?? null };
}

function isGarbage(reply: Reply, isRead: boolean): boolean {
  return isRead && reply.status >= 200 && reply.status < 300 && (typeof reply.body !== 'object' || reply.body === null);
}

/** Servers write `Retry-After`, `RETRY-AFTER` or `retry-after` inside a batch; numbers occur as values. */
function lowerCase(headers: Readonly<Record<string, unknown>> | null | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return Object.fromEntries(entries);
}

/** The batch itself was refused or lost: the same for every call in it, each under its own name. */
function wholeBatchError(call: GraphCall, error: unknown, wire: boolean, signal: AbortSignal | undefined): GraphError {
  const { permission, purpose } = call;
  const isRead = call.method === 'GET';
  if (error instanceof GraphError) {
    const { code, message, status, graphCode, graphMessage, requestId } = error;
    const effect = isRead ? 'none' : error.effect;
    return new GraphError({
      code,
      message,
      effect,
      status,
      graphCode,
      graphMessage,
      requestId,
      permission,
      purpose,
      cause: error,
    });
  }
  if (!signal?.aborted) throw error;
  const effect = wire && !isRead ? 'unknown' : 'none';
  return new GraphError({
    code: 'cancelled',
    message: `'${purpose}' was cancelled.`,
    effect,
    permission,
    purpose,
    cause: error,
  });
}

function withRequestId(error: GraphError, outer: GraphAnswer): GraphError {
  return error.requestId === null
    ? new GraphError({ ...error, message: error.message, requestId: outer.requestId })
    : error;
}
