/** Whom a follow-up plan is about, from what a run came to: those it changed (undo), or those it failed on (retry). */
import type { RunStep } from '../../../shared/model/run.ts';

type Outcome = Pick<RunStep, 'seq' | 'state'>;

/** Users whom *this run* changed, last one first. Who had the wanted state already was not changed by it. */
export function undoCandidates<Step extends Outcome>(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => step.state === 'succeeded').sort((a, b) => b.seq - a.seq);
}

/** Users on whom the run failed, in its order. `unknown` is not failed: it is read back first, not sent again. */
export function retryCandidates<Step extends Outcome>(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => step.state === 'failed').sort((a, b) => a.seq - b.seq);
}
