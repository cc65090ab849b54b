/**
 * Keeps the state of updates, looks for them from time to time, and installs one only while nothing is under way: a plan
 * that is being carried out is never cut off by a new version. What fetches and replaces is the host's (`Updater`).
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { NoUpdateReason, UpdateState, Work } from '../../../shared/model/update.ts';
import type { Clock, Log, Updater } from '../ports.ts';
import {
  afterEvent,
  afterPostpone,
  afterWish,
  firstLookMs,
  initialState,
  isIdle,
  lookEveryMs,
  looksByItself,
} from './decide.ts';

/** How often a waiting install looks whether everything has ended, milliseconds. */
const waitLookMs = 2_000;

export type Updates = {
  state(): UpdateState;
  /** Resolves when the look has begun. @throws RiskdeskError bad-input where the program cannot replace itself. */
  check(): Promise<UpdateState>;
  /** Resolves when it is decided: installing, or waiting. @throws RiskdeskError bad-input when nothing is downloaded. */
  install(): Promise<UpdateState>;
  postpone(): UpdateState;
  stop(): Promise<void>;
};

const words: Readonly<Record<NoUpdateReason, string>> = {
  source: 'Riskdesk runs from source here.',
  'no-feed': 'This package has no signed source of updates.',
  managed: 'Riskdesk was installed by a package manager or an administrator.',
  policy: 'An administrator turned updates off (RISKDESK_NO_UPDATES).',
  host: 'Only the desktop application updates itself.',
};

export function createUpdates(ports: {
  readonly updater: Updater | undefined;
  readonly settings: () => Promise<Settings>;
  /** Runs of any process on this data folder, and syncs of this one. */
  readonly work: () => Promise<Work>;
  readonly clock: Clock;
  readonly log: Log;
}): Updates {
  const { updater, settings, work, clock, log } = ports;
  let state = initialState(updater === undefined ? 'host' : updater.unsupported);
  const stopping = new AbortController();
  const loops: Promise<void>[] = [];

  updater?.onEvent((event) => {
    state = afterEvent(state, event, clock.now());
    if (event.kind !== 'progress') log('info', 'update.event', { kind: event.kind, phase: state.phase });
  });

  function able(): Updater {
    const { unsupported } = state;
    if (updater !== undefined && unsupported === null) return updater;
    throw new RiskdeskError('bad-input', `It does not update itself. ${words[unsupported ?? 'host']}`, {
      cure: 'Install the newer version the way this one was installed.',
    });
  }

  async function look(): Promise<void> {
    const { channel } = (await settings()).updates;
    able().check(channel);
  }

  async function lookIfWished(): Promise<void> {
    if (looksByItself(state, (await settings()).updates)) await look();
  }

  async function lookNowAndThen(): Promise<void> {
    await clock.sleep(firstLookMs, stopping.signal);
    while (!stopping.signal.aborted) {
      // A look that failed, as when the store is busy, is no reason never to look again.
      await lookIfWished().catch((error: unknown) => log('warn', 'update.look', { error: String(error) }));
      await clock.sleep(lookEveryMs, stopping.signal);
    }
  }

  let waiting = false;
  async function installWhenIdle(): Promise<void> {
    while (state.phase === 'waiting') {
      await clock.sleep(waitLookMs, stopping.signal);
      const now = await work();
      if (state.phase !== 'waiting') return;
      state = afterWish(state, now);
      if (isIdle(now)) able().install();
    }
  }

  function keep(loop: Promise<void>): void {
    loops.push(
      loop.catch((error: unknown) => {
        if (!stopping.signal.aborted) log('warn', 'update.loop', { error: String(error) });
      }),
    );
  }

  if (state.unsupported === null) keep(lookNowAndThen());

  return {
    state: () => state,
    async check() {
      await look();
      return state;
    },
    async install() {
      const host = able();
      if (state.phase !== 'ready' && state.phase !== 'waiting') {
        throw new RiskdeskError('bad-input', 'No update has been downloaded.', { cure: 'Look for updates first.' });
      }
      state = afterWish(state, await work());
      if (state.phase === 'installing') host.install();
      else if (!waiting) {
        waiting = true;
        keep(
          installWhenIdle().finally(() => {
            waiting = false;
          }),
        );
      }
      return state;
    },
    postpone() {
      state = afterPostpone(state);
      return state;
    },
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
