/** Tells who watches that a run moved on: the latest state, never a backlog. */

export type Signal = {
  /** Something changed. */
  ring(): void;
  /** Resolves at the next ring, or after `ms`, or when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of [...waiting]) wake();
    },
    wait(ms, signal) {
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
        if (signal?.aborted) wake();
        else signal?.addEventListener('abort', wake, { once: true });
      });
    },
  };
}
