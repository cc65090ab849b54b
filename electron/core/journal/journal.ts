/**
 * The record of what was planned, done and seen. The one door through which plans, runs and journal entries are read
 * and written: execute and api are handed this, never the store. Writes resolve when they are on the disk.
 */
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import type { ActionKind } from '../../../shared/model/action.ts';
import { badInput } from '../../../shared/model/errors.ts';
import { asCsv, asJson, type ExportChunk } from '../../../shared/model/exportText.ts';
import type { JournalCheck } from '../../../shared/model/journalEntry.ts';
import type { PlanHead, PlanStep, StepEffect } from '../../../shared/model/plan.ts';
import type { Run, RunState, RunStep, StepState, VerifyState } from '../../../shared/model/run.ts';
import type { Clock } from '../ports.ts';
import type { JournalEvent, JournalStamp } from '../store/tables/journal.ts';
import type { StepChange } from '../store/tables/runSteps.ts';
import type { RunOwner } from '../store/tables/runs.ts';
import type { Reader, Writer } from '../store/types.ts';
import { eachEntry, entryColumns, type JournalPage, listEntries } from './entries.ts';
import { eachPlanStep, readPlan, readPlanSteps, type SavedPlan, type StepPage } from './plans.ts';
import {
  type RecentAct,
  type RunRecord,
  readLaterTouches,
  readRecentActs,
  readRun,
  readRunSteps,
  readRuns,
  readWork,
  type WorkStep,
} from './runs.ts';
import { makeStamp } from './stamp.ts';
import { verifyJournal } from './verify.ts';

export type { JournalEvent, RunOwner, RunRecord, StepChange, WorkStep };

/** What a page of anything with an offset is asked with. */
type Page = { readonly offset: number; readonly limit: number };

export type Journal = {
  /** Now, and who: for writes of other tables that journal in their own transaction. `who` replaces the account. */
  stamp(who?: string): JournalStamp;
  append(events: JournalEvent | readonly JournalEvent[], who?: string): Promise<void>;
  /** Newest first; `before` is the seq where the page before ended. */
  list(
    filter: JournalFilter,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<JournalPage>;
  verify(): Promise<JournalCheck>;
  /** The matching entries as text, oldest first, in chunks. */
  export(filter: JournalFilter, format: 'csv' | 'json'): AsyncIterable<ExportChunk>;
  /** Removes entries older than `olderThan` (epoch ms) and keeps the rest verifiable. */
  clean(olderThan: number, who?: string): Promise<{ readonly removed: number }>;

  savePlan(head: PlanHead, steps: readonly PlanStep[], who?: string): Promise<void>;
  getPlan(planId: string): Promise<SavedPlan>;
  planSteps(planId: string, page: Page & { readonly effect?: StepEffect | undefined }): Promise<StepPage<PlanStep>>;
  /** Every step in order, in chunks. */
  eachPlanStep(planId: string): AsyncIterable<readonly PlanStep[]>;

  /** @throws RiskdeskError plan-stale, busy, not-found. */
  startRun(args: {
    readonly runId: string;
    readonly planId: string;
    readonly hash: string;
    readonly confirm: number | null;
    readonly owner: RunOwner;
    readonly who?: string | undefined;
  }): Promise<void>;
  /** Sets a paused, interrupted or stopped run running again under a new owner. */
  takeRun(runId: string, owner: RunOwner, who?: string): Promise<void>;
  /** Steps and their journal rows in one transaction. @throws RiskdeskError busy when the run has another owner. */
  recordSteps(run: RunKey, changes: readonly StepChange[]): Promise<void>;
  setRunState(run: RunKey, to: Exclude<RunState, 'running' | 'interrupted'>, message: string | null): Promise<void>;
  setRunGroup(
    run: RunKey,
    group: { readonly id: string; readonly name: string | null },
    how: 'created' | 'reused',
    requestId: string | null,
  ): Promise<void>;
  /** False when the run is not ours any more. */
  beatRun(run: RunKey): Promise<boolean>;
  /** False when the run moved on meanwhile. */
  markInterrupted(runId: string, deadToken: string): Promise<boolean>;
  recordVerification(
    runId: string,
    changes: readonly { readonly seq: number; readonly verify: VerifyState; readonly seen: string | null }[],
    who?: string,
  ): Promise<void>;

  run(runId: string): Promise<RunRecord>;
  runs(
    page: Page & {
      readonly connection?: string | undefined;
      readonly states?: readonly RunState[] | undefined;
      readonly parentRunId?: string | undefined;
    },
  ): Promise<StepPage<Run> & { readonly records: readonly RunRecord[] }>;
  steps(runId: string, page: Page & { readonly state?: StepState | undefined }): Promise<StepPage<RunStep>>;
  work(
    runId: string,
    page: {
      readonly states: readonly StepState[];
      readonly verify?: readonly VerifyState[] | undefined;
      readonly after: number;
      readonly limit: number;
    },
  ): Promise<readonly WorkStep[]>;
  recentActs(query: {
    readonly connection: string;
    readonly kind: ActionKind;
    readonly groupId: string | null;
    readonly since: number;
  }): Promise<ReadonlyMap<string, RecentAct>>;
  laterTouches(runId: string, kinds: readonly ActionKind[]): Promise<ReadonlySet<string>>;
};

/** A run and the process that carries it out. */
export type RunKey = { readonly runId: string; readonly token: string; readonly who?: string | undefined };

/** `who` is the account of the operating system; a call may name another. */
export function createJournal(ports: {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly who: string;
}): Journal {
  const { reader, writer, clock } = ports;
  const stamp = (who?: string) => makeStamp(clock.now(), who ?? ports.who);
  return {
    stamp,
    append: (events, who) => writer.appendEntries({ stamp: stamp(who), events: 'event' in events ? [events] : events }),
    list: (filter, page) => listEntries(reader, filter, page),
    verify: () => verifyJournal(reader),
    export: (filter, format) => {
      const entries = eachEntry(reader, filter);
      return format === 'csv' ? asCsv(entryColumns, entries) : asJson(entries);
    },
    clean: async (olderThan, who) => {
      if (!Number.isFinite(olderThan))
        throw badInput('olderThan', 'The time is not a number.', 'Give epoch milliseconds.');
      return writer.cleanJournal({ stamp: stamp(who), olderThan });
    },

    savePlan: (head, steps, who) => writer.savePlan({ stamp: stamp(who), head, steps }),
    getPlan: async (planId) => {
      const { head, used, runId } = await readPlan(reader, planId);
      return { head, used, runId };
    },
    planSteps: (planId, page) => readPlanSteps(reader, planId, page),
    eachPlanStep: (planId) => eachPlanStep(reader, planId),

    startRun: ({ who, ...args }) => writer.startRun({ stamp: stamp(who), ...args }),
    takeRun: (runId, owner, who) => writer.takeRun({ stamp: stamp(who), runId, owner }),
    recordSteps: async ({ runId, token, who }, changes) => {
      if (changes.length > 0) await writer.recordSteps({ stamp: stamp(who), runId, token, changes });
    },
    setRunState: ({ runId, token, who }, to, message) =>
      writer.setRunState({ stamp: stamp(who), runId, token, to, message }),
    setRunGroup: ({ runId, token, who }, group, how, requestId) =>
      writer.setRunGroup({
        stamp: stamp(who),
        runId,
        token,
        group: { mode: 'existing', id: group.id, name: group.name, deleted: false },
        how,
        requestId,
      }),
    beatRun: async ({ runId, token }) => (await writer.beatRun({ runId, token, now: clock.now() })).owned,
    markInterrupted: async (runId, token) =>
      (await writer.markInterrupted({ stamp: stamp(), runId, token })).interrupted,
    recordVerification: (runId, changes, who) => writer.recordVerification({ stamp: stamp(who), runId, changes }),

    run: (runId) => readRun(reader, runId),
    runs: (page) => readRuns(reader, page),
    steps: (runId, page) => readRunSteps(reader, runId, page),
    work: (runId, page) => readWork(reader, runId, page),
    recentActs: (query) => readRecentActs(reader, query),
    laterTouches: (runId, kinds) => readLaterTouches(reader, runId, kinds),
  };
}
