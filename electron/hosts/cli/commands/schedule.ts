/** `schedule`: what happens by itself, the plans that wait for approval, and a scheduler for a machine without a window. */
import type { Command } from 'commander';
import { actionWords } from '../../../../shared/model/action.ts';
import type { AutomaticPlan, ScheduleHold, ScheduleState } from '../../../../shared/model/schedule.ts';
import { wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import type { FieldNames } from '../fieldNames.ts';
import { interruptible } from '../interrupt.ts';
import { commandLine } from '../self.ts';
import type { Client } from '../session.ts';
import { clean, count, moment, table } from '../text.ts';
import { groupText } from './action.ts';
import { finish, runText, runToEnd } from './runs.ts';
import { newsOf } from './scheduleNews.ts';

const fields: FieldNames = { planId: 'PLAN-ID', confirm: '--confirm', reason: '--reason' };

type ApproveOptions = { readonly confirm?: number; readonly progress?: boolean };
type ReasonOptions = { readonly reason?: string };

export function declareSchedule(group: Command, cli: Cli): void {
  const status = group
    .command('status')
    .description('next syncs, plans that wait for approval, and what holds them back');
  example(status.action(cli.action(fields, () => showStatus(cli))), 'schedule status');
  const run = group
    .command('run')
    .description('keep the schedule until Ctrl-C: due syncs, the plans after them, and runs that need nobody');
  example(run.action(cli.action(fields, () => keep(cli))), 'schedule run');
  const approve = group
    .command('approve <plan-id>')
    .description('approve a plan that waits, carry it out, and wait for the end')
    .option('--confirm <count>', 'how many users will be acted on, as the plan says', wholeNumber(0, 10_000_000))
    .option('--progress', 'show progress with --json, too')
    .action(cli.action(fields, (planId: string, options: ApproveOptions) => approvePlan(cli, planId, options)));
  example(approve, 'schedule approve 6f2c1d3e-0000-4000-8000-000000000001 --confirm 42');
  const reject = group
    .command('reject <plan-id>')
    .description('reject a plan that waits; a later sync makes a new one when it would be another')
    .option('--reason <text>', 'why, for the action log')
    .action(cli.action(fields, (planId: string, options: ReasonOptions) => rejectPlan(cli, planId, options)));
  example(reject, 'schedule reject 6f2c1d3e-0000-4000-8000-000000000001 --reason "They are on a test"');
  const pause = group
    .command('pause')
    .description('let nothing begin by itself until it is resumed')
    .option('--reason <text>', 'why, for the action log')
    .action(
      cli.action(fields, (options: ReasonOptions) =>
        change(cli, (client) => client.schedule.pause({ reason: options.reason })),
      ),
    );
  example(pause, 'schedule pause --reason "Tenant migration"');
  const resume = group.command('resume').description('let things begin by themselves again');
  example(
    resume.action(cli.action(fields, () => change(cli, (client) => client.schedule.resume()))),
    'schedule resume',
  );
}

async function showStatus(cli: Cli): Promise<ExitCode> {
  const state = await cli.core((client) => client.schedule.state());
  cli.out.result(state, () => stateText(state));
  return 0;
}

async function change(cli: Cli, ask: (client: Client) => Promise<ScheduleState>): Promise<ExitCode> {
  const state = await cli.core(ask);
  cli.out.result(state, () => holdText(state));
  return 0;
}

async function approvePlan(cli: Cli, planId: string, options: ApproveOptions): Promise<ExitCode> {
  const { confirm } = options;
  if (confirm === undefined) {
    throw wrongUsage(
      '--confirm',
      'the number of users is missing; a plan is approved only when its reach has been read',
      'Look at the plan and give --confirm COUNT with the number of users that will be acted on.',
    );
  }
  const { plan, run } = await cli.core(
    async (client) => {
      const approved = await client.schedule.approve({ planId, confirm });
      const { runId } = approved;
      if (runId === null) return { plan: approved, run: null };
      const ended = await runToEnd(cli, client, options.progress === true, () => client.actions.status({ runId }));
      return { plan: approved, run: ended };
    },
    { workers: true },
  );
  cli.out.result({ plan, run }, () =>
    run === null
      ? [`Approved plan ${planId}. It runs as soon as nothing is in its way, in the program that keeps the schedule.`]
      : runText(run),
  );
  return run === null ? 0 : finish(cli, run);
}

async function rejectPlan(cli: Cli, planId: string, { reason }: ReasonOptions): Promise<ExitCode> {
  const plan = await cli.core((client) => client.schedule.reject({ planId, reason }));
  cli.out.result(plan, () => [`Rejected plan ${planId} of action "${clean(plan.action)}".`]);
  return 0;
}

/** Stays up: the core itself does the work, this tells of it. */
async function keep(cli: Cli): Promise<ExitCode> {
  const told = new AbortController();
  const stop = { waitsFor: 'the page or batch at hand', stop: async () => told.abort() };
  const state = await cli.core(
    async (client) => {
      await interruptible(cli.out, stop, () => follow(cli, client, told.signal));
      return client.schedule.state();
    },
    { workers: true, scheduler: true },
  );
  cli.out.result(state, () => ['The schedule is no longer kept here.']);
  return 0;
}

async function follow(cli: Cli, client: Client, signal: AbortSignal): Promise<void> {
  let before: ScheduleState | null = null;
  cli.out.note('Keeping the schedule. Ctrl-C ends it.');
  try {
    for await (const state of await client.schedule.watch(undefined, { signal })) {
      for (const line of newsOf(before, state)) cli.out.note(clean(line));
      before = state;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function stateText(state: ScheduleState): string[] {
  return [
    ...holdText(state),
    '',
    ...table(state.connections, [
      { title: 'CONNECTION', of: ({ connection }) => connection },
      { title: 'EVERY', of: ({ every }) => (every === null ? 'by hand' : `${count(every)} min`) },
      { title: 'LAST SYNC (UTC)', of: ({ last }) => moment(last?.at ?? null) },
      {
        title: 'RESULT',
        of: ({ last }) => (last === null ? '-' : last.complete ? 'complete' : (last.errorCode ?? 'incomplete')),
      },
      { title: 'NEXT (UTC)', of: ({ running, nextAt }) => (running ? 'syncing now' : moment(nextAt)) },
      { title: 'FAILURES', of: ({ backOff }) => backOff?.failures ?? 0, right: true },
    ]),
    ...plansText('waits for approval', 'wait for approval', state.pending),
    ...plansText('runs next', 'run next', state.queue),
    ...state.pending.flatMap(({ planId, counts }) => [
      `Approve it: ${commandLine('schedule', 'approve', planId, '--confirm', String(counts.act))}`,
    ]),
    ...(state.checks.length === 0 ? [] : ['', 'Automatic actions:']),
    ...state.checks.map(
      ({ action, outcome, at, message }) =>
        `  "${clean(action)}": ${checkWords[outcome]}${message === null ? '' : ` (${clean(message)})`}, ${moment(at)}`,
    ),
  ];
}

const checkWords: Readonly<Record<ScheduleState['checks'][number]['outcome'], string>> = {
  waiting: 'a plan waits for approval',
  queued: 'a plan runs next',
  same: 'the plan that waits is still right',
  nothing: 'nobody to act on',
  muted: 'its rule is muted',
  'read-only': 'not planned in read-only mode',
  'run-under-way': 'its last run has not ended',
  approved: 'an approved plan has not begun',
  rejected: 'the same plan was rejected',
  failed: 'could not be planned',
};

function plansText(one: string, many: string, plans: readonly AutomaticPlan[]): string[] {
  if (plans.length === 0) return [];
  return [
    '',
    `${plans.length === 1 ? `1 plan ${one}` : `${count(plans.length)} plans ${many}`}:`,
    ...table(plans, [
      { title: 'PLAN-ID', of: ({ planId }) => planId },
      { title: 'ACTION', of: ({ action }) => action },
      { title: 'WHAT', of: ({ kind, group }) => `${actionWords[kind]}${groupText(group)}` },
      { title: 'USERS', of: ({ counts }) => counts.act, right: true },
      {
        title: 'WHY',
        of: ({ need, cap }) =>
          need === 'cap' ? `above the cap of ${count(cap)}` : need === null ? '-' : 'approval is on',
      },
      { title: 'VALID UNTIL (UTC)', of: ({ expiresAt }) => moment(expiresAt) },
    ]),
  ];
}

function holdText({ keeper, holds }: ScheduleState): string[] {
  if (holds.length > 0) return holds.map(holdLine);
  return [keeper ? 'This program keeps the schedule.' : 'Nothing is held back.'];
}

function holdLine(hold: ScheduleHold): string {
  switch (hold.why) {
    case 'paused':
      return `Paused since ${moment(hold.since)} UTC by ${clean(hold.who)}${hold.reason === null ? '' : `: ${clean(hold.reason)}`}.`;
    case 'elsewhere':
      return `Process ${hold.pid} on ${clean(hold.host)} keeps the schedule.`;
    case 'nobody':
      return `Nothing happens by itself: no program keeps the schedule. Open Riskdesk, or start ${commandLine('schedule', 'run')}.`;
    case 'read-only':
      return 'Read-only mode: syncs go on, nothing is planned or run.';
    case 'maintenance':
      return `Maintenance window until ${hold.until}: runs wait, syncs go on.`;
  }
}
