/** `journal`: what was done, by whom, to whom, and the proof that nobody rewrote it. */
import type { Command } from 'commander';
import type { JournalFilter } from '../../../../shared/contract/journal.ts';
import type { JournalEntry } from '../../../../shared/model/journalEntry.ts';
import { instant, wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import type { FieldNames } from '../fieldNames.ts';
import { formatOf, writeWhole } from '../files.ts';
import type { Client } from '../session.ts';
import { amount, count, table } from '../text.ts';

const fields: FieldNames = {
  search: '--search',
  event: '--event',
  connection: '--connection',
  runId: '--run',
  objectId: '--object',
  from: '--from',
  to: '--to',
  limit: '--limit',
  before: '--before',
};

type FilterOptions = {
  readonly search?: string;
  readonly event?: string;
  readonly connection?: string;
  readonly run?: string;
  readonly object?: string;
  readonly from?: string;
  readonly to?: string;
};
type ListOptions = FilterOptions & { readonly limit: number; readonly before?: number };
type ExportOptions = FilterOptions & { readonly out: string };

export function declareJournal(group: Command, cli: Cli): void {
  const list = withFilter(group.command('list').description('entries, newest first'))
    .option('--limit <n>', 'entries at most', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .option(
      '--before <seq>',
      'only entries before this number, for the next page',
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
    )
    .action(cli.action(fields, (options: ListOptions) => listEntries(cli, options)));
  example(list, 'journal list --event run --limit 20');
  const verify = group.command('verify').description('check the whole chain; exit code 1 when it is broken');
  example(verify.action(cli.action(fields, () => verifyJournal(cli))), 'journal verify');
  const exported = withFilter(group.command('export').description('write entries to a file'))
    .requiredOption('--out <file>', 'FILE.csv or FILE.json; - for CSV on stdout')
    .action(cli.action(fields, (options: ExportOptions) => exportJournal(cli, options)));
  example(exported, 'journal export --out journal.csv --from 2026-11-01');
}

function withFilter(command: Command): Command {
  return command
    .option('--search <text>', 'only entries that hold this text')
    .option('--event <name>', 'only this event, or events that begin so: run, step.failed')
    .option('--connection <name>', 'only entries of this connection')
    .option('--run <run-id>', 'only entries of this run')
    .option('--object <id>', 'only entries about this user')
    .option('--from <time>', 'only entries from then on (ISO 8601; UTC without an offset)', instant)
    .option('--to <time>', 'only entries until then (ISO 8601; UTC without an offset)', instant);
}

function readFilter(options: FilterOptions): JournalFilter {
  const { search, event, connection, run, object, from, to } = options;
  if (from !== undefined && to !== undefined && from > to) {
    throw wrongUsage('--from', `${from} is after --to ${to}`, 'Give a --from that is not after --to.');
  }
  return {
    ...(search !== undefined && { search }),
    ...(event !== undefined && { event }),
    ...(connection !== undefined && { connection }),
    ...(run !== undefined && { runId: run }),
    ...(object !== undefined && { objectId: object }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

type Entries = { readonly total: number; readonly rows: readonly JournalEntry[]; readonly next: number | null };

async function listEntries(cli: Cli, options: ListOptions): Promise<ExitCode> {
  const filter = readFilter(options);
  const entries = await cli.core((client) => readPages(client, filter, options));
  cli.out.result(entries, () =>
    table(entries.rows, [
      { title: 'NO.', of: (entry) => entry.seq, right: true },
      { title: 'WHEN', of: (entry) => entry.localTime.slice(0, 19).replace('T', ' ') },
      { title: 'WHO', of: (entry) => entry.who },
      { title: 'EVENT', of: (entry) => entry.event },
      { title: 'CONNECTION', of: (entry) => entry.connection },
      { title: 'WHOM', of: (entry) => entry.whom ?? entry.objectId },
      { title: 'BEFORE', of: (entry) => entry.before },
      { title: 'AFTER', of: (entry) => entry.after },
      { title: 'STATUS', of: (entry) => (entry.httpStatus === null ? null : String(entry.httpStatus)) },
    ]),
  );
  if (!cli.out.json) cli.out.note(`${count(entries.rows.length)} of ${amount(entries.total, 'entry', 'entries')}.`);
  return 0;
}

const pageSize = 1_000;

async function readPages(client: Client, filter: JournalFilter, { limit, before }: ListOptions): Promise<Entries> {
  const first = await client.journal.list({ filter, before, limit: Math.min(limit, pageSize) });
  const rows = [...first.rows];
  let { next } = first;
  while (next !== null && rows.length < limit) {
    const page = await client.journal.list({ filter, before: next, limit: Math.min(limit - rows.length, pageSize) });
    rows.push(...page.rows);
    next = page.next;
  }
  return { total: first.total, rows, next };
}

async function verifyJournal(cli: Cli): Promise<ExitCode> {
  const check = await cli.core((client) => client.journal.verify());
  cli.out.result(check, () => [
    check.intact
      ? `The journal is intact: ${amount(check.entries, 'entry', 'entries')}.`
      : `The journal is broken at entry ${check.firstBad ?? '?'}: ${check.problem ?? 'the chain does not hold'}.`,
    ...(check.cleaned === 0
      ? []
      : [`  ${amount(check.cleaned, 'older entry', 'older entries')} cleaned up under an anchor`]),
  ]);
  return check.intact ? 0 : 1;
}

async function exportJournal(cli: Cli, options: ExportOptions): Promise<ExitCode> {
  const toStdout = options.out === '-';
  if (toStdout && cli.out.json) {
    throw wrongUsage('--out', '- and --json both want stdout', 'Name a file, or leave out --json.');
  }
  const format = toStdout ? 'csv' : formatOf(options.out, '--out');
  const filter = readFilter(options);
  await cli.core(async (client) => {
    let entries = 0;
    const chunks = await client.journal.export({ filter, format });
    async function* texts(): AsyncGenerator<string> {
      for await (const chunk of chunks) {
        entries = chunk.records;
        yield chunk.text;
      }
    }
    if (toStdout) {
      for await (const text of texts()) if (!(await cli.out.piece(text))) return;
      return;
    }
    const file = await writeWhole(options.out, texts(), '--out');
    cli.out.result({ file, entries }, () => [`Wrote ${amount(entries, 'entry', 'entries')} to ${file}.`]);
  });
  return 0;
}
