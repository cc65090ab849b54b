/** What only the core can refuse: each row names the field, gives a cure, and ends with the right exit code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, cli, desk, documentOf, highRisk, serveTwinChild, type TwinChild } from './harness.ts';

let twin: TwinChild;
let work: ReturnType<typeof desk>;
const missing = '00000000-0000-4000-8000-00000000dead';

beforeAll(async () => {
  twin = await serveTwinChild('--users', '60');
  work = desk(twin);
  await work.connect('contoso');
  await work.json(['sync', 'contoso']);
  await work.json(['rule', 'add', 'High', '--query', highRisk]);
  await work.json([
    'action',
    'add',
    'confirm',
    '--rule',
    'High',
    '--connection',
    'contoso',
    '--kind',
    'confirm-compromised',
  ]);
  await work.connect('old');
  await work.json(['action', 'add', 'orphan', '--rule', 'High', '--connection', 'old', '--kind', 'dismiss']);
  await work.json(['connection', 'remove', 'old']);
}, 60_000);
afterAll(async () => {
  work.remove();
  await twin.stop();
});

type Expected = {
  readonly exit: 1 | 2;
  readonly code: string | RegExp;
  readonly field?: string;
  readonly message?: RegExp;
};

const query = (rule: unknown): string => JSON.stringify({ combinator: 'and', rules: [rule] });
const wrongUsage = (field: string, message = /\S/): Expected => ({ exit: 2, code: 'bad-input', field, message });
const failed = (code: string | RegExp, message = /\S/): Expected => ({ exit: 1, code, message });
const add = (...changes: readonly string[]): readonly string[] => {
  const options = [...addressOf(twin)];
  for (let at = 0; at + 1 < changes.length; at += 2) {
    const found = options.indexOf(changes[at] ?? '');
    if (found < 0) options.push(changes[at] ?? '', changes[at + 1] ?? '');
    else options[found + 1] = changes[at + 1] ?? '';
  }
  return ['connection', 'add', 'new', ...options];
};

const rows: readonly (readonly [string, () => readonly string[], Expected])[] = [
  ['tenant that is no id', () => add('--tenant', 'not a tenant'), wrongUsage('--tenant', /--tenant: .*GUID/)],
  ['client that is no GUID', () => add('--client', '123'), wrongUsage('--client', /--client: .*GUID/)],
  ['Graph URL that is none', () => add('--graph-url', 'graph'), wrongUsage('--graph-url', /^--graph-url: /)],
  ['Graph URL over plain http', () => add('--graph-url', 'http://graph.contoso.com'), wrongUsage('--graph-url')],
  [
    'Graph URL with a password',
    () => add('--graph-url', 'https://a:hunter2@graph.contoso.com'),
    wrongUsage('--graph-url'),
  ],
  ['authority URL that is none', () => add('--authority-url', '://'), wrongUsage('--authority-url')],
  ['authority URL of ftp', () => add('--authority-url', 'ftp://login.contoso.com'), wrongUsage('--authority-url')],
  ['environment variable with a blank', () => add('--secret-env', 'MY SECRET'), wrongUsage('--secret-env')],
  ['environment variable that is not set', () => add('--secret-env', 'RISKDESK_NOT_SET'), wrongUsage('--secret-env')],
  ['empty name', () => ['connection', 'add', '', ...addressOf(twin)], wrongUsage('NAME')],
  ['name that is too long', () => ['connection', 'add', 'x'.repeat(121), ...addressOf(twin)], wrongUsage('NAME')],
  ['name that exists', () => ['connection', 'add', 'CONTOSO', ...addressOf(twin)], failed('already-exists', /contoso/)],
  [
    'certificate file that is not there',
    () => certificate('/nowhere.pem'),
    wrongUsage('--certificate', /does not exist/),
  ],
  ['certificate file that is none', () => certificate(join(work.dir, 'riskdesk.db')), wrongUsage('--certificate')],
  ['update of nobody', () => ['connection', 'update', 'nobody', '--weight', '2'], failed('not-found', /nobody/)],
  ['test of nobody', () => ['connection', 'test', 'nobody'], failed('not-found')],
  ['removal of nobody', () => ['connection', 'remove', 'nobody'], failed('not-found')],
  ['sync of nobody', () => ['sync', 'nobody'], failed('not-found')],
  ['sync of a removed connection', () => ['sync', 'old'], failed('not-found')],
  [
    'filter with an unknown field',
    () => ['users', 'list', '--filter', query({ field: 'shoeSize', operator: '=', value: 1 })],
    wrongUsage('--filter', /--filter: rules\[0\].*field/),
  ],
  [
    'filter with an unknown operator',
    () => ['users', 'list', '--filter', query({ field: 'score', operator: '~', value: 1 })],
    wrongUsage('--filter', /operator/),
  ],
  [
    'filter with an operator of another type',
    () => ['users', 'list', '--filter', query({ field: 'isDeleted', operator: 'contains', value: 'x' })],
    wrongUsage('--filter'),
  ],
  [
    'filter with an unknown level',
    () => ['users', 'list', '--filter', query({ field: 'riskLevel', operator: '=', value: 'gigantic' })],
    wrongUsage('--filter', /gigantic/),
  ],
  [
    'filter with a score out of range',
    () => ['users', 'list', '--filter', query({ field: 'score', operator: '<', value: 1001 })],
    wrongUsage('--filter'),
  ],
  ['filter that is an array', () => ['users', 'list', '--filter', '[]'], wrongUsage('--filter')],
  [
    'filter that is empty',
    () => ['users', 'list', '--filter', '{"combinator":"and","rules":[]}'],
    wrongUsage('--filter'),
  ],
  ['list by an unknown rule', () => ['users', 'list', '--rule', 'nobody'], failed('not-found', /nobody/)],
  ['list of an unknown connection', () => ['users', 'list', '--connection', 'nobody'], failed('not-found', /nobody/)],
  ['search that is too long', () => ['users', 'list', '--search', 'x'.repeat(201)], wrongUsage('--search')],
  ['user with a malformed id', () => ['users', 'show', '../etc', '--connection', 'contoso'], wrongUsage('ID')],
  ['user that is not there', () => ['users', 'show', missing, '--connection', 'contoso'], failed('not-found')],
  [
    'export to a folder that is not there',
    () => ['users', 'export', '--out', '/nowhere/at/all.csv'],
    wrongUsage('--out', /ENOENT/),
  ],
  [
    'rule with an unknown field',
    () => ['rule', 'add', 'r', '--query', query({ field: 'shoe', operator: '=', value: 1 })],
    wrongUsage('--query', /--query: rules\[0\]/),
  ],
  [
    'rule whose date does not exist',
    () => [
      'rule',
      'add',
      'r',
      '--query',
      query({ field: 'riskLastUpdatedDateTime', operator: '<', value: '2026-02-30' }),
    ],
    wrongUsage('--query'),
  ],
  ['rule whose name exists', () => ['rule', 'add', 'high', '--query', highRisk], failed('already-exists')],
  [
    'rule with an unknown exception',
    () => ['rule', 'add', 'r', '--query', highRisk, '--except', 'nobody'],
    failed(/not-found|bad-input/),
  ],
  ['test of an unknown rule', () => ['rule', 'test', 'nobody'], failed('not-found')],
  ['show of an unknown rule', () => ['rule', 'show', 'nobody'], failed('not-found')],
  ['clone onto a name that exists', () => ['rule', 'clone', 'High', 'high'], failed('already-exists')],
  ['removal of an unknown rule', () => ['rule', 'remove', 'nobody'], failed('not-found')],
  ['import of something else', () => ['rule', 'import', fileWith('{"riskdesk":"users"}')], wrongUsage('FILE')],
  [
    'import of a name that exists',
    () => ['rule', 'import', fileWith(rulesWith('High'))],
    { exit: 1, code: 'already-exists' },
  ],
  ['action of an unknown rule', () => action('--rule', 'nobody', '--connection', 'contoso'), failed('not-found')],
  ['action on an unknown connection', () => action('--rule', 'High', '--connection', 'nobody'), failed('not-found')],
  ['action on a removed connection', () => action('--rule', 'High', '--connection', 'old'), failed('not-found', /old/)],
  [
    'action whose name exists',
    () => ['action', 'add', 'CONFIRM', '--rule', 'High', '--connection', 'contoso', '--kind', 'dismiss'],
    failed('already-exists'),
  ],
  [
    'action on a malformed group',
    () => [
      'action',
      'add',
      'g',
      '--rule',
      'High',
      '--connection',
      'contoso',
      '--kind',
      'add-to-group',
      '--group',
      'a/b',
    ],
    wrongUsage('--group'),
  ],
  ['plan of an unknown action', () => ['action', 'plan', 'nobody'], failed('not-found')],
  ['plan on a connection that was removed', () => ['action', 'plan', 'orphan'], failed('not-found', /old|orphan/)],
  ['groups of nobody', () => ['action', 'groups', 'nobody'], failed('not-found')],
  ['run of an unknown plan', () => ['action', 'run', missing, '--confirm', '1'], failed('not-found')],
  ['run of a malformed plan', () => ['action', 'run', 'a b', '--confirm', '1'], wrongUsage('PLAN-ID')],
  ...(['status', 'resume', 'retry', 'verify', 'undo'] as const).flatMap(
    (word) =>
      [
        [`${word} of an unknown run`, () => ['action', word, missing], failed('not-found')],
        [`${word} of a malformed run`, () => ['action', word, 'x;y'], wrongUsage('RUN-ID')],
      ] as const,
  ),
  ['journal of a malformed run', () => ['journal', 'list', '--run', '*'], wrongUsage('--run')],
  ['journal of an unknown event', () => ['journal', 'list', '--event', 'x'.repeat(61)], wrongUsage('--event')],
  ['unknown setting', () => ['settings', 'set', 'guardrails.cat', '1'], wrongUsage('KEY', /guardrails\.cat/)],
  ['setting out of range', () => ['settings', 'set', 'guardrails.cap', '-1'], wrongUsage('VALUE')],
  ['setting of the wrong type', () => ['settings', 'set', 'guardrails.readOnly', '"yes"'], wrongUsage('VALUE')],
];

function certificate(file: string): readonly string[] {
  const where = addressOf(twin).slice(0, -2);
  return ['connection', 'add', 'cert', ...where, '--certificate', file];
}

function action(...options: readonly string[]): readonly string[] {
  return ['action', 'add', 'another', '--kind', 'dismiss', ...options];
}

function fileWith(text: string): string {
  const file = join(work.dir, 'given.json');
  writeFileSync(file, text);
  return file;
}

function rulesWith(name: string): string {
  return JSON.stringify({
    riskdesk: 'rules',
    version: 1,
    rules: [{ name, folder: null, query: JSON.parse(highRisk), exceptions: [] }],
  });
}

describe('bad input', () => {
  it.each(rows)('%s', async (_, args, expected) => {
    const outcome = await work.run([...args(), '--json']);
    const { error } = documentOf(outcome) as { readonly error: Readonly<Record<string, unknown>> };
    expect(error.code).toMatch(expected.code instanceof RegExp ? expected.code : new RegExp(`^${expected.code}$`));
    expect(outcome.code).toBe(expected.exit);
    if (expected.field !== undefined) expect(error.field).toBe(expected.field);
    if (expected.message !== undefined) expect(error.message).toMatch(expected.message);
    expect(error.cure).toMatch(/\S/);
    expect(outcome.stderr).toContain(`error: ${error.message}\n${error.cure}\n`);
    expect(outcome.stderr + outcome.stdout).not.toMatch(/hunter2|twin~/);
  });

  it('a wrong secret names the secret', async () => {
    const env = { TWIN_SECRET: 'not-the-secret' };
    const test = await work.run(['connection', 'test', 'contoso', '--json'], { env });
    expect(test.code).toBe(1);
    expect(documentOf(test)).toMatchObject({ ok: false, problem: { code: 'auth-failed', field: 'secret' } });
    const sync = await work.run(['sync', 'contoso'], { env });
    expect(sync.code).toBe(1);
    expect(sync.stderr).toMatch(/error: .*secret/i);
    expect(sync.stderr + sync.stdout).not.toContain('not-the-secret');
  });

  it('a database of something else is refused and left as it was', async () => {
    const other = desk(twin);
    writeFileSync(join(other.dir, 'riskdesk.db'), 'not a database at all, but long enough to be looked at'.repeat(50));
    const outcome = await cli(['users', 'list', '--data-dir', other.dir, '--json']);
    expect(outcome.code).toBe(1);
    expect(documentOf(outcome)).toMatchObject({ error: { code: 'store-corrupt' } });
    other.remove();
  });
});
