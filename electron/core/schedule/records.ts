/** Reads what the store keeps of the schedule. Leaves out what it means (decide.ts, due.ts) and how it is shown (view.ts). */
import type { PlanHead } from '../../../shared/model/plan.ts';
import {
  type ApprovalNeed,
  type AutomaticState,
  automaticStates,
  type CheckOutcome,
} from '../../../shared/model/schedule.ts';
import type { Reader } from '../store/types.ts';
import type { OpenPlan } from './decide.ts';
import type { Ended } from './due.ts';
import type { Lease } from './lease.ts';

export type Pause = { readonly since: number; readonly who: string; readonly reason: string | null };

export type PlanRecord = {
  readonly head: PlanHead;
  readonly actionId: number;
  readonly state: AutomaticState;
  readonly need: ApprovalNeed | null;
  readonly planned: number;
  readonly checked: number;
  readonly confirm: number | null;
  readonly decided: number | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly runId: string | null;
};

export type CheckRecord = {
  readonly action: string;
  readonly connection: string;
  readonly at: number;
  readonly outcome: CheckOutcome;
  readonly message: string | null;
};

export async function readSchedule(
  reader: Reader,
): Promise<{ readonly lease: Lease | null; readonly pause: Pause | null }> {
  const row = await reader.get<{
    paused: number | null;
    paused_by: string | null;
    paused_reason: string | null;
    owner_pid: number | null;
    owner_host: string | null;
    owner_token: string | null;
    heartbeat: number;
  }>('SELECT * FROM schedule');
  const { owner_pid: pid = null, owner_host: host = null, owner_token: token = null } = row ?? {};
  return {
    lease:
      row === undefined || pid === null || host === null || token === null
        ? null
        : { pid, host, token, heartbeat: row.heartbeat },
    pause:
      row === undefined || row.paused === null
        ? null
        : { since: row.paused, who: row.paused_by ?? '', reason: row.paused_reason },
  };
}

/** By connection id: how its last sync ended, and the end of the sync that plans last followed. */
export async function readEnded(
  reader: Reader,
): Promise<ReadonlyMap<number, { readonly ended: Ended; readonly planned: number | null }>> {
  const rows = await reader.all<{
    connection: number;
    ended: number;
    complete: number;
    failures: number;
    error_code: string | null;
    message: string | null;
    jitter: number;
    planned: number | null;
  }>('SELECT * FROM schedule_connection');
  return new Map(
    rows.map((row) => {
      const { ended: at, failures, error_code: errorCode, message, jitter } = row;
      const ended = { at, complete: row.complete === 1, failures, errorCode, message, jitter };
      return [row.connection, { ended, planned: row.planned }];
    }),
  );
}

export async function readChecks(reader: Reader): Promise<readonly CheckRecord[]> {
  return reader.all<CheckRecord>(
    `SELECT a.name AS action, c.name AS connection, k.at, k.outcome, k.message FROM schedule_check k
       JOIN action a ON a.id = k.action JOIN connection c ON c.id = a.connection
     WHERE a.automatic = 1 AND a.enabled = 1 ORDER BY a.name_fold`,
  );
}

type PlanRow = {
  readonly head: string;
  readonly action: number;
  readonly state: number;
  readonly need: ApprovalNeed | null;
  readonly planned: number;
  readonly checked: number;
  readonly confirm: number | null;
  readonly decided: number | null;
  readonly decided_by: string | null;
  readonly reason: string | null;
  readonly run_id: string | null;
};

const select = 'SELECT p.head, a.* FROM automatic_plan a JOIN plan p ON p.plan_id = a.plan_id';

/** Waiting and queued ones, oldest first. */
export async function readOpenPlans(reader: Reader): Promise<readonly PlanRecord[]> {
  return (await reader.all<PlanRow>(`${select} WHERE a.state <= 1 ORDER BY a.id`)).map(fromRow);
}

/** The last ones that were decided, newest decision first. */
export async function readDecidedPlans(reader: Reader, limit: number): Promise<readonly PlanRecord[]> {
  const rows = await reader.all<PlanRow>(
    `${select} WHERE a.state > 1 ORDER BY COALESCE(a.decided, a.planned) DESC, a.id DESC LIMIT ?`,
    [limit],
  );
  return rows.map(fromRow);
}

/** By action id: the hash of its newest plan, where a person rejected that. */
export async function readRejected(reader: Reader): Promise<ReadonlyMap<number, string>> {
  const rows = await reader.all<{ action: number; hash: string }>(
    `SELECT a.action, p.hash FROM automatic_plan a JOIN plan p ON p.plan_id = a.plan_id
     WHERE a.state = ? AND a.id IN (SELECT MAX(id) FROM automatic_plan GROUP BY action)`,
    [automaticStates.indexOf('rejected')],
  );
  return new Map(rows.map(({ action, hash }) => [action, hash]));
}

export async function readAutomaticPlan(reader: Reader, planId: string): Promise<PlanRecord | null> {
  const row = await reader.get<PlanRow>(`${select} WHERE a.plan_id = ?`, [planId]);
  return row === undefined ? null : fromRow(row);
}

/** For the functions that decide. Approval is a person's; a decision of the schedule itself leaves no name. */
export function asOpen(record: PlanRecord): OpenPlan {
  const { head, actionId, need, planned, checked, confirm } = record;
  return {
    planId: head.planId,
    actionId,
    state: record.state === 'queued' ? 'queued' : 'waiting',
    need,
    planned,
    checked,
    approved: record.state === 'queued' ? record.decided : null,
    confirm,
    hash: head.hash,
    connection: head.connection,
  };
}

function fromRow(row: PlanRow): PlanRecord {
  return {
    head: JSON.parse(row.head) as PlanHead,
    actionId: row.action,
    state: automaticStates[row.state] ?? 'failed',
    need: row.need,
    planned: row.planned,
    checked: row.checked,
    confirm: row.confirm,
    decided: row.decided,
    decidedBy: row.decided_by,
    reason: row.reason,
    runId: row.run_id,
  };
}
