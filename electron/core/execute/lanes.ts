/** Keeps a few pieces of work under way at once, and remembers the first one that failed. */

export type Lanes = {
  /** Resolves when there is room and the work has begun. Rejects with the error of any work that failed before. */
  add(work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is under way; rejects with the first error, once everything else has ended. */
  idle(): Promise<void>;
};

export function createLanes(width: number): Lanes {
  const busy = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;

  function check(): void {
    if (failure === null) return;
    const { error } = failure;
    failure = null;
    throw error;
  }

  return {
    async add(work) {
      while (busy.size >= width) await Promise.race(busy);
      check();
      const lane: Promise<void> = work()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => busy.delete(lane));
      busy.add(lane);
    },
    async idle() {
      await Promise.all(busy);
      check();
    },
  };
}
