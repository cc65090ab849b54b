/**
 * One request and its answer over the Transport: headers, timeout, body. Never repeats anything and never throws for a
 * network fault: it hands back what happened. Leaves out pace, tokens' renewal and the meaning of a status.
 */

import type { NetworkFault } from '../../../shared/model/networkFault.ts';
import { RequestTimeout, readNetworkFault } from '../../../shared/model/networkFault.ts';
import type { Log, NewId, Transport } from '../ports.ts';
import { ObjectRef } from './calls/call.ts';
import type { Reply } from './errors.ts';
import type { GraphCall, Priority } from './types.ts';
import { graphRoot, resolveLink } from './urls.ts';

export type Exchange = {
  /** Absolute URL of a call; null for a link that leads to another origin. */
  urlOf(call: GraphCall): string | null;
  /** Host and port, for error texts. */
  readonly host: string;
  /** Rejects only with the signal's reason. */
  run(call: GraphCall, url: string, token: string, options: ExchangeOptions): Promise<Exchanged>;
};

export type ExchangeOptions = {
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
};

export type Exchanged =
  | { readonly kind: 'answer'; readonly reply: Reply; readonly bytes: number; readonly clientRequestId: string }
  | { readonly kind: 'fault'; readonly fault: NetworkFault; readonly clientRequestId: string };

export function createExchange(parts: {
  readonly transport: Transport;
  readonly graphUrl: string;
  readonly newId: NewId;
  readonly version: string;
  readonly log: Log;
}): Exchange {
  const root = graphRoot(parts.graphUrl);
  const { host } = new URL(root);

  return {
    host,
    urlOf(call) {
      if (call.path.startsWith('/')) return root + call.path;
      return call.method === 'GET' ? resolveLink(call.path, `${root}/`) : null;
    },
    async run(call, url, token, options) {
      const { signal } = options;
      signal?.throwIfAborted();
      const clientRequestId = parts.newId();
      const stop = new AbortController();
      const cancel = (): void => stop.abort(signal?.reason);
      signal?.addEventListener('abort', cancel, { once: true });
      const timer = setTimeout(() => stop.abort(new RequestTimeout('no answer in time')), options.timeoutMs);
      try {
        const body = call.body === undefined ? undefined : serialise(call.body, root);
        const response = await parts.transport(url, {
          method: call.method,
          headers: {
            Accept: 'application/json',
            ...call.headers,
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            Authorization: `Bearer ${token}`,
            'User-Agent': `riskdesk/${parts.version}`,
            'client-request-id': clientRequestId,
            'x-ms-throttle-priority': options.priority === 'person' ? 'High' : 'Low',
          },
          body,
          signal: stop.signal,
        });
        const text = await response.text();
        const reply = { status: response.status, headers: lowerCase(response.headers), body: parseJson(text) };
        return { kind: 'answer', reply, bytes: Buffer.byteLength(text), clientRequestId };
      } catch (error) {
        signal?.throwIfAborted();
        const fault = readNetworkFault(stop.signal.aborted ? stop.signal.reason : error);
        parts.log('debug', 'graph.fault', {
          purpose: call.purpose,
          reason: fault.reason,
          sent: fault.sent,
          clientRequestId,
        });
        return { kind: 'fault', fault, clientRequestId };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}

/** JSON text of a body; references become URLs below Graph's root (Microsoft Graph: group-post-members). */
export function serialise(body: unknown, root: string): string {
  return JSON.stringify(body, (_key, value: unknown) =>
    value instanceof ObjectRef ? `${root}/directoryObjects/${value.id}` : value,
  );
}

/** Null for an empty body, undefined for one that is not JSON. */
export function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function lowerCase(headers: Headers): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  headers.forEach((value, name) => {
    found[name.toLowerCase()] = value;
  });
  return found;
}
