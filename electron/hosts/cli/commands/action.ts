/** `action add | list | remove | groups`: what can be done to the users of a rule, saved under a name. */
import { type Command, Option } from 'commander';
import type { GroupTargetInput } from '../../../../shared/contract/actions.ts';
import {
  type ActionKind,
  actionKinds,
  actionWords,
  type GroupKind,
  type GroupTarget,
  groupKinds,
  needsGroup,
} from '../../../../shared/model/action.ts';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import { wrongUsage } from '../failure.ts';
import type { FieldNames } from '../fieldNames.ts';
import { commandLine } from '../self.ts';
import type { Client } from '../session.ts';
import { clean, count, table } from '../text.ts';

const fields: FieldNames = {
  name: 'NAME',
  rule: '--rule',
  connection: '--connection',
  kind: '--kind',
  group: '--group',
  'group.id': '--group',
  'group.name': '--create-group',
  'group.kind': '--group-type',
  cap: '--cap',
  search: '--search',
  type: '--type',
  limit: '--limit',
};

type AddOptions = {
  readonly rule: string;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group?: string;
  readonly createGroup?: string;
  readonly groupType?: GroupKind;
  readonly cap?: number;
  readonly automatic?: boolean;
};
type GroupsOptions = { readonly search?: string; readonly type?: GroupKind; readonly limit: number };

export function declareActions(group: Command, cli: Cli): void {
  const add = group
    .command('add <name>')
    .description('save an action; nothing is done to anybody before a plan is run')
    .requiredOption('--rule <name>', 'rule that decides whom it touches')
    .requiredOption('--connection <name>', 'connection whose users it touches')
    .addOption(new Option('--kind <kind>', 'what is done').choices(actionKinds).makeOptionMandatory())
    .option('--group <id>', 'object id of an existing group')
    .option('--create-group <name>', 'group that the run creates, or reuses when name and type match exactly once')
    .addOption(
      new Option('--group-type <type>', 'type of the group to create; security by default').choices(groupKinds),
    )
    .option('--cap <n>', 'users per run above which the number must be typed', wholeNumber(0, 1_000_000))
    .option('--automatic', 'plan it after each complete automatic sync; the plan waits for approval')
    .action(cli.action(fields, (name: string, options: AddOptions) => addAction(cli, name, options)));
  example(
    add,
    'action add quarantine --rule "High risk" --connection contoso --kind add-to-group --create-group "Risky users"',
    'action add confirm --rule "High risk" --connection contoso --kind confirm-compromised --cap 50',
  );
  const list = group.command('list').description('show the saved actions');
  example(list.action(cli.action(fields, () => listActions(cli))), 'action list');
  const remove = group.command('remove <name>').description('remove an action; its plans, runs and journal stay');
  example(remove.action(cli.action(fields, (name: string) => removeAction(cli, name))), 'action remove quarantine');
  const groups = group
    .command('groups <name>')
    .description('groups of a connection (or of the connection of an action), and which of them cannot be written')
    .option('--search <text>', 'only groups whose name begins with or holds this text')
    .addOption(new Option('--type <type>', 'only groups of this type').choices(groupKinds))
    .option('--limit <n>', 'groups at most', wholeNumber(1, 1_000), 100)
    .action(cli.action(fields, (name: string, options: GroupsOptions) => showGroups(cli, name, options)));
  example(groups, 'action groups contoso --search risky');
}

async function addAction(cli: Cli, name: string, options: AddOptions): Promise<ExitCode> {
  const group = readGroup(options);
  const { rule, connection, kind, cap = null, automatic = false } = options;
  const action = await cli.core((client) =>
    client.actions.add({ name, rule, connection, kind, group, cap, automatic }),
  );
  cli.out.result(action, () => [
    `Added action "${action.name}": ${actionWords[action.kind]}${groupText(action.group)}, for rule "${action.rule}" on "${action.connection}".`,
  ]);
  if (!cli.out.json) cli.out.note(`Next: ${commandLine('action', 'plan', action.name)}`);
  return 0;
}

/** A membership action needs exactly one group; no other action takes one. */
function readGroup(options: AddOptions): GroupTargetInput | null {
  const { kind, group, createGroup, groupType } = options;
  if (group !== undefined && createGroup !== undefined) {
    throw wrongUsage('--group', 'cannot be used with --create-group', 'Give one of the two.');
  }
  if (groupType !== undefined && createGroup === undefined) {
    throw wrongUsage(
      '--group-type',
      'means nothing without --create-group',
      'Add --create-group NAME, or leave it out.',
    );
  }
  const given = group ?? createGroup;
  if (needsGroup(kind) && given === undefined) {
    throw wrongUsage('--group', `--kind ${kind} needs a group`, 'Give --group ID or --create-group NAME.');
  }
  if (!needsGroup(kind) && given !== undefined) {
    const option = group === undefined ? '--create-group' : '--group';
    throw wrongUsage(option, `--kind ${kind} takes no group`, `Leave out ${option}.`);
  }
  if (group !== undefined) return { mode: 'existing', id: group };
  return createGroup === undefined ? null : { mode: 'create', name: createGroup, kind: groupType ?? 'security' };
}

/** ` "Risky users"`, ` "Risky users" (deleted)`, or nothing. */
export function groupText(group: GroupTarget | null): string {
  if (group === null) return '';
  if (group.mode === 'create') return ` "${clean(group.name)}" (to be created, ${group.kind})`;
  return ` "${clean(group.name ?? group.id)}"${group.deleted ? ' (deleted)' : ''}`;
}

async function listActions(cli: Cli): Promise<ExitCode> {
  const actions = await cli.core((client) => client.actions.list());
  cli.out.result(actions, () =>
    table(actions, [
      { title: 'NAME', of: (action) => action.name },
      { title: 'WHAT', of: (action) => `${actionWords[action.kind]}${groupText(action.group)}` },
      { title: 'RULE', of: (action) => action.rule },
      {
        title: 'CONNECTION',
        of: (action) => (action.connectionRemoved ? `${action.connection} (removed)` : action.connection),
      },
      { title: 'CAP', of: (action) => action.cap, right: true },
      {
        title: 'AUTOMATIC',
        of: (action) => (!action.automatic ? 'no' : action.enabled ? 'yes' : 'switched off'),
      },
    ]),
  );
  if (actions.length === 0) cli.out.note(`There is no action yet. Add one: ${commandLine('action', 'add', '--help')}`);
  return 0;
}

async function removeAction(cli: Cli, name: string): Promise<ExitCode> {
  const { removed } = await cli.core((client) => client.actions.remove({ name }));
  cli.out.result({ removed }, () => [`Removed action "${removed}".`]);
  return 0;
}

async function showGroups(cli: Cli, name: string, options: GroupsOptions): Promise<ExitCode> {
  const { search, type, limit } = options;
  const groups = await cli.core(async (client) => {
    const connection = await connectionOf(client, name);
    return client.actions.groups({ connection, search, type, limit });
  });
  cli.out.result(groups, () =>
    table(groups, [
      { title: 'NAME', of: (group) => group.displayName },
      { title: 'TYPE', of: (group) => group.type },
      { title: 'ID', of: (group) => group.id },
      { title: 'WRITABLE', of: (group) => (group.writable ? 'yes' : `no: ${group.badge ?? ''}`) },
      { title: 'WHY', of: (group) => group.reason ?? '' },
    ]),
  );
  if (!cli.out.json)
    cli.out.note(groups.length === limit ? `The first ${count(limit)} groups.` : `${count(groups.length)} groups.`);
  return 0;
}

/** NAME is a connection's; where none is called so, an action's. */
async function connectionOf(client: Client, name: string): Promise<string> {
  const wanted = name.trim().toLowerCase();
  const connection = (await client.connections.list()).find((known) => known.name.toLowerCase() === wanted);
  if (connection !== undefined) return connection.name;
  const action = (await client.actions.list()).find((known) => known.name.toLowerCase() === wanted);
  if (action !== undefined) return action.connection;
  throw new RiskdeskError('not-found', `there is neither a connection nor an action "${name}"`, {
    field: 'name',
    cure: `${commandLine('connection', 'list')} and ${commandLine('action', 'list')} show the names.`,
  });
}
