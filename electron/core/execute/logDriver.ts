/** "No action": the users are written to the journal, and nothing is sent. */
import type { Driver, Probe } from './driver.ts';

export const logDriver: Driver = {
  size: 500,
  lanes: 1,
  probeSize: Number.POSITIVE_INFINITY,
  after: null,
  showsAfter: 0,
  stillAlready: () => null,
  prepare: () => Promise.resolve(),
  decide: (steps) => Promise.resolve({ ready: steps.map((step) => ({ step, before: null })), changes: [] }),
  send: (steps) =>
    Promise.resolve({
      changes: steps.map(({ seq }) => ({ seq, state: 'succeeded' as const, reason: 'logged' })),
      stop: null,
    }),
  // After a crash: nothing was to happen but the journal row, which is written now.
  probe: (steps) => Promise.resolve(steps.map(({ seq }): Probe => ({ seq, state: 'shows', seen: null }))),
};
