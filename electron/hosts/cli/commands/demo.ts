/** `demo`: the whole way once, on real HTTP against a sample tenant: connect, sync, score, rule, plan, run, verify, undo. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { commandLine, programName, quote } from '../self.ts';
import type { Client } from '../session.ts';
import { amount, clean, count } from '../text.ts';
import { planText, readSteps } from './plan.ts';
import { runText, runToEnd } from './runs.ts';
import { histogramText } from './scores.ts';
import { startTwin } from './serveTwin.ts';
import { syncToEnd } from './sync.ts';

type DemoOptions = { readonly users: number; readonly keep?: boolean };
type Tenant = {
  readonly tenant: string;
  readonly client: string;
  readonly authorityUrl: string;
  readonly graphUrl: string;
};
type Summary = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export function declareDemo(demo: Command, cli: Cli): void {
  demo
    .option('--users <n>', 'risky users of the sample tenant', wholeNumber(50, 5_000_000), 2_000)
    .option('--keep', 'keep the temporary data folder')
    .action(cli.action({}, (options: DemoOptions) => runDemo(cli, options)));
  example(demo, 'demo', 'demo --users 200000 --json');
}

const secretName = 'RISKDESK_DEMO_SECRET';
const connection = 'sample';
const rule = 'High risk';
const action = 'Quarantine high risk';
const manyUsers = 20_000;

async function runDemo(cli: Cli, options: DemoOptions): Promise<ExitCode> {
  const given = cli.givenDataDir();
  const dataDir = given === undefined ? await mkdtemp(join(tmpdir(), 'riskdesk-demo-')) : cli.dataDir();
  const dispose = given === undefined && options.keep !== true;
  const clear = (): void => {
    if (dispose) rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  const quit = (): never => {
    clear();
    process.exit(1);
  };
  process.on('SIGINT', quit);
  process.on('SIGTERM', quit);
  const { twin, served } = await startTwin({ users: options.users, riskDelayMs: 1_000 }, 0);
  try {
    const [{ withCore }, { nodeOutside }] = await Promise.all([
      import('../session.ts'),
      import('../../../adapters/outside.ts'),
    ]);
    const { tenant, client, secret } = twin.credentials;
    const at: Tenant = { tenant, client, authorityUrl: served.authorityUrl, graphUrl: served.graphUrl };
    const outside = nodeOutside({ ...process.env, [secretName]: secret });
    const summary = await withCore({ dataDir, workers: options.users > manyUsers, outside }, (core) =>
      walk(cli, core, at, options.users),
    );
    if (cli.out.json) cli.out.document({ ...summary, dataDir: dispose ? null : dataDir });
    else for (const line of doItYourself(at, secret, dispose ? null : dataDir)) cli.out.text(line);
    return summary.ok ? 0 : 1;
  } finally {
    await served.close();
    process.off('SIGINT', quit);
    process.off('SIGTERM', quit);
    clear();
  }
}

/** Tells what each step does on stdout, or on stderr with `--json`. */
async function walk(cli: Cli, core: Client, at: Tenant, users: number): Promise<Summary> {
  const begun = performance.now();
  const say = (title: string, lines: readonly string[] = []): void => {
    cli.out.text(`\n${title}`);
    for (const line of lines) cli.out.text(line);
  };
  if ((await core.connections.list()).length > 0) {
    throw new RiskdeskError('already-exists', '--data-dir: the folder holds connections already', {
      field: '--data-dir',
      cure: 'Give a new folder, or leave it out to use a temporary one.',
    });
  }
  say(`1. Connect to a sample tenant with ${amount(users, 'risky user')} at ${at.graphUrl}`);
  await core.connections.add({ name: connection, ...at, credential: { kind: 'secret-env', variable: secretName } });
  const test = await core.connections.test({ name: connection });
  say(
    '2. Test the connection',
    test.steps.map((step) => `  ${step.ok ? '✓' : '✗'} ${step.message}`),
  );

  const { value: sync } = await syncToEnd(cli, core, connection, {});
  const seconds = (sync.durationMs / 1_000).toFixed(1);
  say('3. Sync', [`  ${amount(sync.users, 'user')} in ${amount(sync.requests, 'request')} and ${seconds} s`]);
  const histogram = await core.scores.histogram({ filter: {} });
  say(
    '4. Score',
    histogramText(histogram).map((line) => `  ${line}`),
  );

  const query = {
    combinator: 'and',
    rules: [
      { field: 'riskLevel', operator: '=', value: 'high' },
      { field: 'riskState', operator: '=', value: 'atRisk' },
    ],
  };
  await core.rules.add({ name: rule, query });
  const matches = await core.rules.test({ name: rule });
  say(`5. Rule "${rule}"`, [`  ${clean(matches.sentence)}: ${amount(matches.total, 'user')}`]);

  const group = { mode: 'create' as const, name: 'Riskdesk quarantine', kind: 'security' as const };
  await core.actions.add({ name: action, rule, connection, kind: 'add-to-group', group });
  const plan = await core.actions.plan({ name: action, days: null });
  const shown = await readSteps(core, plan.planId, 8);
  say(
    '6. Plan',
    planText(plan, shown)
      .slice(0, -2)
      .map((line) => `  ${line}`),
  );

  const confirm = plan.counts.act;
  const run = await runToEnd(cli, core, false, (client) => client.actions.run({ planId: plan.planId, confirm }));
  say(
    `7. Run, with the number typed: ${count(confirm)}`,
    runText(run).map((line) => `  ${line}`),
  );
  const verified = await core.actions.verify({ runId: run.runId, waitMinutes: 1 });
  say('8. Verify', [
    `  ${verified.state}: ${count(verified.counts.verified)} of ${amount(run.counts.succeeded, 'user')}`,
  ]);
  const undo = await runToEnd(cli, core, false, (client) => client.actions.undo({ runId: run.runId }));
  say(
    '9. Undo',
    runText(undo).map((line) => `  ${line}`),
  );
  const journal = await core.journal.verify();
  say('10. Journal', [
    `  ${journal.intact ? 'intact' : `broken at ${journal.firstBad}`}: ${amount(journal.entries, 'entry', 'entries')}`,
  ]);

  const clean_ = (counts: { readonly failed: number; readonly unknown: number }): boolean =>
    counts.failed + counts.unknown === 0;
  const ok =
    test.ok &&
    sync.complete &&
    run.state === 'completed' &&
    undo.state === 'completed' &&
    clean_(run.counts) &&
    clean_(undo.counts) &&
    verified.counts.verified === run.counts.succeeded &&
    journal.intact;
  return {
    ok,
    users: sync.users,
    sync: { complete: sync.complete, requests: sync.requests, durationMs: sync.durationMs },
    histogram: { total: histogram.total, unscored: histogram.unscored, groupings: histogram.groupings },
    rule: { name: rule, total: matches.total, sentence: matches.sentence },
    plan: { planId: plan.planId, total: plan.total, counts: plan.counts, requests: plan.requests },
    run: { runId: run.runId, state: run.state, counts: run.counts },
    verify: { state: verified.state, counts: verified.counts },
    undo: { runId: undo.runId, state: undo.state, counts: undo.counts },
    journal,
    durationMs: Math.round(performance.now() - begun),
  };
}

function doItYourself(at: Tenant, secret: string, dataDir: string | null): string[] {
  const port = new URL(at.graphUrl).port;
  const query = '{"combinator":"and","rules":[{"field":"riskLevel","operator":"=","value":"high"}]}';
  const login = new URL(at.authorityUrl).pathname;
  const graph = new URL(at.graphUrl).pathname;
  return [
    '',
    'Do it yourself: start a sample tenant in one terminal,',
    `  ${commandLine('serve-twin', '--port', port)}`,
    'and in another one:',
    `  export TWIN_SECRET=${quote(secret)}`,
    `  ${commandLine('connection', 'add', 'twin', '--tenant', at.tenant, '--client', at.client, '--secret-env', 'TWIN_SECRET', '--authority-url', `http://127.0.0.1:${port}${login}`, '--graph-url', `http://127.0.0.1:${port}${graph}`)}`,
    `  ${commandLine('sync', 'twin')}`,
    `  ${commandLine('scores', 'histogram')}`,
    `  ${commandLine('rule', 'add', rule, '--query', query)}`,
    `  ${commandLine('action', 'add', 'quarantine', '--rule', rule, '--connection', 'twin', '--kind', 'add-to-group', '--create-group', 'Quarantine')}`,
    `  ${commandLine('action', 'plan', 'quarantine')}`,
    `  ${programName()} action run PLAN-ID --confirm COUNT`,
    `  ${programName()} action verify RUN-ID`,
    `  ${programName()} action undo RUN-ID`,
    `  ${commandLine('journal', 'verify')}`,
    ...(dataDir === null ? [] : ['', `The data of this demo is in ${dataDir}`]),
  ];
}
