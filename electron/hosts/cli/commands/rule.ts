/** `rule`: saved queries over the cached users; tested, shared, muted. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { days, instant, several } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import type { FieldNames } from '../fieldNames.ts';
import { readJson, writeWhole } from '../files.ts';
import { commandLine } from '../self.ts';
import { amount, clean, count, moment, table } from '../text.ts';
import { rowOf, userColumns } from './userRow.ts';

const fields: FieldNames = {
  name: 'NAME',
  as: 'AS',
  query: '--query',
  rules: '--query',
  combinator: '--query',
  not: '--query',
  folder: '--folder',
  exceptions: '--except',
  days: '--days',
  mutedUntil: '--until',
  file: 'FILE',
};

type AddOptions = { readonly query: string; readonly folder?: string; readonly except?: readonly string[] };
export type SpanOptions = { readonly days?: number; readonly allTime?: boolean };

export function declareRules(group: Command, cli: Cli): void {
  const add = group
    .command('add <name>')
    .description("save a rule; the query is react-querybuilder's JSON")
    .requiredOption('--query <json>', 'the query as JSON, or @FILE')
    .option('--folder <name>', 'folder to keep it in')
    .option('--except <rule>', 'leave out the users of this rule; may be repeated', several)
    .action(cli.action(fields, (name: string, options: AddOptions) => addRule(cli, name, options)));
  example(
    add,
    `rule add "High risk" --query '{"combinator":"and","rules":[{"field":"aggregateScore","operator":"<=","value":500}]}'`,
    'rule add "Recent" --query @recent.json --except "Break-glass accounts"',
  );
  const list = group.command('list').description('show the rules');
  example(list.action(cli.action(fields, () => listRules(cli))), 'rule list');
  const show = group.command('show <name>').description('show one rule with its query');
  example(show.action(cli.action(fields, (name: string) => showRule(cli, name))), 'rule show "High risk"');
  const test = withSpan(group.command('test <name>').description('count who matches, and show the first')).action(
    cli.action(fields, (name: string, options: SpanOptions) => testRule(cli, name, options)),
  );
  example(test, 'rule test "High risk" --days 7');
  declareSharing(group, cli);
  const clone = group.command('clone <name> <as>').description('copy a rule under another name');
  clone.action(cli.action(fields, (name: string, as: string) => cloneRule(cli, name, as)));
  example(clone, 'rule clone "High risk" "High risk, Munich"');
  const mute = group
    .command('mute <name>')
    .description('let no automatic run use the rule until then')
    .requiredOption('--until <time>', 'ISO 8601 time (UTC without an offset), or "off"', muteUntil)
    .action(
      cli.action(fields, (name: string, options: { readonly until: string | typeof off }) =>
        muteRule(cli, name, options.until === off ? null : options.until),
      ),
    );
  example(mute, 'rule mute "High risk" --until 2026-12-01T08:00:00Z', 'rule mute "High risk" --until off');
  const remove = group.command('remove <name>').description('remove a rule');
  example(remove.action(cli.action(fields, (name: string) => removeRule(cli, name))), 'rule remove "High risk"');
}

function declareSharing(group: Command, cli: Cli): void {
  const exported = group
    .command('export')
    .description('write all rules as JSON')
    .option('--out <file>', 'file to write; stdout without it')
    .action(
      cli.action({ ...fields, file: '--out' }, (options: { readonly out?: string }) => exportRules(cli, options.out)),
    );
  example(exported, 'rule export --out rules.json');
  const imported = group
    .command('import <file>')
    .description('add the rules of a file, all or none; - for stdin')
    .action(cli.action({ file: 'FILE', rules: 'FILE', name: 'FILE' }, (file: string) => importRules(cli, file)));
  example(imported, 'rule import rules.json');
}

/** `--days N | --all-time`, for what can be limited to recently updated users. */
export function withSpan(command: Command): Command {
  return command
    .option('--days <n>', 'only users whose risk was updated in the last N days', days)
    .option('--all-time', 'all users (the default)');
}

export function readSpan(options: SpanOptions): number | null {
  if (options.days !== undefined && options.allTime === true) {
    throw wrongUsage('--days', 'cannot be used with --all-time', 'Give one of the two.');
  }
  return options.days ?? null;
}

const off = 'off';

function muteUntil(text: string): string {
  if (text.toLowerCase() === off) return off;
  const until = instant(text);
  if (Date.parse(until) <= Date.now())
    throw new InvalidArgumentError('It must lie in the future; "off" ends the mute.');
  return until;
}

async function addRule(cli: Cli, name: string, options: AddOptions): Promise<ExitCode> {
  const query = await readJson(options.query, '--query');
  const { folder, except: exceptions } = options;
  const rule = await cli.core((client) =>
    client.rules.add({ name, query, folder, exceptions: exceptions && [...exceptions] }),
  );
  cli.out.result(rule, () => [`Added rule "${rule.name}": ${clean(rule.sentence)}.`]);
  return 0;
}

async function listRules(cli: Cli): Promise<ExitCode> {
  const rules = await cli.core((client) => client.rules.list());
  cli.out.result(rules, () =>
    table(rules, [
      { title: 'NAME', of: (rule) => rule.name },
      { title: 'FOLDER', of: (rule) => rule.folder },
      { title: 'MUTED UNTIL (UTC)', of: (rule) => moment(rule.mutedUntil) },
      { title: 'RULE', of: (rule) => rule.sentence },
    ]),
  );
  if (rules.length === 0) cli.out.note(`There is no rule yet. Add one: ${commandLine('rule', 'add', '--help')}`);
  return 0;
}

async function findRule(cli: Cli, name: string): Promise<Rule> {
  const rules = await cli.core((client) => client.rules.list());
  const found = rules.find((rule) => rule.name.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  const cure = `${commandLine('rule', 'list')} shows the names.`;
  throw new RiskdeskError('not-found', `there is no rule "${name}"`, { field: 'name', cure });
}

async function showRule(cli: Cli, name: string): Promise<ExitCode> {
  const rule = await findRule(cli, name);
  cli.out.result(rule, () => [
    `${clean(rule.name)}${rule.folder === null ? '' : ` (in ${clean(rule.folder)})`}`,
    `  ${clean(rule.sentence)}`,
    ...rule.exceptions.map((name) => `  except: ${clean(name)}`),
    ...(rule.mutedUntil === null ? [] : [`  muted until ${moment(rule.mutedUntil)} UTC`]),
    JSON.stringify(rule.query, null, 2),
  ]);
  return 0;
}

async function testRule(cli: Cli, name: string, options: SpanOptions): Promise<ExitCode> {
  const days = readSpan(options);
  const test = await cli.core((client) => client.rules.test({ name, days }));
  const { total, first, sentence } = test;
  cli.out.result({ name: test.name ?? name, total, first: first.map(rowOf), sentence, days: test.days }, () => [
    `${amount(total, 'user matches', 'users match')}: ${clean(sentence)}.`,
    ...(first.length === 0 ? [] : ['', ...table(first, userColumns)]),
  ]);
  if (!cli.out.json && total > first.length)
    cli.out.note(`The first ${count(first.length)} of ${amount(total, 'user')}.`);
  return 0;
}

async function exportRules(cli: Cli, out: string | undefined): Promise<ExitCode> {
  const rules = await cli.core((client) => client.rules.export());
  const text = `${JSON.stringify(rules, null, 2)}\n`;
  if (out === undefined || out === '-') {
    cli.out.result(rules, () => [text.trimEnd()]);
    return 0;
  }
  async function* whole(): AsyncGenerator<string> {
    yield text;
  }
  const file = await writeWhole(out, whole(), '--out');
  cli.out.result({ file, rules: rules.rules.length }, () => [
    `Wrote ${amount(rules.rules.length, 'rule')} to ${file}.`,
  ]);
  return 0;
}

async function importRules(cli: Cli, path: string): Promise<ExitCode> {
  const file = await readJson(`@${path}`, 'FILE');
  const { added } = await cli.core((client) => client.rules.import({ file }));
  cli.out.result({ added }, () => [`Added ${amount(added.length, 'rule')}: ${added.map(clean).join(', ')}.`]);
  return 0;
}

async function cloneRule(cli: Cli, name: string, as: string): Promise<ExitCode> {
  const rule = await cli.core((client) => client.rules.clone({ name, as }));
  cli.out.result(rule, () => [`Copied rule "${name}" as "${rule.name}".`]);
  return 0;
}

async function muteRule(cli: Cli, name: string, mutedUntil: string | null): Promise<ExitCode> {
  const rule = await cli.core((client) => client.rules.update({ name, change: { mutedUntil } }));
  cli.out.result(rule, () => [
    rule.mutedUntil === null
      ? `Rule "${rule.name}" is not muted.`
      : `Rule "${rule.name}" is muted until ${moment(rule.mutedUntil)} UTC.`,
  ]);
  return 0;
}

async function removeRule(cli: Cli, name: string): Promise<ExitCode> {
  const { removed } = await cli.core((client) => client.rules.remove({ name }));
  cli.out.result({ removed }, () => [`Removed rule "${removed}".`]);
  return 0;
}
