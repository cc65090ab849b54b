/**
 * Puts the Graph client together: the gate of each workload, the exchange over the Transport, and the three ways to ask.
 * One client serves one connection. It keeps no state on disk and knows nothing of users or groups.
 */
import type { Clock, Log, NewId, TokenSource, Transport } from '../ports.ts';
import { sendBatch } from './batch.ts';
import { createExchange } from './exchange.ts';
import { walkPages } from './pages.ts';
import type { Counters } from './send.ts';
import { createSender } from './send.ts';
import { createThrottle } from './throttle.ts';
import type { GraphClient } from './types.ts';
import { normaliseGraphUrl } from './urls.ts';

export type GraphClientParts = {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  /** With or without `/v1.0` and trailing slashes. */
  readonly graphUrl: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** The product's version, for `User-Agent: riskdesk/<version>`. */
  readonly version: string;
  /** 0 to 1; jitter. Default Math.random. */
  readonly random?: () => number;
  /** How long one request may take, ms. Default 100 s. */
  readonly timeoutMs?: number;
};

/** @throws RiskdeskError bad-input naming `graphUrl`. */
export function createGraphClient(parts: GraphClientParts): GraphClient {
  const { clock, log, tokens, transport, newId, version, random = Math.random, timeoutMs } = parts;
  const counters: Counters = { requests: 0, throttled: 0, retries: 0 };
  const exchange = createExchange({ transport, graphUrl: normaliseGraphUrl(parts.graphUrl), newId, version, log });
  const throttles = {
    'identity-protection': createThrottle({ workload: 'identity-protection', clock, random }),
    directory: createThrottle({ workload: 'directory', clock, random }),
  } as const;
  const sender = createSender({ exchange, tokens, throttles, clock, log, counters, random, timeoutMs });

  return {
    send: async (call, options) => (await sender.deliver(call, options)).answer,
    batch: (calls, options) => sendBatch({ sender, exchange, throttles, clock, counters }, calls, options),
    pages: (from, options) => walkPages(sender, exchange, from, options),
    counters: () => ({ ...counters }),
    pace: () => [throttles['identity-protection'].state(), throttles.directory.state()],
  };
}
