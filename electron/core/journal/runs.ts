/** The register of runs: their state, their steps, and what earlier runs did to whom. Leaves out carrying them out. */
import type { ActionKind, GroupTarget } from '../../../shared/model/action.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanOrigin, SkipReason, StepEffect } from '../../../shared/model/plan.ts';
import {
  type Run,
  type RunState,
  type RunStep,
  runStates,
  type StepState,
  stepStates,
  type VerifyState,
  verifyStates,
} from '../../../shared/model/run.ts';
import { stepEffects } from '../store/tables/plans.ts';
import type { RunOwner } from '../store/tables/runs.ts';
import type { Reader, SqlValue } from '../store/types.ts';
import type { StepPage } from './plans.ts';

/** A step with what the plan decided on: all that carrying it out, verifying and undoing need. */
export type WorkStep = RunStep & {
  readonly effect: StepEffect;
  readonly skip: SkipReason | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly score: number | null;
};

/** A run as its carrier sees it. */
export type RunRecord = {
  readonly run: Run;
  readonly owner: RunOwner | null;
  /** Epoch milliseconds. */
  readonly heartbeat: number;
  /** When this run created its group, epoch ms. */
  readonly groupCreatedAt: number | null;
  /** Number of the run: a later run has a higher one. */
  readonly order: number;
};

/** The last time something was done to a user that still stands; `score` as it was then. */
export type RecentAct = { readonly at: number; readonly score: number | null };

type RunRow = {
  readonly id: number;
  readonly run_id: string;
  readonly plan_id: string;
  readonly parent_run: string | null;
  readonly origin: PlanOrigin;
  readonly action: string | null;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group_target: string | null;
  readonly group_created: number | null;
  readonly state: number;
  readonly message: string | null;
  readonly started: number;
  readonly finished: number | null;
  readonly planned: number;
  readonly under_way: number;
  readonly succeeded: number;
  readonly already: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unsure: number;
  readonly pending: number;
  readonly verified: number;
  readonly not_applied: number;
  readonly owner_pid: number | null;
  readonly owner_token: string | null;
  readonly heartbeat: number;
};

type StepRow = {
  readonly seq: number;
  readonly object_id: string;
  readonly upn: string | null;
  readonly name: string | null;
  readonly state: number;
  readonly reason: string | null;
  readonly request_id: string | null;
  readonly http_status: number | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly verify: number;
  readonly at: number | null;
  readonly effect: number;
  readonly skip: SkipReason | null;
  readonly level: string;
  readonly risk_state: string;
  readonly score: number | null;
};

const runSelect = 'SELECT r.*, p.plan_id FROM run r JOIN plan p ON p.id = r.plan';
const stepSelect = `SELECT s.seq, p.object_id, p.upn, p.name, s.state, s.reason, s.request_id, s.http_status, s.before,
    s.after, s.verify, s.at, p.effect, p.reason AS skip, p.level, p.state AS risk_state, p.score
  FROM run r JOIN run_step s ON s.run = r.id JOIN plan_step p ON p.plan = r.plan AND p.seq = s.seq`;

/** @throws RiskdeskError not-found. */
export async function readRun(reader: Reader, runId: string): Promise<RunRecord> {
  const row = await reader.get<RunRow>(`${runSelect} WHERE r.run_id = ?`, [runId]);
  if (row === undefined)
    throw new RiskdeskError('not-found', `There is no run ${runId}.`, { field: 'runId', cure: 'List the runs.' });
  return toRecord(row);
}

export async function readRuns(
  reader: Reader,
  page: {
    readonly connection?: string | undefined;
    readonly states?: readonly RunState[] | undefined;
    readonly parentRunId?: string | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<StepPage<Run> & { readonly records: readonly RunRecord[] }> {
  const parts = ['1'];
  const params: SqlValue[] = [];
  if (page.connection !== undefined) {
    parts.push('r.connection = ?');
    params.push(page.connection);
  }
  if (page.parentRunId !== undefined) {
    parts.push('r.parent_run = ?');
    params.push(page.parentRunId);
  }
  if (page.states !== undefined) {
    parts.push(`r.state IN (${page.states.map(() => '?').join(', ')})`);
    params.push(...page.states.map((state) => runStates.indexOf(state)));
  }
  const where = parts.join(' AND ');
  const total = (await reader.get<{ n: number }>(`SELECT COUNT(*) AS n FROM run r WHERE ${where}`, params))?.n ?? 0;
  const rows = await reader.all<RunRow>(`${runSelect} WHERE ${where} ORDER BY r.id DESC LIMIT ? OFFSET ?`, [
    ...params,
    page.limit,
    page.offset,
  ]);
  const records = rows.map(toRecord);
  return { total, rows: records.map(({ run }) => run), records };
}

/** Steps for a person: by offset, in the order in which the run goes. */
export async function readRunSteps(
  reader: Reader,
  runId: string,
  page: { readonly state?: StepState | undefined; readonly offset: number; readonly limit: number },
): Promise<StepPage<RunStep>> {
  const { order } = await readRun(reader, runId);
  const where = page.state === undefined ? 's.run = ?' : 's.run = ? AND s.state = ?';
  const params: SqlValue[] = page.state === undefined ? [order] : [order, stepStates.indexOf(page.state)];
  const total =
    (await reader.get<{ n: number }>(`SELECT COUNT(*) AS n FROM run_step s WHERE ${where}`, params))?.n ?? 0;
  const rows = await reader.all<StepRow>(
    `${stepSelect} WHERE r.run_id = ? AND ${where} ORDER BY s.seq LIMIT ? OFFSET ?`,
    [runId, ...params, page.limit, page.offset],
  );
  return { total, rows: rows.map(toRunStep) };
}

/** Steps for the machinery: those in one of `states` (and verification states) after `after`, at most `limit`. */
export async function readWork(
  reader: Reader,
  runId: string,
  page: {
    readonly states: readonly StepState[];
    readonly verify?: readonly VerifyState[] | undefined;
    readonly after: number;
    readonly limit: number;
  },
): Promise<readonly WorkStep[]> {
  const params: SqlValue[] = [runId, page.after, ...page.states.map((state) => stepStates.indexOf(state))];
  let also = '';
  if (page.verify !== undefined) {
    also = `AND s.verify IN (${page.verify.map(() => '?').join(', ')})`;
    params.push(...page.verify.map((state) => verifyStates.indexOf(state)));
  }
  const rows = await reader.all<StepRow>(
    `${stepSelect} WHERE r.run_id = ? AND s.seq > ? AND s.state IN (${page.states.map(() => '?').join(', ')}) ${also}
     ORDER BY s.seq LIMIT ?`,
    [...params, page.limit],
  );
  return rows.map(toWork);
}

/**
 * Users to whom `kind` was done on the connection (and group) since `since` (epoch ms) and not taken back by an undo of
 * that run: object id, lower case, to the latest act.
 */
export async function readRecentActs(
  reader: Reader,
  query: {
    readonly connection: string;
    readonly kind: ActionKind;
    readonly groupId: string | null;
    readonly since: number;
  },
): Promise<ReadonlyMap<string, RecentAct>> {
  const rows = await reader.all<{ object_id: string; at: number; score: number | null }>(
    `SELECT p.object_id, s.at, p.score FROM run r
       JOIN run_step s ON s.run = r.id AND s.state = ? AND s.at >= ?
       JOIN plan_step p ON p.plan = r.plan AND p.seq = s.seq
     WHERE r.connection = ? AND r.kind = ? AND r.group_id IS ? AND NOT EXISTS (
       SELECT 1 FROM run u JOIN plan_step up ON up.plan = u.plan AND up.object_id = p.object_id
         JOIN run_step us ON us.run = u.id AND us.seq = up.seq AND us.state IN (?, ?)
       WHERE u.parent_run = r.run_id AND u.origin = 'undo')
     ORDER BY s.at`,
    [
      stepStates.indexOf('succeeded'),
      query.since,
      query.connection,
      query.kind,
      query.groupId,
      stepStates.indexOf('succeeded'),
      stepStates.indexOf('already'),
    ],
  );
  return new Map(rows.map((row) => [row.object_id.toLowerCase(), { at: row.at, score: row.score }]));
}

/**
 * Users of a run whom a later run on the same connection (and group) changed with one of `kinds`, lower case. Steps
 * whose outcome is unknown count as changes.
 */
export async function readLaterTouches(
  reader: Reader,
  runId: string,
  kinds: readonly ActionKind[],
): Promise<ReadonlySet<string>> {
  const rows = await reader.all<{ object_id: string }>(
    `SELECT DISTINCT p.object_id FROM run r
       JOIN run later ON later.id > r.id AND later.connection = r.connection AND later.group_id IS r.group_id
         AND later.kind IN (${kinds.map(() => '?').join(', ')})
       JOIN run_step s ON s.run = later.id AND s.state IN (?, ?, ?)
       JOIN plan_step p ON p.plan = later.plan AND p.seq = s.seq
     WHERE r.run_id = ?`,
    [...kinds, ...(['succeeded', 'started', 'unknown'] as const).map((state) => stepStates.indexOf(state)), runId],
  );
  return new Set(rows.map((row) => row.object_id.toLowerCase()));
}

function toRecord(row: RunRow): RunRecord {
  const run: Run = {
    runId: row.run_id,
    planId: row.plan_id,
    origin: row.origin,
    parentRunId: row.parent_run,
    action: row.action,
    connection: row.connection,
    kind: row.kind,
    group: row.group_target === null ? null : (JSON.parse(row.group_target) as GroupTarget),
    state: runStates[row.state] ?? 'stopped',
    message: row.message,
    startedAt: new Date(row.started).toISOString(),
    finishedAt: row.finished === null ? null : new Date(row.finished).toISOString(),
    total: row.planned + row.under_way + row.succeeded + row.already + row.skipped + row.failed + row.unsure,
    left: row.planned + row.under_way,
    counts: {
      succeeded: row.succeeded,
      already: row.already,
      skipped: row.skipped,
      failed: row.failed,
      unknown: row.unsure,
    },
    verification: { verified: row.verified, pending: row.pending, notApplied: row.not_applied },
    etaSeconds: null,
  };
  const owner =
    row.owner_token === null || row.owner_pid === null ? null : { pid: row.owner_pid, token: row.owner_token };
  return { run, owner, heartbeat: row.heartbeat, groupCreatedAt: row.group_created, order: row.id };
}

function toRunStep(row: StepRow): RunStep {
  return {
    seq: row.seq,
    objectId: row.object_id,
    userPrincipalName: row.upn,
    displayName: row.name,
    state: stepStates[row.state] ?? 'unknown',
    reason: row.reason,
    requestId: row.request_id,
    httpStatus: row.http_status,
    before: row.before,
    after: row.after,
    verify: verifyStates[row.verify] ?? 'unverified',
    at: row.at === null ? null : new Date(row.at).toISOString(),
  };
}

function toWork(row: StepRow): WorkStep {
  return {
    ...toRunStep(row),
    effect: stepEffects[row.effect] ?? 'skip',
    skip: row.skip,
    riskLevel: row.level,
    riskState: row.risk_state,
    score: row.score,
  };
}
