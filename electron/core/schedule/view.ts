/** The schedule as a person sees it, made from what is known at one moment. Pure. */
import type { Connection } from '../../../shared/model/connection.ts';
import type { PlanStep } from '../../../shared/model/plan.ts';
import type {
  AutomaticPlan,
  ScheduledConnection,
  ScheduleHold,
  ScheduleState,
} from '../../../shared/model/schedule.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { SyncState } from '../../../shared/model/sync.ts';
import { inMaintenance } from '../plan/guardrails.ts';
import { expiresAt } from './decide.ts';
import { type Ended, type Now, nextAt, type Timing } from './due.ts';
import type { Lease } from './lease.ts';
import { asOpen, type CheckRecord, type Pause, type PlanRecord } from './records.ts';

/** A connection with all that its next sync is decided on. `timing` is null when it syncs only when asked. */
export type Tracked = {
  readonly connection: Connection;
  readonly state: SyncState;
  readonly ended: Ended | null;
  readonly timing: Timing | null;
};

type FirstPeople = ReadonlyMap<string, readonly PlanStep[]>;

const iso = (at: number): string => new Date(at).toISOString();

export function connectionView(
  { connection, ended, timing }: Tracked,
  now: Now,
  stopped: boolean,
): ScheduledConnection {
  const running = timing?.running === true;
  const backsOff = ended !== null && ended.failures > 0;
  return {
    connection: connection.name,
    every: connection.syncEvery,
    running,
    nextAt: timing === null || running || stopped ? null : iso(nextAt(timing, now)),
    last:
      ended === null
        ? null
        : { at: iso(ended.at), complete: ended.complete, errorCode: ended.errorCode, message: ended.message },
    backOff: backsOff
      ? { failures: ended.failures, errorCode: ended.errorCode ?? 'internal', message: ended.message }
      : null,
  };
}

export function planView(
  record: PlanRecord,
  facts: {
    readonly people: FirstPeople;
    readonly sentences: ReadonlyMap<string, string>;
    readonly approvalHours: number;
    readonly now: number;
  },
): AutomaticPlan {
  const { head } = record;
  const expires = expiresAt(asOpen(record), facts.approvalHours);
  const open = record.state === 'waiting' || record.state === 'queued';
  const expired = open && facts.now >= expires;
  return {
    planId: head.planId,
    action: head.action ?? '',
    rule: head.rule,
    sentence: facts.sentences.get(head.rule ?? '') ?? null,
    connection: head.connection,
    kind: head.kind,
    group: head.group,
    total: head.total,
    counts: head.counts,
    cap: head.cap,
    first: (facts.people.get(head.planId) ?? []).map(({ objectId, displayName, userPrincipalName }) => ({
      objectId,
      displayName,
      userPrincipalName,
    })),
    state: expired ? 'expired' : record.state,
    need: record.need,
    plannedAt: iso(record.planned),
    checkedAt: iso(record.checked),
    expiresAt: iso(expires),
    decidedBy: record.decidedBy,
    decidedAt: record.decided === null ? null : iso(record.decided),
    reason: expired ? `Nobody decided within ${facts.approvalHours} hours.` : record.reason,
    runId: record.runId,
  };
}

/** `reason`: why the host refuses actions; null when the setting does, or nobody. `now` is epoch ms. */
export function holdsOf(facts: {
  readonly pause: Pause | null;
  readonly keeper: boolean;
  readonly lease: Lease | null;
  readonly settings: Settings;
  readonly hostReadOnly: string | null;
  readonly now: number;
}): readonly ScheduleHold[] {
  const { pause, keeper, lease, settings, hostReadOnly } = facts;
  const { readOnly, maintenanceWindow } = settings.guardrails;
  const holds: ScheduleHold[] = [];
  if (pause !== null) {
    holds.push({ why: 'paused', stops: 'everything', since: iso(pause.since), who: pause.who, reason: pause.reason });
  }
  if (!keeper) {
    holds.push(
      lease === null
        ? { why: 'nobody', stops: 'everything' }
        : { why: 'elsewhere', stops: 'here', pid: lease.pid, host: lease.host },
    );
  }
  if (readOnly || hostReadOnly !== null) holds.push({ why: 'read-only', stops: 'runs', reason: hostReadOnly });
  if (maintenanceWindow !== null && isMaintenance(settings, facts.now)) {
    holds.push({ why: 'maintenance', stops: 'runs', until: maintenanceWindow.to });
  }
  return holds;
}

/** By the local wall clock. */
export function isMaintenance({ guardrails }: Settings, now: number): boolean {
  const at = new Date(now);
  const time = { weekday: at.getDay(), minutes: at.getHours() * 60 + at.getMinutes() };
  return inMaintenance(guardrails.maintenanceWindow, time);
}

export function stateView(facts: {
  readonly keeper: boolean;
  readonly holds: readonly ScheduleHold[];
  readonly tracked: readonly Tracked[];
  readonly open: readonly PlanRecord[];
  readonly decided: readonly PlanRecord[];
  readonly checks: readonly CheckRecord[];
  readonly people: FirstPeople;
  readonly sentences: ReadonlyMap<string, string>;
  readonly settings: Settings;
  readonly now: Now;
}): ScheduleState {
  const { approvalHours } = facts.settings.guardrails;
  const { people, sentences, holds } = facts;
  const shown = (record: PlanRecord) => planView(record, { people, sentences, approvalHours, now: facts.now.wall });
  const open = facts.open.map(shown);
  const stopped = holds.some(({ stops }) => stops === 'everything');
  return {
    keeper: facts.keeper,
    holds,
    connections: facts.tracked.map((one) => connectionView(one, facts.now, stopped)),
    pending: open.filter(({ state }) => state === 'waiting'),
    queue: open.filter(({ state }) => state === 'queued'),
    recent: [...open.filter(({ state }) => state === 'expired'), ...facts.decided.map(shown)],
    checks: facts.checks.map(({ at, ...check }) => ({ ...check, at: iso(at) })),
  };
}
