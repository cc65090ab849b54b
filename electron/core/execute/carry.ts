/**
 * Carries out the steps of one run, whatever its kind: planned -> started (committed before the request leaves) ->
 * outcome. What was lost is read back and then settled or sent again. Ends when every step has an outcome, when a person
 * halts it, or when something concerns every user. Leaves out starting and ending the run itself (executor.ts).
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { SkipReason } from '../../../shared/model/plan.ts';
import type { StepChange, WorkStep } from '../journal/journal.ts';
import { chunksOf } from './bisect.ts';
import type { RunContext } from './context.ts';
import type { Driver, Probe, ReadOptions, Ready, Sent } from './driver.ts';
import { fullText } from './judge.ts';
import { createLanes } from './lanes.ts';
import { type Protection, readProtection } from './protection.ts';

/** `lost`: another process carries the run out now. */
export type Halt = 'pause' | 'cancel' | 'lost';

export type Control = {
  halted(): Halt | null;
  /** Aborts waiting and reading some time after a halt; an aborted write becomes `unknown`. */
  readonly signal: AbortSignal;
  /** Steps were recorded. */
  progressed(): void;
};

export type Ending =
  | { readonly to: 'completed' | 'paused' | 'cancelled' | 'stopped'; readonly message: string | null }
  | { readonly to: 'lost' };

/** Times that one user's request is sent at most when its answers get lost and reading back shows no effect. */
const mostTries = 5;
/** Steps in doubt that are gathered before they are read back together: one walk of the members serves them all. */
const mostDoubt = 2_000;
const page = 2_000;

const skipWords: Readonly<Record<SkipReason, string>> = {
  deleted: 'The user is deleted in Entra.',
  gone: 'Graph no longer lists the user.',
  protected: 'The user is protected.',
  'protected-group': 'The user is a member of a protected group.',
  guest: 'The action has no effect on guests.',
  flap: 'The same was done to the user a short time ago, and the score has not changed since.',
  'changed-since': 'Somebody else has changed the user since the run.',
};

/** `since`: when the request left or was last heard of, epoch ms. */
type Doubt = { readonly step: WorkStep; readonly tries: number; readonly since: number };

export async function carry(ctx: RunContext, driver: Driver, control: Control): Promise<Ending> {
  const { journal, key } = ctx;
  const options = { signal: control.signal };
  const doubts = new Map<number, Doubt>();
  const touched = new Set<string>();
  let stop: string | null = null;
  let protection: Protection = () => null;
  const goesOn = () => stop === null && control.halted() === null;

  async function record(changes: readonly StepChange[]): Promise<void> {
    await journal.recordSteps(key, changes);
    control.progressed();
  }

  /** Read-only is the emergency brake: switched on, also from another window, it holds before the next request. */
  async function brake(): Promise<void> {
    if ((await ctx.settings()).guardrails.readOnly)
      stop ??= 'Read-only mode was switched on while the run was under way.';
  }

  async function send(ready: readonly Ready[]): Promise<void> {
    if (ready.length === 0) return;
    await brake();
    if (!goesOn()) return;
    await record(ready.map(({ step, before }) => ({ seq: step.seq, state: 'started', before })));
    const steps = ready.map(({ step }) => step);
    const sent = await driver.send(steps, options).catch((error: unknown): Sent => {
      ctx.log('error', 'execute.send-failed', { runId: key.runId, error: String(error) });
      const reason = 'Riskdesk failed while the request was under way.';
      return { changes: steps.map(({ seq }) => ({ seq, state: 'unknown', reason })), stop: `${reason} See the log.` };
    });
    await record(sent.changes.map((change) => told(change, doubts.get(change.seq)?.tries ?? 0)));
    const bySeq = new Map(steps.map((step) => [step.seq, step]));
    for (const { seq, state, httpStatus = null, reason = null } of sent.changes) {
      const step = bySeq.get(seq);
      const tries = (doubts.get(seq)?.tries ?? 0) + 1;
      if (state === 'unknown' && step !== undefined)
        doubts.set(seq, { step: { ...step, state, httpStatus, reason }, tries, since: ctx.clock.now() });
      else doubts.delete(seq);
    }
    stop ??= sent.stop;
  }

  async function begin(steps: readonly WorkStep[]): Promise<void> {
    if (!goesOn()) return;
    const { ready, changes } = await driver.decide(steps, options);
    await record(changes);
    await send(ready);
  }

  /** Reads back what is in doubt; what shows no effect is sent again, unless the run is to be cancelled. */
  async function settle(resend: boolean, reading: ReadOptions = options): Promise<void> {
    const again: WorkStep[] = [];
    const now = ctx.clock.now();
    for (const some of chunksOf([...doubts.values()], Math.min(driver.probeSize, page))) {
      if (resend && !goesOn()) return;
      const steps = some.map(({ step }) => step);
      const changes: StepChange[] = [];
      for (const probe of await driver.probe(steps, reading)) {
        const doubt = doubts.get(probe.seq);
        if (doubt === undefined) continue;
        if (probe.state === 'absent' && Math.abs(now - doubt.since) < driver.showsAfter) continue;
        const change = verdict(doubt, probe, driver.after, resend);
        if (change === 'again') again.push(doubt.step);
        else {
          if (change !== null) changes.push(change);
          doubts.delete(probe.seq);
        }
      }
      await record(changes);
    }
    for (const steps of chunksOf(again, driver.size)) await send(steps.map((step) => ({ step, before: null })));
  }

  /** Of a step that an earlier process, or an earlier part of this run, left in doubt. */
  function doubtOf(step: WorkStep): Doubt {
    const at = Date.parse(step.at ?? '');
    return { step, tries: 0, since: Number.isNaN(at) ? ctx.clock.now() : at };
  }

  async function* waiting(states: readonly ('planned' | 'started' | 'unknown')[]): AsyncGenerator<readonly WorkStep[]> {
    let after = 0;
    for (;;) {
      const steps = await journal.work(key.runId, { states, after, limit: page });
      const last = steps.at(-1);
      if (last === undefined) return;
      yield steps;
      after = last.seq;
    }
  }

  async function among(): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for await (const steps of waiting(['planned', 'started', 'unknown'])) {
      for (const step of steps) ids.add(step.objectId.toLowerCase());
    }
    return ids;
  }

  /** What the plan leaves alone gets its outcome at once; the rest is what there is to do. */
  async function takeOut(steps: readonly WorkStep[]): Promise<readonly WorkStep[]> {
    const changes: StepChange[] = [];
    const todo: WorkStep[] = [];
    for (const step of steps) {
      const id = step.objectId.toLowerCase();
      const skip = step.effect === 'skip' ? step.skip : protection(step);
      if (step.effect === 'skip' || skip !== null) {
        changes.push({ seq: step.seq, state: 'skipped', reason: skip === null ? null : skipWords[skip] });
      } else if (touched.has(id)) {
        changes.push({ seq: step.seq, state: 'skipped', reason: 'The plan names the user twice.' });
      } else if (step.effect === 'already') {
        const still = driver.stillAlready(step) !== false;
        const reason = 'The wanted state was there when the plan was made and is not any more; make a new plan.';
        changes.push(
          still ? { seq: step.seq, state: 'already', reason: null } : { seq: step.seq, state: 'skipped', reason },
        );
      } else todo.push(step);
      touched.add(id);
    }
    await record(changes);
    return todo;
  }

  async function work(): Promise<void> {
    await driver.prepare(among, options);
    protection = await readProtection(ctx, among, control.signal);
    for await (const steps of waiting(['unknown'])) for (const step of steps) doubts.set(step.seq, doubtOf(step));
    await settle(true);
    const lanes = createLanes(driver.lanes);
    try {
      for await (const steps of waiting(['planned'])) {
        for (const batch of chunksOf(await takeOut(steps), driver.size)) {
          if (!goesOn()) return;
          await lanes.add(() => begin(batch));
          if (doubts.size < mostDoubt) continue;
          await lanes.idle();
          await settle(true);
        }
      }
    } finally {
      await lanes.idle();
    }
    for (let round = 0; doubts.size > 0 && goesOn(); round += 1) {
      await ctx.clock.sleep(Math.min(1_000 * 2 ** round, 30_000), control.signal);
      await settle(true);
    }
  }

  /** A pause that came with the last answer has nothing to pause. */
  async function nothingLeft(): Promise<boolean> {
    if (doubts.size > 0) return false;
    return (await journal.work(key.runId, { states: ['planned', 'started'], after: 0, limit: 1 })).length === 0;
  }

  /** Ends what a person gave up: what waits is skipped, what is in doubt is read back as far as Graph can be reached. */
  async function giveUp(): Promise<Ending> {
    const reason = 'The run was cancelled.';
    for await (const steps of waiting(['planned', 'started'])) {
      await record(
        steps.map(({ seq, effect }) => ({ seq, state: effect === 'already' ? 'already' : 'skipped', reason })),
      );
    }
    for await (const steps of waiting(['unknown'])) {
      for (const step of steps) if (!doubts.has(step.seq)) doubts.set(step.seq, doubtOf(step));
    }
    let message: string | null = null;
    if (doubts.size > 0) {
      // A request that was given up may still be on its way into Graph: it gets a moment before it is looked for.
      await ctx.clock.sleep(Math.max(2_000, driver.showsAfter));
      const reading = { signal: AbortSignal.timeout(60_000) };
      try {
        await driver.prepare(among, reading);
        await settle(false, reading);
      } catch (error) {
        const why = reading.signal.aborted ? 'Graph did not answer in a minute.' : words(error);
        message = `What became of ${doubts.size} users could not be read back: ${why}`;
      }
    }
    return { to: 'cancelled', message };
  }

  try {
    if (control.halted() === null) await work();
  } catch (error) {
    if (error instanceof RiskdeskError && error.code === 'busy') return { to: 'lost' };
    if (!control.signal.aborted) stop ??= words(error);
  }
  switch (control.halted()) {
    case 'lost':
      return { to: 'lost' };
    case 'cancel':
      return giveUp();
    case 'pause':
      if (stop !== null) return { to: 'stopped', message: stop };
      return { to: (await nothingLeft()) ? 'completed' : 'paused', message: null };
    case null:
      return stop === null ? { to: 'completed', message: null } : { to: 'stopped', message: stop };
  }
}

/** A step that took more than one request says so. */
function told(change: StepChange, triesBefore: number): StepChange {
  if (triesBefore === 0 || change.state !== 'succeeded' || change.reason) return change;
  return { ...change, reason: `Sent ${triesBefore + 1} times, because an answer was lost.` };
}

/** Null: nothing can be said, the step stays unknown. */
function verdict(
  { step, tries }: Doubt,
  probe: Probe,
  after: string | null,
  resend: boolean,
): StepChange | 'again' | null {
  const { seq } = probe;
  switch (probe.state) {
    case 'shows':
    case 'processing': {
      const found = step.httpStatus === 404;
      const reason = found
        ? 'Graph did not find it; it was so already.'
        : 'The answer was lost; reading back shows the change.';
      return {
        seq,
        state: found ? 'already' : 'succeeded',
        reason,
        after: probe.state === 'shows' ? probe.seen : after,
      };
    }
    case 'gone':
      return { seq, state: 'failed', reason: 'The user no longer exists.' };
    case 'absent':
      if (!resend) return { seq, state: 'skipped', reason: 'The run was cancelled before the change took effect.' };
      if (tries < mostTries) return 'again';
      return { seq, state: 'failed', reason: `Sent ${tries} times without effect. ${step.reason ?? ''}`.trim() };
    case 'unreadable':
      // Only what has the same effect once or twice cannot be read back (accountDriver.ts).
      return resend && tries < mostTries ? 'again' : null;
  }
}

/** What a person is told when a run cannot go on. Throws on what nobody foresaw. */
function words(error: unknown): string {
  if (error instanceof RiskdeskError) return fullText(error);
  throw error;
}
