/**
 * What the loop does after it has decided: plans that follow a complete sync, open plans that no longer stand, and the run
 * whose turn it is. Each reads, asks a pure function, and writes; none decides for itself.
 */
import { type Action, actionWords } from '../../../shared/model/action.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanHead } from '../../../shared/model/plan.ts';
import type { CheckOutcome } from '../../../shared/model/schedule.ts';
import type { Executor } from '../execute/executor.ts';
import type { Journal } from '../journal/journal.ts';
import type { MadePlan } from '../plan/makePlan.ts';
import type { Clock, Log, NewId, Notifier } from '../ports.ts';
import type { Writer } from '../store/types.ts';
import { afterPlanning, beforePlanning, mayPlan, nextRun, reviewOpen } from './decide.ts';
import { elapsedMs, type Now, overdueMs } from './due.ts';
import type { Facts } from './facts.ts';
import { asOpen } from './records.ts';
import { isMaintenance, type Tracked } from './view.ts';

export type FollowPorts = {
  readonly writer: Writer;
  readonly journal: Journal;
  readonly executor: Pick<Executor, 'run' | 'recover'>;
  /** Makes the plan of an action over all time, and stores nothing. */
  readonly draft: (action: string) => Promise<MadePlan>;
  /** The journal's "who" for what nobody asked for. */
  readonly who: string;
  /** The account of this process, as the journal knows it. */
  readonly person: string;
  /** `who` for a run on a connection where a person signed in: Entra sees that person. */
  readonly runner: (connection: string) => Promise<string>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly notify: Notifier;
};

/** Plans the automatic actions of each connection whose last sync is complete and was not followed yet. */
export async function planAfterSyncs(ports: FollowPorts, facts: Facts, now: Now, stop: AbortSignal): Promise<void> {
  for (const { connection, ended, timing } of facts.tracked) {
    if (ended === null || timing === null) continue;
    const { running, everyMs, anchor } = timing;
    const planned = facts.planned.get(connection.id) ?? null;
    if (!mayPlan({ last: ended, planned, running, ageMs: elapsedMs(anchor, now), everyMs })) continue;
    for (const action of facts.actions) {
      if (stop.aborted) return;
      if (action.connection === connection.name) await check(ports, facts, action);
    }
    await ports.writer.notePlanned({ connection: connection.id, ended: ended.at });
  }
}

async function check(ports: FollowPorts, facts: Facts, action: Action): Promise<void> {
  const at = ports.clock.now();
  let outcome: CheckOutcome;
  let message: string | null = null;
  try {
    const first = beforePlanning(action, {
      readOnly: facts.settings.guardrails.readOnly,
      rule: facts.rules.get(action.rule) ?? null,
      underWay: await isUnderWay(ports.journal, action),
      approved: facts.open.some((one) => one.actionId === action.id && asOpen(one).approved !== null),
      now: at,
    });
    if (first === null) return;
    outcome = first === 'plan' ? await planOne(ports, facts, action) : first;
  } catch (error) {
    ports.log('warn', 'schedule.not-planned', { action: action.name, error: String(error) });
    outcome = 'failed';
    message =
      error instanceof RiskdeskError
        ? [error.message, error.cure].filter(Boolean).join(' ')
        : 'Something went wrong inside Riskdesk. The log has the details.';
  }
  await ports.writer.noteCheck({ action: action.id, at, outcome, message });
}

async function isUnderWay(journal: Journal, { name, connection }: Action): Promise<boolean> {
  const { rows } = await journal.runs({ connection, states: ['running', 'paused'], offset: 0, limit: 100 });
  return rows.some((run) => run.action === name);
}

async function planOne(ports: FollowPorts, facts: Facts, action: Action): Promise<CheckOutcome> {
  const { writer, journal, clock, newId } = ports;
  const { head, steps } = await ports.draft(action.name);
  const record = facts.open.find((one) => one.actionId === action.id);
  const verdict = afterPlanning(
    head,
    record === undefined ? null : asOpen(record),
    facts.rejected.get(action.id) ?? null,
    facts.settings.guardrails,
  );
  switch (verdict.do) {
    case 'nothing':
      await writer.supersedeAutomatic({
        stamp: journal.stamp(ports.who),
        action: action.id,
        reason: 'A newer sync found nobody to act on.',
      });
      return 'nothing';
    case 'leave':
      return 'rejected';
    case 'fail':
      throw new RiskdeskError('offline', verdict.message, { cure: 'The next sync tries again.' });
    case 'keep': {
      await writer.confirmAutomatic({ planId: verdict.planId, now: clock.now() });
      if (!verdict.release) return 'same';
      const { planId } = verdict;
      const stamp = journal.stamp(ports.who);
      await writer.decideAutomatic({ stamp, planId, from: ['waiting'], decision: 'released', reason: null });
      return 'queued';
    }
    case 'save': {
      const stored: PlanHead = { ...head, planId: newId(), createdAt: new Date(clock.now()).toISOString() };
      const { state, need } = verdict;
      const stamp = journal.stamp(ports.who);
      await writer.saveAutomaticPlan({ stamp, head: stored, steps, action: action.id, state, need });
      if (state === 'waiting') ports.notify(noteOf(stored));
      return state;
    }
  }
}

function noteOf({ action, kind, counts }: PlanHead): { readonly title: string; readonly body: string } {
  const users = counts.act === 1 ? '1 user' : `${counts.act} users`;
  return { title: 'A plan waits for your approval', body: `${action}: ${actionWords[kind]}, ${users}.` };
}

/** Takes away what no longer stands. Runs under a pause, too: time goes on, and a switched-off action stays so. */
export async function reviewOpenPlans(ports: FollowPorts, facts: Facts): Promise<void> {
  const { writer, journal, clock } = ports;
  for (const record of facts.open) {
    const open = asOpen(record);
    const { head } = record;
    const verdict = reviewOpen(open, {
      action: facts.actions.find(({ id }) => id === record.actionId) ?? null,
      rule: facts.rules.get(head.rule ?? '') ?? null,
      guardrails: facts.settings.guardrails,
      head,
      now: clock.now(),
    });
    if (verdict.do === 'keep') continue;
    const what = { stamp: journal.stamp(ports.who), planId: head.planId, from: [open.state] };
    const decided =
      verdict.do === 'held'
        ? writer.decideAutomatic({ ...what, decision: 'held', reason: null, need: verdict.need })
        : writer.decideAutomatic({ ...what, decision: verdict.do, reason: verdict.reason });
    await decided.catch(movedOn);
  }
}

/** A person decided in the same moment: theirs counts. */
function movedOn(error: unknown): void {
  if (!(error instanceof RiskdeskError) || error.code !== 'plan-stale') throw error;
}

/** Starts the run whose turn it is, if any. `queue`: read again, because plans may have moved on. */
export async function runNext(
  ports: FollowPorts,
  facts: Pick<Facts, 'settings' | 'tracked' | 'open'>,
  now: Now,
): Promise<void> {
  const { journal, executor, log } = ports;
  const queue = facts.open.map(asOpen).filter(({ state }) => state === 'queued');
  if (queue.length === 0) return;
  const busy = async () => (await journal.runs({ states: ['running'], offset: 0, limit: 1 })).total > 0;
  if (await busy()) await executor.recover();
  const open = nextRun(queue, {
    held: facts.settings.guardrails.readOnly || isMaintenance(facts.settings, now.wall),
    runUnderWay: await busy(),
    stale: new Set(facts.tracked.filter((one) => isStale(one, now)).map(({ connection }) => connection.name)),
  });
  if (open === null) return;
  const approver = facts.open.find(({ head }) => head.planId === open.planId)?.decidedBy ?? null;
  try {
    // A run of this very account is named by the executor, which knows the sign-in of the connection.
    const approved = approver === ports.person ? undefined : (approver ?? undefined);
    const who = open.approved === null ? await ports.runner(open.connection) : approved;
    const { runId } = await executor.run(open.planId, { confirm: open.confirm, who });
    log('info', 'schedule.run', { planId: open.planId, runId });
  } catch (error) {
    await notRun(ports, open.planId, error);
  }
}

function isStale({ timing }: Tracked, now: Now): boolean {
  return timing !== null && (timing.running || (timing.ended?.failures === 0 && overdueMs(timing, now) >= 0));
}

/** What is in the way for a while keeps the plan in its place; what cannot be mended by waiting ends it. */
async function notRun(ports: FollowPorts, planId: string, error: unknown): Promise<void> {
  const { writer, journal, log } = ports;
  log('warn', 'schedule.not-run', { planId, error: String(error) });
  if (!(error instanceof RiskdeskError)) throw error;
  const what = { stamp: journal.stamp(ports.who), planId, from: ['queued'] as const };
  if (error.code === 'confirmation-needed') {
    await writer.decideAutomatic({ ...what, decision: 'held', reason: null, need: 'cap' }).catch(movedOn);
  } else if (error.code === 'plan-stale' || error.code === 'not-found' || error.code === 'bad-input') {
    await writer.decideAutomatic({ ...what, decision: 'failed', reason: error.message }).catch(movedOn);
  }
}
