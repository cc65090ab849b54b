/**
 * Runs plans: one at a time in a database, in the background of the process that was asked. Checks what a person
 * promised before it starts, hands the steps to carry.ts, ends the run in the journal, and picks up what a process that
 * died has left. Leaves out making plans from rules.
 */
import type { VerifyReport } from '../../../shared/contract/actions.ts';
import { actionWords } from '../../../shared/model/action.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanHead, PlanStep } from '../../../shared/model/plan.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { GraphClient } from '../graph/types.ts';
import type { Journal, RunKey, RunRecord } from '../journal/journal.ts';
import { checkConfirmation, checkFollowUp, checkMaintenance, checkReadOnly } from '../plan/guardrails.ts';
import { verifyPlan } from '../plan/hash.ts';
import type { MadePlan } from '../plan/makePlan.ts';
import type { Clock, Log, NewId, Notifier } from '../ports.ts';
import { type Active, beginActive } from './active.ts';
import { carry, type Ending } from './carry.ts';
import type { GroupNews, RunContext } from './context.ts';
import { driverFor } from './drivers.ts';
import { planRetry, planUndo } from './followUp.ts';
import { fullText } from './judge.ts';
import { claim, isOrphan, release } from './owner.ts';
import { verifyRun } from './verification.ts';
import { createSignal } from './watch.ts';

export type ExecutorPorts = {
  readonly journal: Journal;
  /** Rejects with not-found for a connection that was removed. */
  readonly graphFor: (connection: string) => Promise<GraphClient>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly notify: Notifier;
  readonly settings: () => Promise<Settings>;
  /** Why the host refuses actions; null or absent when it allows them. */
  readonly hostReadOnly?: string | null;
  /** A group was found renamed or deleted. */
  readonly onGroupChanged: (news: GroupNews) => Promise<void>;
  /** An action's new group exists now. */
  readonly onGroupCreated: (action: string, groupId: string, name: string | null) => Promise<void>;
  /** Who acts on a connection where a person signed in; undefined: the account of the process. */
  readonly actor?: (connection: string) => Promise<string | undefined>;
};

/** `who`: the person, where it is not the account of the process. */
export type By = { readonly who?: string | undefined };

/** `done` resolves with the run once it is no longer running here, and rejects only when the journal cannot be written. */
export type RunHandle = { readonly runId: string; readonly run: Run; readonly done: Promise<Run> };

export type Executor = {
  /**
   * Starts the run of a plan; resolves when its start is journalled. `confirm`: the number that was typed.
   * @throws RiskdeskError read-only-mode, guardrail, confirmation-needed, plan-stale, busy, not-found.
   */
  run(planId: string, options: By & { readonly confirm: number | null }): Promise<RunHandle>;
  /** Resolves when the requests under way have been answered. @throws RiskdeskError bad-input when it is not running here. */
  pause(runId: string): Promise<Run>;
  /** @throws RiskdeskError as `run`, and bad-input for a run that has ended. */
  resume(runId: string, by?: By): Promise<RunHandle>;
  /** Keeps what was done; what waits is skipped. Resolves when that is recorded. */
  cancel(runId: string, by?: By): Promise<Run>;
  /** Stores a new plan of the users that failed, for review. @throws RiskdeskError bad-input when nobody failed. */
  planRetry(runId: string, by?: By): Promise<PlanHead>;
  /**
   * `planRetry`, and its run. The number typed for the first run serves for this one; where none was needed then and
   * this one is above the cap, `confirm` is. @throws RiskdeskError as `run` and `planRetry`.
   */
  retry(runId: string, options?: By & { readonly confirm?: number | null }): Promise<RunHandle>;
  /** Stores the plan of the inverse, for review. */
  planUndo(runId: string, by?: By): Promise<PlanHead>;
  /** `planUndo`, and its run; `confirm` as for `retry`. @throws RiskdeskError as `run` and `planUndo`. */
  undo(runId: string, options?: By & { readonly confirm?: number | null }): Promise<RunHandle>;
  verify(
    runId: string,
    options?: By & { readonly waitMinutes?: number; readonly signal?: AbortSignal },
  ): Promise<VerifyReport>;
  /** The run, with the time to go when it runs here. */
  status(runId: string): Promise<Run>;
  /**
   * The latest state, first at once; ends after the first one that is not running.
   * @throws RiskdeskError disk-full and the like, when the end of the run could not be recorded.
   */
  watch(runId: string, signal?: AbortSignal): AsyncIterable<Run>;
  /** Marks runs whose process is dead as interrupted; called at start. Resolves with them; none is resumed by itself. */
  recover(): Promise<readonly Run[]>;
  /** Pauses what runs here and waits for it. */
  close(): Promise<void>;
};

export function createExecutor(ports: ExecutorPorts): Executor {
  const { journal, clock, newId, log } = ports;
  let active: { readonly control: Active; readonly done: Promise<Run> } | null = null;
  let starting = false;
  /** Runs of this process whose end could not be recorded, and why: the store still calls them running. */
  const unrecorded = new Map<string, unknown>();
  const idle = createSignal();

  async function context(record: Pick<RunRecord, 'run'>, token: string, by: By): Promise<RunContext> {
    const { runId, connection, action } = record.run;
    const { settings, onGroupChanged, onGroupCreated } = ports;
    const graph = await ports.graphFor(connection);
    const key: RunKey = { runId, token, who: by.who };
    return { key, connection, action, journal, graph, clock, log, settings, onGroupChanged, onGroupCreated };
  }

  /** Entra sees the person who signed in, so the journal names that person besides the account of this machine. */
  async function named(by: By, connection: string): Promise<By> {
    if (by.who !== undefined || ports.actor === undefined) return by;
    return { who: await ports.actor(connection).catch(() => undefined) };
  }

  /** What must hold whenever requests begin to leave, at the start as after a pause. */
  async function checkMayRun(): Promise<void> {
    const { guardrails } = await ports.settings();
    checkReadOnly(guardrails, ports.hostReadOnly);
    const now = new Date(clock.now());
    checkMaintenance(guardrails, { weekday: now.getDay(), minutes: now.getHours() * 60 + now.getMinutes() });
  }

  /** One start at a time; the store refuses what another process has under way. */
  async function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    if (active !== null || starting) {
      throw new RiskdeskError(
        'busy',
        `${active === null ? 'A run' : `Run ${active.control.runId}`} is under way, and only one runs at a time.`,
        {
          field: 'runId',
          cure: 'Wait until it ends, or pause it.',
        },
      );
    }
    starting = true;
    try {
      return await work();
    } finally {
      starting = false;
    }
  }

  async function recover(): Promise<readonly Run[]> {
    const { records } = await journal.runs({ states: ['running'], offset: 0, limit: 100 });
    const found: Run[] = [];
    for (const record of records) {
      if (!isOrphan(record, clock.now()) || record.owner === null) continue;
      if (!(await journal.markInterrupted(record.run.runId, record.owner.token))) continue;
      log('warn', 'execute.interrupted', { runId: record.run.runId });
      found.push((await journal.run(record.run.runId)).run);
    }
    return found;
  }

  async function begin(record: RunRecord, token: string, by: By, halted: 'cancel' | null = null): Promise<RunHandle> {
    const { runId } = record.run;
    unrecorded.delete(runId);
    const mine = beginActive({
      runId,
      token,
      left: record.run.left,
      clock,
      log,
      beat: () => journal.beatRun({ runId, token }),
    });
    if (halted !== null) mine.halt(halted);
    const done = conclude(mine, record, by).finally(() => {
      mine.end();
      release(token);
      if (active?.control === mine) active = null;
    });
    active = { control: mine, done };
    done.catch((error: unknown) => {
      unrecorded.set(runId, error);
      log('error', 'execute.not-recorded', { runId, error: String(error) });
    });
    return { runId, run: record.run, done };
  }

  async function conclude(mine: Active, record: RunRecord, by: By): Promise<Run> {
    const { runId, token } = mine;
    let ending: Ending;
    try {
      const ctx = await context(record, token, by);
      ending = await carry(ctx, driverFor(ctx, record), mine);
    } catch (error) {
      const ours = error instanceof RiskdeskError;
      log('error', 'execute.failed', { runId, error: String(error) });
      ending = {
        to: 'stopped',
        message: ours ? fullText(error) : 'A defect of Riskdesk stopped the run; see the log.',
      };
    }
    if (ending.to !== 'lost') {
      try {
        await journal.setRunState({ runId, token, who: by.who }, ending.to, ending.message);
      } catch (error) {
        if (!(error instanceof RiskdeskError) || error.code !== 'busy') throw error;
      }
    }
    const { run } = await journal.run(runId);
    log('info', 'execute.ended', { runId, state: run.state, ...run.counts });
    if (run.state === 'completed' || run.state === 'stopped') ports.notify(noteOf(run));
    return run;
  }

  async function start(head: PlanHead, confirm: number | null, given: By): Promise<RunHandle> {
    await recover();
    const by = await named(given, head.connection);
    const runId = newId();
    const token = newId();
    const owner = claim(token);
    try {
      await journal.startRun({ runId, planId: head.planId, hash: head.hash, confirm, owner, who: by.who });
    } catch (error) {
      release(token);
      throw error;
    }
    return begin(await journal.run(runId), token, by);
  }

  async function take(runId: string, given: By, halted: 'cancel' | null): Promise<RunHandle> {
    await recover();
    const by = await named(given, (await journal.run(runId)).run.connection);
    const token = newId();
    const owner = claim(token);
    try {
      await journal.takeRun(runId, owner, by.who);
    } catch (error) {
      release(token);
      throw error;
    }
    return begin(await journal.run(runId), token, by, halted);
  }

  async function store(made: MadePlan, by: By): Promise<PlanHead> {
    const head: PlanHead = { ...made.head, planId: newId(), createdAt: new Date(clock.now()).toISOString() };
    await journal.savePlan(head, made.steps, (await named(by, head.connection)).who);
    return head;
  }

  type FollowUp = (ctx: RunContext, record: RunRecord) => Promise<MadePlan>;

  async function followUp(runId: string, make: FollowUp, by: By): Promise<PlanHead> {
    const record = await journal.run(runId);
    return store(await make(await context(record, '', by), record), by);
  }

  function runFollowUp(
    runId: string,
    make: FollowUp,
    { confirm = null, ...by }: By & { readonly confirm?: number | null },
  ): Promise<RunHandle> {
    return exclusively(async () => {
      await checkMayRun();
      const record = await journal.run(runId);
      const made = await make(await context(record, '', by), record);
      const before = await journal.getPlan(record.run.planId);
      checkFollowUp(made.head, before.head, confirm);
      return start(await store(made, by), confirm, by);
    });
  }

  async function status(runId: string): Promise<Run> {
    const { run } = await journal.run(runId);
    return active?.control.runId === runId ? { ...run, etaSeconds: active.control.etaSeconds(run) } : run;
  }

  return {
    run: (planId, { confirm, who }) =>
      exclusively(async () => {
        const { head, used } = await journal.getPlan(planId);
        if (used) throw staleError(`The plan ${planId} was run already.`);
        await checkMayRun();
        checkConfirmation(head, confirm);
        // A connection that was removed is refused here: the plan stays unused.
        await ports.graphFor(head.connection);
        const steps: PlanStep[] = [];
        for await (const chunk of journal.eachPlanStep(planId)) for (const step of chunk) steps.push(step);
        if (!verifyPlan(head, steps)) throw staleError(`The plan ${planId} was altered after it was made.`);
        return start(head, confirm, { who });
      }),

    async pause(runId) {
      const mine = active?.control.runId === runId ? active : null;
      if (mine === null) {
        const { run } = await journal.run(runId);
        if (run.state === 'paused') return run;
        const where = run.state === 'running' ? 'is carried out by another process' : `is ${run.state}`;
        throw badInput('runId', `Run ${runId} ${where}, so it cannot be paused here.`, 'Pause it where it runs.');
      }
      mine.control.halt('pause');
      return mine.done;
    },

    resume: (runId, by = {}) =>
      exclusively(async () => {
        const { run } = await journal.run(runId);
        await checkMayRun();
        await ports.graphFor(run.connection);
        return take(runId, by, null);
      }),

    async cancel(runId, by = {}) {
      if (active?.control.runId === runId) {
        active.control.halt('cancel');
        return active.done;
      }
      const handle = await exclusively(() => take(runId, by, 'cancel'));
      return handle.done;
    },

    planRetry: (runId, by = {}) => followUp(runId, planRetry, by),
    retry: (runId, options = {}) => runFollowUp(runId, planRetry, options),
    planUndo: (runId, by = {}) => followUp(runId, planUndo, by),
    undo: (runId, options = {}) => runFollowUp(runId, planUndo, options),

    async verify(runId, { who, waitMinutes = 0, signal = new AbortController().signal } = {}) {
      const record = await journal.run(runId);
      const ctx = await context(record, '', await named({ who }, record.run.connection));
      return verifyRun(ctx, driverFor(ctx, record), record, { waitMinutes, signal });
    },

    status,

    async *watch(runId, signal) {
      for (;;) {
        const changed = active?.control.runId === runId ? active.control.changed : null;
        const run = await status(runId);
        yield run;
        if (run.state !== 'running' || signal?.aborted) return;
        if (unrecorded.has(runId)) throw unrecorded.get(runId);
        // A run of another process is asked for once a second; one of this process rings.
        await (changed ?? idle).wait(1_000, signal);
        if (signal?.aborted) return;
      }
    },

    recover,

    async close() {
      if (active === null) return;
      active.control.halt('pause');
      await active.done.catch(() => undefined);
    },
  };
}

function staleError(message: string): RiskdeskError {
  return new RiskdeskError('plan-stale', message, {
    field: 'planId',
    cure: 'Make the plan again and look at it before you run it.',
  });
}

function noteOf(run: Run): { title: string; body: string; runId: string } {
  const { succeeded, already, failed } = run.counts;
  const title = `${actionWords[run.kind]}: ${run.state}`;
  const body = run.message ?? `${succeeded} done, ${already} were so already, ${failed} failed.`;
  return { title, body, runId: run.runId };
}
