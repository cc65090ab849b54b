/**
 * The loop that makes things happen without a person, and what a person can ask of it. One tick looks at everything, asks
 * the pure functions, and acts; between ticks it sleeps, until something rings. Only the process that holds the lease acts;
 * every other one shows the same state and lets a person decide.
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanStep } from '../../../shared/model/plan.ts';
import type { AutomaticPlan, ScheduleState } from '../../../shared/model/schedule.ts';
import { createSignal } from '../execute/watch.ts';
import { checkConfirmation, checkReadOnly } from '../plan/guardrails.ts';
import type { Reader } from '../store/types.ts';
import type { SyncManager } from '../sync/manager.ts';
import { expiresAt } from './decide.ts';
import { type Ended, type Now, needsAPerson, nextStart, observe, wasAsleep } from './due.ts';
import { emptyMemory, type FactPorts, type Facts, gather, markSeen } from './facts.ts';
import { type FollowPorts, planAfterSyncs, reviewOpenPlans, runNext } from './follow.ts';
import { createKeeping } from './keeping.ts';
import { asOpen, type PlanRecord, readAutomaticPlan, readChecks, readDecidedPlans, readOpenPlans } from './records.ts';
import { holdsOf, planView, stateView } from './view.ts';

/** Who or what woke the machine: power came back, or the network did. */
export type Wake = 'resume' | 'online';

export type SchedulePorts = FactPorts &
  FollowPorts & {
    readonly reader: Reader;
    readonly sync: Pick<SyncManager, 'state' | 'start' | 'watch'>;
    /** Why the host refuses actions; null when it allows them. */
    readonly hostReadOnly: string | null;
    /** False: this process shows the schedule and decides on plans, and starts nothing by itself. */
    readonly keeps: boolean;
  };

export type Schedule = {
  state(): Promise<ScheduleState>;
  /** The latest state, first at once, then whenever it changed; ends with the signal. */
  watch(signal?: AbortSignal): AsyncGenerator<ScheduleState, void, void>;
  pause(reason: string | null): Promise<ScheduleState>;
  resume(): Promise<ScheduleState>;
  /**
   * Runs a waiting plan, or queues it where another run or the maintenance window is in the way.
   * @throws RiskdeskError not-found, plan-stale, confirmation-needed, read-only-mode, and as the run itself.
   */
  approve(planId: string, confirm: number | null): Promise<AutomaticPlan>;
  reject(planId: string, reason: string | null): Promise<AutomaticPlan>;
  /** Refuses a plan that waited too long. For plans that a person made it does nothing. @throws RiskdeskError plan-stale */
  refuseExpired(planId: string): Promise<void>;
  wake(reason: Wake): void;
  /** A person changed the connection: its next sync does not wait for the failures before. */
  forgetFailures(connection: number): Promise<void>;
  /** Resolves when the loop touches nothing any more and the lease is given back. */
  close(): Promise<void>;
};

const tickMs = 5_000;
/** After a start or a wake nothing begins for so long: the network comes up after the machine. */
const quietMs = { start: 2_000, resume: 10_000, online: 2_000 };
/** A tick that reads a large group from Graph may take long; closing does not wait for it longer than this. */
const closeMs = 3_000;
const decidedShown = 20;
const peopleShown = 5;
const networkErrors: ReadonlySet<string | null> = new Set(['offline', 'throttled', 'graph-failed', 'internal']);

export function createSchedule(ports: SchedulePorts): Schedule {
  const { reader, writer, journal, executor, sync, clock, log } = ports;
  const memory = emptyMemory();
  const keeping = createKeeping(ports);
  const ring = createSignal();
  /** Rings after each tick, for those who watch; the loop itself does not hear it. */
  const ticked = createSignal();
  const stopping = new AbortController();
  const people = new Map<string, readonly PlanStep[]>();
  const both = (): Now => ({ wall: clock.now(), steady: clock.monotonic() });
  let before: Now | null = null;
  let quietUntil = both().steady + quietMs.start;
  let lastStart: number | null = null;

  async function look(now: Now): Promise<Facts> {
    return (await gather(ports, memory, now, 0.5)).facts;
  }

  async function tick(): Promise<void> {
    const now = both();
    if (before !== null && wasAsleep(before, now)) quiet('resume');
    before = now;
    if (!(await keeping.renew(now))) return;
    const { facts, news } = await gather(ports, memory, now, Math.random());
    for (const one of news) await note(one.connection, one.ended);
    markSeen(memory, facts.tracked);
    await reviewOpenPlans(ports, facts);
    if (facts.pause !== null || stopping.signal.aborted) return;
    startDue(facts, now);
    await planAfterSyncs(ports, facts, now, stopping.signal);
    if (stopping.signal.aborted || !(await keeping.renew(both()))) return;
    await runNext(ports, await look(both()), both());
  }

  async function note(connection: Connection, ended: Ended): Promise<void> {
    const { at, ...rest } = ended;
    await writer.noteEnded({ row: { connection: connection.id, ended: at, ...rest } });
    memory.hurried.delete(connection.id);
    if (ended.failures !== 1 || !needsAPerson(ended.errorCode)) return;
    ports.notify({ title: `"${connection.name}" cannot sync`, body: ended.message ?? 'Look at the connection.' });
  }

  function startDue(facts: Facts, now: Now): void {
    const timings = facts.tracked.flatMap(({ timing }) => timing ?? []);
    const name = nextStart(timings, now, { lastStart, quietUntil });
    const found = facts.tracked.find(({ connection }) => connection.name === name);
    if (found === undefined) return;
    lastStart = now.steady;
    begin(found.connection, found.ended).catch((error: unknown) =>
      log('error', 'schedule.sync', { connection: found.connection.name, error: String(error) }),
    );
  }

  /** Follows the sync to its end, so that the next tick comes at once. */
  async function begin(connection: Connection, ended: Ended | null): Promise<void> {
    log('info', 'schedule.sync', { connection: connection.name });
    try {
      await sync.start(connection, { full: false });
      ring.ring();
      for await (const state of sync.watch(connection, stopping.signal)) if (state.running === null) break;
    } catch (error) {
      if (stopping.signal.aborted) return;
      const known = error instanceof RiskdeskError;
      const report = {
        at: clock.now(),
        complete: false,
        errorCode: known ? error.code : 'internal',
        message: known ? error.message : 'Something went wrong inside Riskdesk. The log has the details.',
      };
      await note(connection, observe(ended, report, Math.random()));
    }
    ring.ring();
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new AbortController();
      const rung = ring.wait(2 ** 31 - 1, AbortSignal.any([woken.signal, stopping.signal]));
      await tick().catch((error: unknown) => {
        if (!stopping.signal.aborted) log('error', 'schedule.tick', { error: String(error) });
      });
      ticked.ring();
      await Promise.race([
        rung,
        clock.sleep(tickMs, AbortSignal.any([woken.signal, stopping.signal])).catch(() => undefined),
      ]);
      woken.abort();
    }
  }
  const running = ports.keeps ? loop() : Promise.resolve();

  function quiet(reason: Wake): void {
    quietUntil = Math.max(quietUntil, both().steady + quietMs[reason]);
  }

  async function firstPeople(records: readonly PlanRecord[]): Promise<void> {
    const wanted = new Set(records.map(({ head }) => head.planId));
    for (const planId of people.keys()) if (!wanted.has(planId)) people.delete(planId);
    for (const planId of wanted) {
      if (people.has(planId)) continue;
      const { rows } = await journal.planSteps(planId, { effect: 'act', offset: 0, limit: peopleShown });
      people.set(planId, rows);
    }
  }

  async function state(): Promise<ScheduleState> {
    const now = both();
    const facts = await look(now);
    const [decided, checks] = [await readDecidedPlans(reader, decidedShown), await readChecks(reader)];
    await firstPeople([...facts.open, ...decided]);
    const keeper = keeping.holds();
    const { settings, pause, open, tracked } = facts;
    const lease = keeper || !(await keeping.abandoned(now)) ? facts.lease : null;
    const holds = holdsOf({ pause, keeper, lease, settings, hostReadOnly: ports.hostReadOnly, now: now.wall });
    const sentences = new Map([...facts.rules].map(([name, rule]) => [name, rule.sentence]));
    return stateView({ keeper, holds, tracked, open, decided, checks, people, sentences, settings, now });
  }

  async function viewOf(planId: string): Promise<AutomaticPlan> {
    const record = await find(planId);
    await firstPeople([...(await readOpenPlans(reader)), record]);
    const [settings, rules] = [await ports.settings(), await ports.rules()];
    const sentences = new Map(rules.map((rule) => [rule.name, rule.sentence]));
    return planView(record, { people, sentences, approvalHours: settings.guardrails.approvalHours, now: clock.now() });
  }

  async function find(planId: string): Promise<PlanRecord> {
    const record = await readAutomaticPlan(reader, planId);
    if (record !== null) return record;
    const cure = 'Look at the plans that wait.';
    throw new RiskdeskError('not-found', `No plan ${planId} waits for approval.`, { field: 'planId', cure });
  }

  async function refuseExpired(planId: string): Promise<void> {
    const record = await readAutomaticPlan(reader, planId);
    if (record === null || (record.state !== 'waiting' && record.state !== 'queued')) return;
    const { approvalHours } = (await ports.settings()).guardrails;
    if (clock.now() < expiresAt(asOpen(record), approvalHours)) return;
    const reason = `Nobody decided within ${approvalHours} hours.`;
    const from = ['waiting', 'queued'] as const;
    await writer.decideAutomatic({ stamp: journal.stamp(ports.who), planId, from, decision: 'expired', reason });
    ring.ring();
    throw new RiskdeskError('plan-stale', `The plan ${planId} waited too long and is no longer valid. ${reason}`, {
      field: 'planId',
      cure: 'The next sync makes a new one where there is still somebody to act on; or plan the action by hand.',
    });
  }

  async function paused(want: boolean, reason: string | null): Promise<ScheduleState> {
    await writer.pauseSchedule({ stamp: journal.stamp(), paused: want, reason });
    ring.ring();
    return state();
  }

  return {
    state,
    async *watch(signal) {
      let shown = '';
      while (!signal?.aborted) {
        const now = await state();
        const text = JSON.stringify(now);
        if (text !== shown) yield now;
        shown = text;
        if (signal?.aborted) return;
        await ticked.wait(2_000, signal);
      }
    },
    pause: (reason) => paused(true, reason),
    resume: () => paused(false, null),

    async approve(planId, confirm) {
      const { head, state: found } = await find(planId);
      await refuseExpired(planId);
      if (found === 'waiting') {
        checkReadOnly((await ports.settings()).guardrails, ports.hostReadOnly);
        checkConfirmation(head, confirm);
      }
      try {
        await executor.run(planId, { confirm });
      } catch (error) {
        const later = error instanceof RiskdeskError && (error.code === 'busy' || error.code === 'guardrail');
        if (!later) throw error;
        const stamp = journal.stamp();
        await writer.decideAutomatic({ stamp, planId, from: ['waiting'], decision: 'approved', reason: null, confirm });
      }
      ring.ring();
      return viewOf(planId);
    },

    async reject(planId, reason) {
      const stamp = journal.stamp();
      await writer.decideAutomatic({ stamp, planId, from: ['waiting', 'queued'], decision: 'rejected', reason });
      ring.ring();
      return viewOf(planId);
    },

    refuseExpired,

    wake(reason) {
      quiet(reason);
      look(both())
        .then(({ tracked }) => {
          for (const { connection, ended } of tracked) {
            if (ended !== null && ended.failures > 0 && networkErrors.has(ended.errorCode))
              memory.hurried.add(connection.id);
          }
          ring.ring();
        })
        .catch((error: unknown) => log('warn', 'schedule.wake', { error: String(error) }));
    },

    async forgetFailures(connection) {
      await writer.forgetFailures({ connection });
      memory.hurried.add(connection);
      ring.ring();
    },

    async close() {
      stopping.abort();
      ring.ring();
      const late = new AbortController();
      await Promise.race([running, clock.sleep(closeMs, late.signal).catch(() => undefined)]);
      late.abort();
      await keeping.release().catch((error: unknown) => log('warn', 'schedule.release', { error: String(error) }));
    },
  };
}
