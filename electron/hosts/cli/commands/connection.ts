/** `connection`: tenants, how to sign in to them, and what their token allows. */
import { type Command, Option } from 'commander';
import type { Connection } from '../../../../shared/model/connection.ts';
import { anyNumber, wholeNumber } from '../arguments.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import type { FieldNames } from '../fieldNames.ts';
import { commandLine } from '../self.ts';
import { amount, table } from '../text.ts';
import { type ConnectionOptions, newConnection, readChange } from './connectionOptions.ts';
import { declareSignIn } from './connectionSignIn.ts';

const fields: FieldNames = {
  name: 'NAME',
  'change.name': '--name',
  tenant: '--tenant',
  client: '--client',
  cloud: '--cloud',
  authorityUrl: '--authority-url',
  graphUrl: '--graph-url',
  scoreRange: '--score-min',
  'scoreRange.min': '--score-min',
  'scoreRange.max': '--score-max',
  syncEvery: '--sync-every',
  weight: '--weight',
  credential: '--secret-stdin',
  'credential.secret': '--secret-stdin',
  'credential.variable': '--secret-env',
  'credential.file': '--certificate',
  'credential.permissions': '--permission',
  secretExpires: '--secret-expires',
  secret: '--secret-stdin',
  variable: '--secret-env',
  certificate: '--certificate',
};

export function declareConnections(group: Command, cli: Cli): void {
  const add = withSettings(group.command('add <name>').description('add a tenant'))
    .requiredOption('--tenant <tenant>', 'directory (tenant) id, or a verified domain')
    .requiredOption('--client <client>', 'application (client) id')
    .action(cli.action(fields, (name: string, options: ConnectionOptions) => addConnection(cli, name, options)));
  example(
    add,
    'connection add contoso --tenant contoso.onmicrosoft.com --client 00000000-0000-0000-0000-000000000000 --secret-env CONTOSO_SECRET',
    'connection add contoso --tenant T --client C --secret-stdin < secret.txt',
    'connection add contoso --tenant T --client C --interactive',
  );
  const update = withSettings(
    group.command('update <name>').description('change a connection; what is not named stays'),
  )
    .option('--name <new>', 'new name')
    .option('--tenant <tenant>', 'directory (tenant) id, or a verified domain')
    .option('--client <client>', 'application (client) id')
    .action(cli.action(fields, (name: string, options: ConnectionOptions) => updateConnection(cli, name, options)));
  example(update, 'connection update contoso --sync-every 60');
  const list = group.command('list').description('show the connections, without secrets');
  example(list.action(cli.action(fields, () => listConnections(cli))), 'connection list --json');
  const test = group.command('test <name>').description('sign in, ask Graph, and show what the permissions allow');
  example(test.action(cli.action(fields, (name: string) => testConnection(cli, name))), 'connection test contoso');
  declareSignIn(group, cli, fields);
  const remove = group
    .command('remove <name>')
    .description('remove a connection with its cached users and its secret; runs and the journal stay');
  example(
    remove.action(cli.action(fields, (name: string) => removeConnection(cli, name))),
    'connection remove contoso',
  );
}

function withSettings(command: Command): Command {
  return command
    .addOption(new Option('--cloud <cloud>', 'national cloud').choices(['global', 'usgov', 'dod']))
    .option('--authority-url <url>', "sign-in address, where it differs from the cloud's")
    .option('--graph-url <url>', "Microsoft Graph's address, where it differs from the cloud's")
    .option('--secret-stdin', 'read the client secret from stdin and keep it in the keychain of the system')
    .option('--secret-env <variable>', 'read the client secret from this environment variable whenever it is needed')
    .option('--certificate <file>', 'PEM file with the private key and the certificate')
    .option('--interactive', 'a person signs in with the browser: connection sign-in')
    .option('--permission <name...>', 'delegated permission that the sign-in asks for (IdentityRiskyUser.Read.All)')
    .option('--secret-expires <date>', 'day the client secret ends, such as 2027-05-31, or "never"')
    .option('--score-min <n>', 'lowest score that the cache keeps (0-1000)', wholeNumber(0, 1_000))
    .option('--score-max <n>', 'highest score that the cache keeps (0-1000)', wholeNumber(0, 1_000))
    .option('--unscored', 'keep users without a score, too (the default)')
    .option('--no-unscored', 'do not keep users without a score')
    .option('--sync-every <minutes>', 'minutes between automatic syncs, or "never"', syncEvery)
    .option('--weight <n>', 'weight in the aggregate score (0-100; 1 by default)', anyNumber(0, 100));
}

function syncEvery(text: string): number | 'never' {
  return text === 'never' ? text : wholeNumber(1, 10_080)(text);
}

async function addConnection(cli: Cli, name: string, options: ConnectionOptions): Promise<ExitCode> {
  const wanted = await newConnection(cli.out, name, options);
  const added = await cli.core((client) => client.connections.add(wanted));
  cli.out.result(added, () => [`Added connection "${added.name}".`, ...card(added)]);
  if (!cli.out.json && added.signIn !== null) cli.out.note(`Next: ${commandLine('connection', 'sign-in', added.name)}`);
  else if (!cli.out.json)
    cli.out.note(`Next: ${commandLine('connection', 'test', added.name)}\n      ${commandLine('sync', added.name)}`);
  return 0;
}

async function updateConnection(cli: Cli, name: string, options: ConnectionOptions): Promise<ExitCode> {
  const updated = await cli.core(async (client) => {
    const change = await readChange(cli.out, options, () => client.connections.get({ name }));
    return client.connections.update({ name, change });
  });
  cli.out.result(updated, () => [`Changed connection "${updated.name}".`, ...card(updated)]);
  return 0;
}

function card(connection: Connection): string[] {
  const range = connection.scoreRange;
  return [
    `  tenant      ${connection.tenant}`,
    `  client      ${connection.client}`,
    `  cloud       ${connection.cloud}`,
    `  sign-in     ${connection.authorityUrl ?? "the cloud's own address"}`,
    `  Graph       ${connection.graphUrl ?? "the cloud's own address"}`,
    `  credential  ${credentialText(connection)}`,
    ...expiryLines(connection),
    `  keeps       scores ${range.min} to ${range.max}${range.unscored ? ', and users without a score' : ''}`,
    `  sync        ${connection.syncEvery === null ? 'when asked' : `every ${amount(connection.syncEvery, 'minute')}`}`,
  ];
}

function credentialText({ credential, signIn }: Connection): string {
  switch (credential.place) {
    case 'keychain':
      return 'client secret in the keychain';
    case 'env':
      return `client secret in the environment variable ${credential.reference}`;
    case 'certificate':
      return `certificate in ${credential.reference}`;
    case 'interactive':
      if (signIn?.needed) return `a person signs in: needed (${signIn.needed})`;
      return `${signIn?.account ?? 'a person'} signed in${signIn?.kept === 'session' ? ', for this run only' : ''}`;
    case 'session':
      return 'client secret, for this run only';
    case 'none':
      return 'missing: give it again with connection update';
  }
}

function expiryLines({ credential }: Connection): string[] {
  return credential.expiresAt === null ? [] : [`  ends on     ${credential.expiresAt.slice(0, 10)}`];
}

async function listConnections(cli: Cli): Promise<ExitCode> {
  const all = await cli.core((client) => client.connections.list());
  cli.out.result(all, () =>
    table(all, [
      { title: 'NAME', of: (row) => row.name },
      { title: 'TENANT', of: (row) => row.tenant },
      { title: 'CLOUD', of: (row) => row.cloud },
      { title: 'CREDENTIAL', of: credentialText },
      { title: 'SCORES', of: (row) => `${row.scoreRange.min}-${row.scoreRange.max}` },
    ]),
  );
  if (all.length === 0)
    cli.out.note(`There is no connection yet. Add one: ${commandLine('connection', 'add', '--help')}`);
  return 0;
}

async function testConnection(cli: Cli, name: string): Promise<ExitCode> {
  const test = await cli.core((client) => client.connections.test({ name }));
  cli.out.result(test, () => [
    ...test.steps.map((step) => `${step.ok ? '✓' : '✗'} ${step.message}`),
    ...(test.tenantName === null ? [] : [`Tenant: ${test.tenantName}`]),
    '',
    ...table(test.permissions, [
      { title: ' ', of: (row) => (row.allowed === null ? '?' : row.allowed ? '✓' : '✗') },
      { title: 'FEATURE', of: (row) => row.feature },
      {
        title: 'PERMISSION',
        of: (row) => row.grantedBy ?? (row.allowed === false ? `missing: ${row.permission}` : row.permission),
      },
    ]),
  ]);
  if (test.problem !== null) {
    cli.out.note(`error: ${test.problem.message}`);
    if (test.problem.cure !== undefined) cli.out.note(test.problem.cure);
  }
  return test.ok ? 0 : 1;
}

async function removeConnection(cli: Cli, name: string): Promise<ExitCode> {
  const { removedUsers } = await cli.core((client) => client.connections.remove({ name }));
  cli.out.result({ removed: name, removedUsers }, () => [
    `Removed connection "${name}" and ${amount(removedUsers, 'cached user')}.`,
  ]);
  return 0;
}
