/**
 * What can go wrong between a client and Graph, on purpose and repeatably. A fault is tried on every request; which
 * ones fire follows from the seed. The effect on the tenant is part of a fault's meaning: a client that repeats a lost
 * POST blindly is caught by it.
 */
import { badInput } from '../../shared/model/errors.ts';

export const faultKinds = [
  'reset', // the connection ends before any answer; nothing took effect
  'lost', // everything took effect, then the connection ends before the answer
  'cut', // everything took effect; the connection ends in the middle of the body
  'truncated', // everything took effect; a complete HTTP answer whose JSON stops in the middle
  'garbage', // 200 with something that isn't JSON; nothing took effect
  'html502', // a proxy's 502 page; nothing took effect
  'http500', // 500 with Graph's JSON; nothing took effect
  'http503', // 503; nothing took effect
  'http504', // everything took effect, and the answer is 504
  'http429', // throttled; nothing took effect
  'repeat-link', // a page whose nextLink is the page itself
  'expired-link', // a nextLink answers 400
  'slow', // the answer comes late
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** How a 429 or 503 says when to come back. */
export type RetryAfterForm = 'none' | 'seconds' | 'date';

export type Fault = {
  readonly kind: FaultKind;
  /** Path below the version (`/groups/…`) or the login path, without the query, which comes third. Default: all. */
  readonly match?: ((method: string, path: string, query: string) => boolean) | undefined;
  /** Chance that a matching request is hit, 0 to 1. Default 1. */
  readonly probability?: number | undefined;
  /** How often it fires at most. Default: for ever. */
  readonly times?: number | undefined;
  /** Matching requests that pass first. Default 0. */
  readonly after?: number | undefined;
  /** `http429` and `http503`. Default 'none'. */
  readonly retryAfter?: RetryAfterForm | undefined;
  /** Default 1. */
  readonly retryAfterSeconds?: number | undefined;
  /** `slow`: real milliseconds. Default 250. */
  readonly delayMs?: number | undefined;
};

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that hits this request, or null. The first that matches and fires wins. */
  draw(method: string, path: string, query: string): Fault | null;
};

export function makeFaults(initial: readonly Fault[], random: () => number): Faults {
  let live = initial.map((fault) => ({ fault, seen: 0, fired: 0 }));
  return {
    add: (fault) => {
      live.push({ fault, seen: 0, fired: 0 });
    },
    clear: () => {
      live = [];
    },
    draw(method, path, query) {
      for (const entry of live) {
        const { fault } = entry;
        if (entry.fired >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
        if (!isEligible(fault.kind, method, query)) continue;
        if (fault.match !== undefined && !fault.match(method, path, query)) continue;
        entry.seen += 1;
        if (entry.seen <= (fault.after ?? 0)) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        entry.fired += 1;
        return fault;
      }
      return null;
    },
  };
}

function isEligible(kind: FaultKind, method: string, query: string): boolean {
  if (kind === 'repeat-link') return method === 'GET';
  if (kind === 'expired-link') return method === 'GET' && /(?:^|&)(?:\$|%24)skiptoken=/i.test(query);
  return true;
}

/**
 * Reads `kind:probability` pairs, separated by commas: `reset:0.01,http503:0.02`. `http429` and `http503` take a form
 * of Retry-After: `http429-seconds:0.05`, `http503-date:0.01`. Throws `bad-input` that names what it didn't understand.
 */
export function parseFaults(text: string): readonly Fault[] {
  if (text.trim() === '') return [];
  return text.split(',').map((part) => {
    const [name = '', share, ...rest] = part.trim().split(':');
    const [, base = name, form] = /^(http429|http503)-(seconds|date)$/.exec(name) ?? [];
    const kind = faultKinds.find((each) => each === base);
    if (kind === undefined) {
      throw badInput('faults', `There is no fault called '${name}'.`, `Use one of ${faultKinds.join(', ')}.`);
    }
    const probability = share === undefined ? Number.NaN : Number(share);
    if (rest.length > 0 || share?.trim() === '' || !(probability >= 0 && probability <= 1)) {
      throw badInput(
        'faults',
        `'${part.trim()}' has no probability between 0 and 1.`,
        'Write each fault as kind:probability, for example reset:0.01,http503:0.02.',
      );
    }
    const retryAfter: RetryAfterForm = form === 'seconds' || form === 'date' ? form : 'none';
    return { kind, probability, retryAfter };
  });
}
