/**
 * Ctrl-C and SIGTERM during work that can be resumed: the first asks for a stop after the page or batch at hand, the
 * second quits at once. Nothing is lost either way, because every page and step is committed as it goes.
 */
import type { Output } from './output.ts';

/**
 * npm hands a Ctrl-C of the terminal on to its child, which the terminal has told already: two signals for one key
 * press. A second one within this time (milliseconds) is the same key press.
 */
const samePress = 500;

export type Stoppable = {
  /** What is being waited for, to be named in the message: `the page at hand`. */
  readonly waitsFor: string;
  readonly stop: () => Promise<unknown>;
};

/** Runs `work`; tells whether somebody interrupted it. The signals mean what they meant before once it is done. */
export async function interruptible<T>(
  out: Output,
  { waitsFor, stop }: Stoppable,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly interrupted: boolean }> {
  let first: number | null = null;
  let stopping: Promise<unknown> = Promise.resolve();
  let working = true;
  const onSignal = (): void => {
    const now = performance.now();
    if (first === null) {
      first = now;
      out.note(`Stopping after ${waitsFor}. Press Ctrl-C again to quit at once.`);
      stopping = stop().catch(() => {
        if (working) out.note('It could not be stopped gently; press Ctrl-C again to quit at once.');
      });
    } else if (now - first > samePress) {
      process.exit(1);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const value = await work();
    working = false;
    await stopping;
    return { value, interrupted: first !== null };
  } finally {
    working = false;
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** Resolves at the first SIGINT or SIGTERM, for a server that runs until it is told to end; later ones are ignored. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
  });
}
