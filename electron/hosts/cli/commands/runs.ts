/** `action run` and what follows it: status, resume, retry, verify, undo. Those that do something block until it is done. */
import type { Command } from 'commander';
import { actionWords } from '../../../../shared/model/action.ts';
import type { Run, RunStep } from '../../../../shared/model/run.ts';
import { anyNumber, wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import type { FieldNames } from '../fieldNames.ts';
import { interruptible } from '../interrupt.ts';
import { makeProgress } from '../progress.ts';
import { commandLine } from '../self.ts';
import type { Client } from '../session.ts';
import { amount, clean, count, moment, table } from '../text.ts';
import { groupText } from './action.ts';

const fields: FieldNames = {
  planId: 'PLAN-ID',
  runId: 'RUN-ID',
  confirm: '--confirm',
  waitMinutes: '--wait',
  limit: '--limit',
  offset: '--offset',
};

type RunOptions = { readonly confirm?: number; readonly progress?: boolean };
type StatusOptions = { readonly steps?: boolean };

const anyCount = wholeNumber(0, 10_000_000);
const confirmWords = 'how many users will be acted on; needed above the cap when the run itself was not';

const withProgress = (command: Command): Command => command.option('--progress', 'show progress with --json, too');

export function declareRuns(actions: Command, cli: Cli): void {
  const run = withProgress(actions.command('run <plan-id>').description('carry out a plan and wait for the end'))
    .option('--confirm <count>', 'how many users will be acted on, as the plan says', anyCount)
    .action(cli.action(fields, (planId: string, options: RunOptions) => startRun(cli, planId, options)));
  example(run, 'action run 6f2c1d3e-0000-4000-8000-000000000001 --confirm 42');
  const status = actions
    .command('status <run-id>')
    .description('how far a run is and what came of it')
    .option('--steps', 'show the outcome of every user, with reason and request-id')
    .action(cli.action(fields, (runId: string, options: StatusOptions) => showStatus(cli, runId, options)));
  example(status, 'action status 0b7e4a10-0000-4000-8000-000000000002 --steps');
  const resume = withProgress(
    actions.command('resume <run-id>').description('go on with a run that was paused, stopped or interrupted'),
  );
  resume.action(
    cli.action(fields, (runId: string, options: RunOptions) =>
      block(cli, options, (client) => client.actions.resume({ runId })),
    ),
  );
  example(resume, 'action resume 0b7e4a10-0000-4000-8000-000000000002');
  const retry = withProgress(actions.command('retry <run-id>').description('a new run of the failed users alone'));
  retry
    .option('--confirm <count>', confirmWords, anyCount)
    .action(
      cli.action(fields, (runId: string, options: RunOptions) =>
        block(cli, options, (client) => client.actions.retry({ runId, confirm: options.confirm ?? null })),
      ),
    );
  example(retry, 'action retry 0b7e4a10-0000-4000-8000-000000000002');
  const verify = actions
    .command('verify <run-id>')
    .description('read back whether what the run did has taken effect')
    .option('--wait <minutes>', 'look again until all has settled, at most this long', anyNumber(0, 1_440), 0)
    .action(
      cli.action(fields, (runId: string, options: { readonly wait: number }) => verifyRun(cli, runId, options.wait)),
    );
  example(verify, 'action verify 0b7e4a10-0000-4000-8000-000000000002 --wait 30');
  const undo = withProgress(
    actions.command('undo <run-id>').description('take back what this run changed, where that is possible'),
  );
  undo
    .option('--confirm <count>', confirmWords, anyCount)
    .action(
      cli.action(fields, (runId: string, options: RunOptions) =>
        block(cli, options, (client) => client.actions.undo({ runId, confirm: options.confirm ?? null })),
      ),
    );
  example(undo, 'action undo 0b7e4a10-0000-4000-8000-000000000002');
  const runs = actions
    .command('runs')
    .description('runs, newest first')
    .option('--limit <n>', 'runs at most', wholeNumber(1, 1_000), 20)
    .option('--offset <n>', 'runs to leave out first', wholeNumber(0, 10_000_000), 0)
    .action(
      cli.action(fields, (options: { readonly limit: number; readonly offset: number }) => listRuns(cli, options)),
    );
  example(runs, 'action runs --limit 5');
}

async function startRun(cli: Cli, planId: string, options: RunOptions): Promise<ExitCode> {
  const { confirm } = options;
  if (confirm === undefined) {
    throw wrongUsage(
      '--confirm',
      'the number of users is missing; a run starts only when its reach has been read',
      `Look at the plan again and give --confirm COUNT with the number of users that will be acted on.`,
    );
  }
  return block(cli, options, (client) => client.actions.run({ planId, confirm }));
}

/** Starts work on a run, waits for its end, prints its document. Ctrl-C pauses after the batch at hand. */
async function block(cli: Cli, options: RunOptions, start: (client: Client) => Promise<Run>): Promise<ExitCode> {
  const run = await cli.core((client) => runToEnd(cli, client, options.progress === true, start), { workers: true });
  cli.out.result(runDocument(run), () => runText(run));
  return finish(cli, run);
}

/** As above, on a core that is open already. */
export async function runToEnd(
  cli: Cli,
  client: Client,
  showProgress: boolean,
  start: (client: Client) => Promise<Run>,
): Promise<Run> {
  const progress = makeProgress(cli.out, showProgress);
  let run: Run | null = null;
  let pauseAsked = false;
  const stop = async (): Promise<void> => {
    pauseAsked = true;
    if (run !== null) await client.actions.pause({ runId: run.runId });
  };
  const { value } = await interruptible(cli.out, { waitsFor: 'the batch at hand', stop }, async () => {
    try {
      let latest = await start(client);
      run = latest;
      if (pauseAsked) await client.actions.pause({ runId: latest.runId });
      for await (const state of await client.actions.watch({ runId: latest.runId })) {
        latest = state;
        const { total, left, etaSeconds, counts } = state;
        const failed = counts.failed === 0 ? null : `${count(counts.failed)} failed`;
        progress.show({ done: total - left, total, unit: 'user', etaSeconds, note: failed });
      }
      return latest.state === 'running' ? await client.actions.status({ runId: latest.runId }) : latest;
    } finally {
      progress.end();
    }
  });
  return value;
}

export function runDocument(run: Run): Record<string, unknown> {
  const { runId, state, counts, message, verification, left, total, planId, origin, parentRunId } = run;
  const { action, connection, kind, group, startedAt, finishedAt } = run;
  const progress = { runId, state, counts, message, verification, left, total };
  return { ...progress, planId, origin, parentRunId, action, connection, kind, group, startedAt, finishedAt };
}

export function runText(run: Run): string[] {
  const { counts, verification } = run;
  const states = `succeeded ${count(counts.succeeded)}, already ${count(counts.already)}, skipped ${count(counts.skipped)}, failed ${count(counts.failed)}, unknown ${count(counts.unknown)}`;
  const looked = verification.verified + verification.pending + verification.notApplied > 0;
  return [
    `Run ${run.runId}: ${actionWords[run.kind]}${groupText(run.group)} on "${clean(run.connection)}": ${run.state}.`,
    `  ${states}${run.left === 0 ? '' : `, ${count(run.left)} left`} of ${amount(run.total, 'user')}`,
    ...(looked
      ? [
          `  verified ${count(verification.verified)}, pending ${count(verification.pending)}, not applied ${count(verification.notApplied)}`,
        ]
      : []),
    ...(run.message === null ? [] : [`  ${clean(run.message)}`]),
  ];
}

export function finish(cli: Cli, run: Run): ExitCode {
  const { runId, state, counts } = run;
  if (state === 'paused' || state === 'stopped' || state === 'interrupted') {
    cli.out.note(`error: the run is ${state}; nothing is lost. Go on with: ${commandLine('action', 'resume', runId)}`);
    return 1;
  }
  if (state !== 'completed') return 1;
  if (counts.failed + counts.unknown === 0) {
    if (!cli.out.json) cli.out.note(`Check it: ${commandLine('action', 'verify', runId)}`);
    return 0;
  }
  cli.out.note(`error: ${amount(counts.failed, 'user')} failed, ${count(counts.unknown)} unknown.`);
  cli.out.note(`See why: ${commandLine('action', 'status', runId, '--steps')}`);
  cli.out.note(`Try them again: ${commandLine('action', 'retry', runId)}`);
  return 1;
}

async function showStatus(cli: Cli, runId: string, options: StatusOptions): Promise<ExitCode> {
  const { run, steps } = await cli.core(async (client) => ({
    run: await client.actions.status({ runId }),
    steps: options.steps === true ? await readRunSteps(client, runId) : null,
  }));
  const document = steps === null ? runDocument(run) : { ...runDocument(run), steps };
  cli.out.result(document, () => [...runText(run), ...(steps === null ? [] : ['', ...stepTable(steps)])]);
  return 0;
}

const pageSize = 1_000;

async function readRunSteps(client: Client, runId: string): Promise<readonly RunStep[]> {
  const steps: RunStep[] = [];
  for (;;) {
    const { rows, total } = await client.actions.runSteps({ runId, limit: pageSize, offset: steps.length });
    steps.push(...rows);
    if (rows.length === 0 || steps.length >= total) return steps;
  }
}

function stepTable(steps: readonly RunStep[]): string[] {
  return table(steps, [
    { title: 'NAME', of: (step) => step.displayName },
    { title: 'UPN', of: (step) => step.userPrincipalName },
    { title: 'ID', of: (step) => step.objectId },
    { title: 'OUTCOME', of: (step) => step.state },
    { title: 'VERIFIED', of: (step) => step.verify },
    { title: 'REQUEST-ID', of: (step) => step.requestId },
    { title: 'WHY', of: (step) => step.reason ?? '' },
  ]);
}

async function verifyRun(cli: Cli, runId: string, waitMinutes: number): Promise<ExitCode> {
  const told = new AbortController();
  const stop = { waitsFor: 'the answer at hand', stop: async () => told.abort() };
  const report = await cli.core(async (client) => {
    const verify = () => client.actions.verify({ runId, waitMinutes }, { signal: told.signal });
    return (await interruptible(cli.out, stop, verify)).value;
  });
  const { counts } = report;
  cli.out.result(report, () => [
    `Run ${runId}: ${report.state}.`,
    `  verified ${count(counts.verified)}, pending ${count(counts.pending)}, not applied ${count(counts.notApplied)}`,
  ]);
  if (counts.pending > 0)
    cli.out.note('A risk change takes 3 to 30 minutes to show. Look again, or add --wait MINUTES.');
  return counts.notApplied > 0 ? 1 : 0;
}

async function listRuns(cli: Cli, page: { readonly limit: number; readonly offset: number }): Promise<ExitCode> {
  const { total, rows } = await cli.core((client) => client.actions.runs(page));
  cli.out.result({ total, rows: rows.map(runDocument) }, () =>
    table(rows, [
      { title: 'STARTED (UTC)', of: (run) => moment(run.startedAt) },
      { title: 'RUN-ID', of: (run) => run.runId },
      {
        title: 'WHAT',
        of: (run) => `${run.origin === 'undo' ? 'Undo: ' : ''}${actionWords[run.kind]}${groupText(run.group)}`,
      },
      { title: 'STATE', of: (run) => run.state },
      { title: 'DONE', of: (run) => run.counts.succeeded + run.counts.already, right: true },
      { title: 'FAILED', of: (run) => run.counts.failed, right: true },
      { title: 'LEFT', of: (run) => run.left, right: true },
    ]),
  );
  if (!cli.out.json) cli.out.note(`${count(rows.length)} of ${amount(total, 'run')}.`);
  return 0;
}
