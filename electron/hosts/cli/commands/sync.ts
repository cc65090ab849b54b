/** `sync`: pulls the risky users of one connection and waits for the end. */
import type { Command } from 'commander';
import type { SyncProgress, SyncReport } from '../../../../shared/model/sync.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { interruptible } from '../interrupt.ts';
import { makeProgress, type Step } from '../progress.ts';
import { commandLine } from '../self.ts';
import type { Client } from '../session.ts';
import { amount, clean, count, duration } from '../text.ts';

type SyncOptions = { readonly full?: boolean; readonly progress?: boolean };

export function declareSync(sync: Command, cli: Cli): void {
  sync
    .argument('<name>')
    .option('--full', 'read everything again and find out who is gone')
    .option('--progress', 'show progress with --json, too')
    .action(
      cli.action({ connection: 'NAME', name: 'NAME' }, (name: string, options: SyncOptions) =>
        runSync(cli, name, options),
      ),
    );
  example(sync, 'sync contoso', 'sync contoso --full --json');
}

async function runSync(cli: Cli, name: string, options: SyncOptions): Promise<ExitCode> {
  const { value: report, interrupted } = await cli.core((client) => syncToEnd(cli, client, name, options), {
    workers: true,
  });
  cli.out.result(documentOf(report), () => summary(name, report));
  if (!report.complete) {
    cli.out.note(
      `error: the sync is not complete: ${report.message ?? (interrupted ? 'it was stopped' : 'it ended early')}`,
    );
    cli.out.note(`Go on with: ${commandLine('sync', name)}`);
  }
  return report.complete ? 0 : 1;
}

/** Starts (or joins) a sync and resolves with its report; Ctrl-C stops it after the page at hand. */
export async function syncToEnd(
  cli: Cli,
  client: Client,
  name: string,
  options: SyncOptions,
): Promise<{ readonly value: SyncReport; readonly interrupted: boolean }> {
  const progress = makeProgress(cli.out, options.progress === true);
  const stop = { waitsFor: 'the page at hand', stop: () => client.sync.stop({ connection: name }) };
  return interruptible(cli.out, stop, async () => {
    try {
      await client.sync.start({ connection: name, full: options.full === true });
      for await (const state of await client.sync.watch({ connection: name })) {
        if (state.running !== null) progress.show(stepOf(state.running));
        else if (state.last !== null) return state.last;
      }
      throw new Error('the sync ended without a report');
    } finally {
      progress.end();
    }
  });
}

const usersPerPage = 500;

function stepOf(running: SyncProgress): Step {
  const notes = [
    ...(running.resumed ? ['resumed'] : []),
    ...(running.waitingSeconds === null ? [] : [`Graph asks to wait ${duration(running.waitingSeconds)}`]),
  ];
  return {
    done: running.users,
    total: running.pagesExpected === null ? null : Math.max(running.pagesExpected * usersPerPage, running.users),
    unit: 'user',
    etaSeconds: running.etaSeconds,
    note: notes.length === 0 ? null : notes.join(', '),
  };
}

function documentOf(report: SyncReport): Record<string, unknown> {
  const { complete, users, added, changed, gone, skipped, requests, throttled, durationMs, message, examples } = report;
  const numbers = { complete, users, added, changed, gone, skipped, requests, throttled, durationMs };
  return { ...numbers, message, ...(examples.length > 0 && { examples }) };
}

function summary(name: string, report: SyncReport): string[] {
  const seconds = (report.durationMs / 1_000).toFixed(1);
  const throttled = report.throttled === 0 ? '' : `, ${count(report.throttled)} throttled`;
  return [
    `${report.complete ? 'Synced' : 'Partly synced'} "${name}": ${amount(report.users, 'user')} in the cache.`,
    `  added ${count(report.added)}, changed ${count(report.changed)}, gone ${count(report.gone)}, skipped ${count(report.skipped)}`,
    `  ${report.kind} sync, ${amount(report.requests, 'request')}${throttled}, ${seconds} s`,
    ...report.examples.map((problem) => `  skipped: ${clean(problem)}`),
  ];
}
