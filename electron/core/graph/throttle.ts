/**
 * The gate in front of one workload: a queue in which a person's request stands before background work, opened at the
 * moments that `pace.ts` allows. Leaves out HTTP: whoever gets a turn says how it ended.
 */
import type { Clock } from '../ports.ts';
import type { Pace } from './pace.ts';
import { directoryPace, identityProtectionPace } from './pace.ts';
import type { PaceState, SendOptions, Workload } from './types.ts';

/**
 * `granted`: answered, not 429. `refused`: 429. `partly`: a batch of which some were refused. `lost`: left, no answer.
 * `unsent`: never left this machine.
 */
export type TurnEnd = 'granted' | 'refused' | 'partly' | 'lost' | 'unsent';

export type Turn = {
  /** Call right before the request leaves: slots are measured from here. */
  sent(): void;
  /** Call exactly once. `retryAfter` in ms belongs to `refused` and `partly`. */
  end(how: TurnEnd, retryAfter?: number | null): void;
};

export type Throttle = {
  /** Resolves when the request may leave; rejects with the signal's reason. */
  turn(options: SendOptions): Promise<Turn>;
  /** True when nothing was granted since the first of the present refusals, 15 minutes ago or more. */
  hopeless(): boolean;
  state(): PaceState;
};

/** How long refusals go on before a request is given up, ms. */
export const patience = 15 * 60_000;
/** Requests on the wire at once. */
const mostInFlight = 8;

type Waiter = { readonly open: (turn: Turn) => void };

export function createThrottle(parts: {
  readonly workload: Workload;
  readonly clock: Clock;
  readonly random?: () => number;
}): Throttle {
  const { workload, clock } = parts;
  const random = parts.random ?? Math.random;
  const pace: Pace = workload === 'identity-protection' ? identityProtectionPace(random) : directoryPace(random);
  const queues = { person: [] as Waiter[], background: [] as Waiter[] };
  const inFlight = new Map<symbol, number>();
  let refusedSince: number | null = null;
  let alarm: { readonly at: number; readonly stop: AbortController } | null = null;

  function pump(): void {
    while (queues.person.length + queues.background.length > 0 && inFlight.size < mostInFlight) {
      const youngest = inFlight.size === 0 ? null : Math.max(...inFlight.values());
      const at = pace.notBefore(youngest);
      if (at > clock.monotonic()) {
        wakeAt(at);
        return;
      }
      const waiter = queues.person.shift() ?? queues.background.shift();
      waiter?.open(begin());
    }
  }

  function wakeAt(at: number): void {
    if (alarm !== null && alarm.at === at) return;
    alarm?.stop.abort();
    const mine = { at, stop: new AbortController() };
    alarm = mine;
    clock.sleep(at - clock.monotonic(), mine.stop.signal).then(
      () => {
        if (alarm === mine) alarm = null;
        pump();
      },
      () => {},
    );
  }

  function begin(): Turn {
    const key = Symbol(workload);
    let sentAt = clock.monotonic();
    inFlight.set(key, sentAt);
    return {
      sent() {
        sentAt = clock.monotonic();
        inFlight.set(key, sentAt);
      },
      end(how, retryAfter = null) {
        if (!inFlight.delete(key)) return;
        const at = clock.monotonic();
        if (how === 'granted') pace.granted(sentAt, at);
        if (how === 'refused' || how === 'partly') pace.refused(sentAt, at, retryAfter);
        if (how === 'lost') pace.lost(sentAt);
        if (how === 'granted' || how === 'partly') refusedSince = null;
        if (how === 'refused') refusedSince ??= at;
        pump();
      },
    };
  }

  return {
    turn(options) {
      return new Promise<Turn>((resolve, reject) => {
        const { signal } = options;
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const queue = queues[options.priority];
        const waiter: Waiter = {
          open(turn) {
            signal?.removeEventListener('abort', leave);
            resolve(turn);
          },
        };
        const leave = (): void => {
          const place = queue.indexOf(waiter);
          if (place >= 0) queue.splice(place, 1);
          if (queues.person.length + queues.background.length === 0) alarm?.stop.abort();
          if (alarm?.stop.signal.aborted) alarm = null;
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', leave, { once: true });
        queue.push(waiter);
        pump();
      });
    },
    hopeless: () => refusedSince !== null && clock.monotonic() - refusedSince >= patience,
    state() {
      const wait = pace.holdUntil() - clock.monotonic();
      const requestsPerSecond = pace.requestsPerSecond();
      return {
        workload,
        mode: wait > 0 ? 'waiting' : requestsPerSecond === null ? 'free' : 'paced',
        requestsPerSecond,
        waitingUntil: wait > 0 ? Math.round(clock.now() + wait) : null,
      };
    },
  };
}
