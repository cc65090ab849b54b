/** What a person who watches `schedule run` wants to read when the schedule went from one state to the next. Pure. */
import { actionWords } from '../../../../shared/model/action.ts';
import type { AutomaticPlan, ScheduledConnection, ScheduleState } from '../../../../shared/model/schedule.ts';
import { commandLine } from '../self.ts';
import { amount, moment } from '../text.ts';

export function newsOf(before: ScheduleState | null, now: ScheduleState): readonly string[] {
  return [
    ...keeperNews(before, now),
    ...now.connections.flatMap((one) =>
      connectionNews(
        before?.connections.find((b) => b.connection === one.connection),
        one,
      ),
    ),
    ...now.pending.filter(({ planId }) => !before?.pending.some((b) => b.planId === planId)).map(waits),
    ...(before === null
      ? []
      : now.recent.filter(({ planId }) => !before.recent.some((b) => b.planId === planId)).map(decided)),
  ];
}

function keeperNews(before: ScheduleState | null, now: ScheduleState): string[] {
  if (now.keeper) return before?.keeper === true ? [] : ['This program keeps the schedule now.'];
  const elsewhere = now.holds.find(({ why }) => why === 'elsewhere');
  const was = before?.holds.find(({ why }) => why === 'elsewhere');
  if (elsewhere?.why !== 'elsewhere' || (was?.why === 'elsewhere' && was.pid === elsewhere.pid)) return [];
  return [`Process ${elsewhere.pid} keeps the schedule; this one takes over when it ends.`];
}

function connectionNews(before: ScheduledConnection | undefined, now: ScheduledConnection): string[] {
  if (now.running) return before?.running === true ? [] : [`Syncing "${now.connection}".`];
  if (before === undefined || now.last === null || before.last?.at === now.last.at) return [];
  const next = now.nextAt === null ? '' : ` Next at ${moment(now.nextAt)} UTC.`;
  if (now.last.complete) return [`Synced "${now.connection}".${next}`];
  return [
    `"${now.connection}" could not be synced: ${now.last.message ?? now.last.errorCode ?? 'it ended early'}${next}`,
  ];
}

function waits({ planId, action, kind, counts }: AutomaticPlan): string {
  const approve = commandLine('schedule', 'approve', planId, '--confirm', String(counts.act));
  return `A plan of "${action}" waits for approval: ${actionWords[kind]}, ${amount(counts.act, 'user')}. ${approve}`;
}

const words: Readonly<Record<AutomaticPlan['state'], string>> = {
  waiting: 'waits',
  queued: 'is queued',
  ran: 'runs',
  rejected: 'was rejected',
  superseded: 'was replaced by a newer one',
  expired: 'is no longer valid',
  withdrawn: 'was withdrawn',
  failed: 'could not be run',
};

function decided({ planId, action, state, decidedBy, reason, runId }: AutomaticPlan): string {
  const who = decidedBy === null ? '' : ` (${decidedBy})`;
  const why = reason === null ? '' : `: ${reason}`;
  return `Plan ${planId} of "${action}" ${words[state]}${runId === null ? '' : ` as run ${runId}`}${who}${why}`;
}
