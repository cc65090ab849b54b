/**
 * The run that this process carries out: how it is halted, how it shows other processes that it lives, and how fast it
 * goes. In memory only; the journal holds everything that must survive.
 */
import type { Run } from '../../../shared/model/run.ts';
import type { Clock, Log } from '../ports.ts';
import type { Control, Halt } from './carry.ts';
import { beatMs } from './owner.ts';
import { createSignal, type Signal } from './watch.ts';

/** How long requests under way may still be answered after a halt, before waiting is given up, ms. */
const graceMs = 15_000;

export type Active = Control & {
  readonly runId: string;
  readonly token: string;
  readonly changed: Signal;
  /** Takes effect between batches. A cancel overrides a pause. */
  halt(why: Halt): void;
  /** Seconds to go at the pace so far; null before anything was done. */
  etaSeconds(run: Run): number | null;
  end(): void;
};

export function beginActive(parts: {
  readonly runId: string;
  readonly token: string;
  readonly left: number;
  readonly clock: Clock;
  readonly log: Log;
  /** False when the run is not ours any more. */
  readonly beat: () => Promise<boolean>;
}): Active {
  const { clock, log, runId } = parts;
  const waiting = new AbortController();
  const over = new AbortController();
  const changed = createSignal();
  const startedAt = clock.monotonic();
  let halted: Halt | null = null;

  function halt(why: Halt): void {
    if (halted === 'lost' || (halted === 'cancel' && why === 'pause')) return;
    halted = why;
    changed.ring();
    clock.sleep(graceMs, over.signal).then(
      () => waiting.abort(),
      () => undefined,
    );
  }

  async function beatOn(): Promise<void> {
    while (!over.signal.aborted) {
      await clock.sleep(beatMs, over.signal);
      if (!(await parts.beat())) halt('lost');
    }
  }
  beatOn().catch((error: unknown) => {
    if (!over.signal.aborted) log('warn', 'execute.heartbeat', { runId, error: String(error) });
  });

  return {
    runId,
    token: parts.token,
    changed,
    signal: waiting.signal,
    halted: () => halted,
    halt,
    progressed: () => changed.ring(),
    etaSeconds(run) {
      const done = parts.left - run.left;
      const seconds = (clock.monotonic() - startedAt) / 1_000;
      return done <= 0 ? null : Math.ceil((run.left * seconds) / done);
    },
    end() {
      over.abort();
      changed.ring();
    },
  };
}
