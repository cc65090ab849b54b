/** `action plan`: exactly whom an action would touch, and what would happen to each, before anything is sent. */
import type { Command } from 'commander';
import { actionWords } from '../../../../shared/model/action.ts';
import type { PlanHead, PlanStep, SkipReason } from '../../../../shared/model/plan.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { commandLine } from '../self.ts';
import type { Client } from '../session.ts';
import { amount, clean, count, duration, table } from '../text.ts';
import { groupText } from './action.ts';
import { readSpan, type SpanOptions, withSpan } from './rule.ts';

type PlanOptions = SpanOptions & { readonly steps?: boolean };

const firstNames = 20;
const pageSize = 1_000;

export function declarePlans(actions: Command, cli: Cli): void {
  const plan = withSpan(actions.command('plan <name>').description('plan an action: whom it touches and what it costs'))
    .option('--steps', 'show every user, not only the first 20')
    .action(
      cli.action({ name: 'NAME', days: '--days', group: 'NAME' }, (name: string, options: PlanOptions) =>
        makePlan(cli, name, options),
      ),
    );
  example(plan, 'action plan quarantine', 'action plan quarantine --days 7 --json');
}

async function makePlan(cli: Cli, name: string, options: PlanOptions): Promise<ExitCode> {
  const days = readSpan(options);
  const { head, steps } = await cli.core(async (client) => {
    const head = await client.actions.plan({ name, days });
    return { head, steps: await readSteps(client, head.planId, options.steps === true ? head.total : firstNames) };
  });
  cli.out.result(documentOf(head, options.steps === true ? steps : null), () => planText(head, steps));
  return 0;
}

/** The first `most` steps of a plan, page by page. */
export async function readSteps(client: Client, planId: string, most: number): Promise<readonly PlanStep[]> {
  const steps: PlanStep[] = [];
  while (steps.length < most) {
    const limit = Math.min(pageSize, most - steps.length);
    const { rows } = await client.actions.planSteps({ planId, limit, offset: steps.length });
    if (rows.length === 0) break;
    steps.push(...rows);
  }
  return steps;
}

function documentOf(head: PlanHead, steps: readonly PlanStep[] | null): Record<string, unknown> {
  const { planId, total, counts, requests, estimatedSeconds, cap, kind, connection, group, membersKnown, days } = head;
  const plan = { planId, total, counts, requests, estimatedSeconds, cap, kind, connection, group, membersKnown, days };
  return steps === null ? plan : { ...plan, steps };
}

const reasonWords: Readonly<Record<SkipReason, string>> = {
  deleted: 'deleted in Entra, cannot be acted on',
  gone: 'no longer listed by Graph',
  protected: 'protected user',
  'protected-group': 'member of a protected group',
  guest: 'guest: it has no effect on guests',
  flap: 'the same was done recently and the score has not changed',
  'changed-since': 'changed by somebody else since the run',
};

export function planText(head: PlanHead, steps: readonly PlanStep[]): string[] {
  const { counts } = head;
  const reasons = Object.entries(reasonWords).flatMap(([reason, words]) => {
    const users = counts.reasons[reason as SkipReason] ?? 0;
    return users === 0 ? [] : [`    ${count(users)} ${words}`];
  });
  const span = head.days === null ? 'all time' : `updated in the last ${amount(head.days, 'day')}`;
  return [
    `Plan ${head.planId}: ${actionWords[head.kind]}${groupText(head.group)} on "${clean(head.connection)}", ${span}.`,
    `  ${amount(head.total, 'user')}: ${count(counts.act)} will be acted on, ${count(counts.already)} already there, ${count(counts.skipped)} left alone`,
    ...reasons,
    `  at most ${amount(head.requests, 'request')}, about ${duration(head.estimatedSeconds)}`,
    ...(head.membersKnown
      ? []
      : ["  The group's members could not be read: the run looks again before it sends anything."]),
    ...(counts.act > head.cap
      ? [`  ${count(counts.act)} is above the cap of ${count(head.cap)}: the number must be typed.`]
      : []),
    '',
    ...table(steps, [
      { title: 'NAME', of: (step) => step.displayName },
      { title: 'UPN', of: (step) => step.userPrincipalName },
      { title: 'RISK', of: (step) => step.riskLevel },
      { title: 'SCORE', of: (step) => step.score, right: true },
      { title: 'WHAT HAPPENS', of: (step) => effectText(head, step) },
    ]),
    ...(steps.length < head.total
      ? [`… and ${amount(head.total - steps.length, 'more user', 'more users')} (--steps shows all)`]
      : []),
    '',
    `Run it: ${commandLine('action', 'run', head.planId, '--confirm', String(counts.act))}`,
  ];
}

function effectText(head: PlanHead, step: PlanStep): string {
  switch (step.effect) {
    case 'act':
      return actionWords[head.kind];
    case 'already':
      return 'nothing: already there';
    case 'skip':
      return `left alone: ${step.reason === null ? 'skipped' : reasonWords[step.reason]}`;
  }
}
