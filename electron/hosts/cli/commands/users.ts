/** `users`: explores the cache. Nothing here calls Graph. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { FilterInput } from '../../../../shared/contract/base.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { type UserSortField, userSortFields } from '../../../../shared/model/userSort.ts';
import { days, wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import { filterFields } from '../fieldNames.ts';
import { formatOf, readJson, writeWhole } from '../files.ts';
import type { Client } from '../session.ts';
import { amount, clean, count, moment, table } from '../text.ts';
import { rowOf, userColumns } from './userRow.ts';

export type FilterOptions = {
  readonly connection?: string;
  readonly filter?: string;
  readonly rule?: string;
  readonly search?: string;
  readonly days?: number;
  readonly deleted?: 'include' | 'exclude' | 'only';
};
type Sort = { readonly field: UserSortField; readonly direction: 'asc' | 'desc' };
type ListOptions = FilterOptions & { readonly sort?: Sort; readonly limit: number; readonly offset: number };
type ExportOptions = FilterOptions & { readonly sort?: Sort; readonly out: string };

export function declareUsers(group: Command, cli: Cli): void {
  const list = withFilter(group.command('list').description('list users'))
    .option('--sort <field[:desc]>', 'sort by a field of the rows', readSort)
    .option('--limit <n>', 'users at most', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .option('--offset <n>', 'users to leave out first', wholeNumber(0, 10_000_000), 0)
    .action(cli.action(filterFields, (options: ListOptions) => listUsers(cli, options)));
  example(
    list,
    'users list --sort aggregateScore --limit 20',
    `users list --filter '{"combinator":"and","rules":[{"field":"riskLevel","operator":"=","value":"high"}]}' --json`,
  );
  const show = group
    .command('show <id>')
    .description('one user by object id, with every change the cache has seen')
    .requiredOption('--connection <name>', 'connection that the user belongs to')
    .action(
      cli.action({ ...filterFields, id: 'ID' }, (id: string, options: { readonly connection: string }) =>
        showUser(cli, options.connection, id),
      ),
    );
  example(show, 'users show 5a1c2b7e-0000-4000-8000-000000000001 --connection contoso');
  const exported = withFilter(group.command('export').description('write users to a file'))
    .option('--sort <field[:desc]>', 'sort by a field of the rows', readSort)
    .requiredOption('--out <file>', 'FILE.csv or FILE.json; - for CSV on stdout')
    .action(cli.action(filterFields, (options: ExportOptions) => exportUsers(cli, options)));
  example(exported, 'users export --out high.csv --rule "High risk"');
}

export function withFilter(command: Command): Command {
  return command
    .option('--connection <name>', 'only users of this connection')
    .option('--filter <json>', 'only users that match this rule query (JSON, or @FILE)')
    .option('--rule <name>', 'only users that match this saved rule')
    .option('--search <text>', 'only users whose name or UPN holds this text')
    .option('--days <n>', 'only users whose risk was updated in the last N days', days)
    .addOption(new Option('--deleted <which>', 'users deleted in Entra').choices(['include', 'exclude', 'only']));
}

/** The contract's filter of the options; reads `--filter` from its file if need be. */
export async function readFilter(options: FilterOptions): Promise<FilterInput> {
  const { connection, filter, rule, search, deleted } = options;
  return {
    ...(connection !== undefined && { connection }),
    ...(rule !== undefined && { rule }),
    ...(search !== undefined && { search }),
    ...(options.days !== undefined && { days: options.days }),
    ...(deleted !== undefined && { deleted }),
    ...(filter !== undefined && { query: await readJson(filter, '--filter') }),
  };
}

function readSort(text: string): Sort {
  const [name = '', direction = 'asc', ...more] = text.split(':');
  const field = userSortFields.find((known) => known.toLowerCase() === name.toLowerCase());
  if (field === undefined) throw new InvalidArgumentError(`The field must be one of ${userSortFields.join(', ')}.`);
  if (more.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
    throw new InvalidArgumentError('After the field only :asc or :desc may follow.');
  }
  return { field, direction };
}

const pageSize = 1_000;

async function listUsers(cli: Cli, options: ListOptions): Promise<ExitCode> {
  const filter = await readFilter(options);
  const { total, rows } = await cli.core((client) => readPages(client, filter, options));
  cli.out.result({ total, rows: rows.map(rowOf) }, () => table(rows, userColumns));
  if (!cli.out.json) cli.out.note(pageNote(total, rows.length, options.offset));
  return 0;
}

async function readPages(
  client: Client,
  filter: FilterInput,
  { sort, limit, offset }: ListOptions,
): Promise<{ readonly total: number; readonly rows: readonly RiskyUser[] }> {
  const rows: RiskyUser[] = [];
  const first = await client.users.list({ filter, sort, offset, limit: Math.min(limit, pageSize) });
  rows.push(...first.rows);
  let after = first.next;
  while (after !== null && rows.length < limit) {
    const page = await client.users.list({ filter, sort, after, limit: Math.min(limit - rows.length, pageSize) });
    rows.push(...page.rows);
    after = page.next;
  }
  return { total: first.total, rows };
}

function pageNote(total: number, shown: number, offset: number): string {
  if (total === 0) return 'No user matches.';
  if (shown === 0) return `${amount(total, 'user')}; none after the first ${count(offset)}.`;
  return `${count(offset + 1)} to ${count(offset + shown)} of ${amount(total, 'user')}.`;
}

async function showUser(cli: Cli, connection: string, id: string): Promise<ExitCode> {
  const detail = await cli.core((client) => client.users.get({ connection, id }));
  const { user } = detail;
  cli.out.result(detail, () => [
    `${clean(user.displayName)}  ${clean(user.userPrincipalName)}`,
    `  id           ${user.id}${user.isDeleted ? '  (deleted)' : ''}${user.isGuest ? '  (guest)' : ''}`,
    `  risk         ${clean(user.riskLevel)}, ${clean(user.riskState)}, ${clean(user.riskDetail)}`,
    `  updated      ${moment(user.riskLastUpdatedDateTime)} UTC`,
    `  score        ${user.score ?? '-'}; aggregate ${user.aggregateScore ?? '-'} (${user.grouping ?? 'no grouping'})`,
    ...detail.scores.map(
      (part) => `  in ${clean(part.connection)}: ${part.score ?? 'no score'}, weight ${part.weight}`,
    ),
    ...detail.changes.map(
      (change) =>
        `  ${moment(change.seenAt)}  ${clean(change.riskLevel.before)} -> ${clean(change.riskLevel.after)}, ` +
        `${clean(change.riskState.before)} -> ${clean(change.riskState.after)}`,
    ),
  ]);
  return 0;
}

async function exportUsers(cli: Cli, options: ExportOptions): Promise<ExitCode> {
  const toStdout = options.out === '-';
  if (toStdout && cli.out.json) {
    throw wrongUsage('--out', '- and --json both want stdout', 'Name a file, or leave out --json.');
  }
  const format = toStdout ? 'csv' : formatOf(options.out, '--out');
  const filter = await readFilter(options);
  await cli.core(async (client) => {
    let users = 0;
    const chunks = await client.users.export({ filter, sort: options.sort, format });
    async function* texts(): AsyncGenerator<string> {
      for await (const chunk of chunks) {
        users = chunk.records;
        yield chunk.text;
      }
    }
    if (toStdout) {
      for await (const text of texts()) if (!(await cli.out.piece(text))) return;
      return;
    }
    const file = await writeWhole(options.out, texts(), '--out');
    cli.out.result({ file, users }, () => [`Wrote ${amount(users, 'user')} to ${file}.`]);
  });
  return 0;
}
