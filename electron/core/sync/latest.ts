/**
 * A value that many may watch. A watcher gets the value at once and then the newest one whenever it changed; what came
 * in between is dropped on purpose, since only the latest state is ever shown.
 */
export type Latest<T> = {
  get(): T;
  set(value: T): void;
  /** Ends when `done` says so of a value that was handed out, or when the signal aborts. */
  watch(done: (value: T) => boolean, signal?: AbortSignal): AsyncGenerator<T, void, void>;
};

export function latest<T>(initial: T): Latest<T> {
  let value = initial;
  let version = 0;
  const waiting = new Set<() => void>();

  /** Resolves with the next change, or when the signal aborts; leaves nothing behind on either. */
  function change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  return {
    get: () => value,
    set(next) {
      value = next;
      version += 1;
      for (const wake of [...waiting]) wake();
    },
    async *watch(done, signal) {
      let shown = -1;
      while (!signal?.aborted) {
        if (shown === version) {
          await change(signal);
          continue;
        }
        shown = version;
        const now = value;
        yield now;
        if (done(now)) return;
      }
    },
  };
}
