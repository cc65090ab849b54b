/** Everything that is decided before the core is opened: help, version, wrong usage, and how fast that is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { makeOutput } from '../../electron/hosts/cli/output.ts';
import { buildProgram } from '../../electron/hosts/cli/program.ts';
import { cli, documentOf, spawnCli } from './harness.ts';

const groups: Readonly<Record<string, readonly string[]>> = {
  connection: ['add', 'update', 'list', 'test', 'sign-in', 'sign-out', 'remove'],
  users: ['list', 'show', 'export'],
  scores: ['histogram'],
  rule: ['add', 'list', 'show', 'test', 'export', 'import', 'clone', 'mute', 'remove'],
  action: ['add', 'list', 'remove', 'groups', 'plan', 'run', 'status', 'resume', 'retry', 'verify', 'undo', 'runs'],
  schedule: ['status', 'run', 'approve', 'reject', 'pause', 'resume'],
  journal: ['list', 'verify', 'export'],
  settings: ['show', 'set'],
};
const commands = [
  ...Object.entries(groups).flatMap(([group, names]) => names.map((name) => [group, name])),
  ['sync'],
  ['serve-twin'],
  ['demo'],
];

const root = fileURLToPath(new URL('../..', import.meta.url));
const untouched = mkdtempSync(join(tmpdir(), 'riskdesk-usage-'));
afterAll(() => rmSync(untouched, { recursive: true, force: true }));

describe('help', () => {
  it('lists every command of every group', async () => {
    const root = await cli(['--help']);
    expect(root.code).toBe(0);
    for (const name of [...Object.keys(groups), 'sync', 'serve-twin', 'demo'])
      expect(root.stdout).toContain(`\n  ${name}`);
    for (const [group, names] of Object.entries(groups)) {
      const { stdout } = await cli([group, '--help']);
      const listed = [...stdout.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1]);
      expect(listed.filter((name) => name !== 'help').sort()).toEqual([...names].sort());
    }
  });

  it.each(commands.map((words) => [words.join(' '), words] as const))(
    'of %s has an example and the global options',
    async (name, words) => {
      const written: string[] = [];
      const out = { ...makeOutput(false), text: (line: string) => written.push(line) };
      const { program } = await buildProgram(out, words);
      await expect(program.parseAsync([...words, '--help'], { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
      const help = written.join('\n');
      expect(help).toMatch(new RegExp(`Examples?:\n.* ${name}`));
      expect(help).toContain('--json');
      expect(help).toContain('--data-dir <dir>');
    },
  );

  it('is one JSON document with --json, as is the version', async () => {
    expect(documentOf(await cli(['users', 'list', '--help', '--json']))).toEqual({
      help: expect.stringContaining('Usage:'),
    });
    expect((await cli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+ \(no build stamp: runs from source\)\n$/);
  });
});

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

describe('wrong usage', () => {
  const run = '6f2c1d3e-0000-4000-8000-000000000001';
  const connection = ['--tenant', 'contoso.com', '--client', run];
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Usage:/],
    [['nonsense'], /unknown command 'nonsense'/],
    [['users'], /Usage:/],
    [['users', 'lst'], /unknown command 'lst'/],
    [['users', 'list', '--nonsense'], /unknown option '--nonsense'/],
    [['users', 'list', 'extra'], /too many arguments/],
    [['users', 'list', '--limit', 'x'], /--limit.*whole number of at least 1/],
    [['users', 'list', '--limit', '0'], /--limit/],
    [['users', 'list', '--limit', '-5'], /--limit/],
    [['users', 'list', '--limit'], /--limit <n>.*argument missing/],
    [['users', 'list', '--offset', '1.5'], /--offset/],
    [['users', 'list', '--sort', 'shoeSize'], /--sort.*riskLevel/],
    [['users', 'list', '--sort', 'score:up'], /--sort.*:desc/],
    [['users', 'list', '--days', '0'], /--days/],
    [['users', 'list', '--deleted', 'maybe'], /--deleted/],
    [['users', 'list', '--filter', '{'], /--filter: is not JSON[\s\S]*Give JSON such as/],
    [['users', 'list', '--filter', '@/nowhere/at/all.json'], /--filter: .*cannot be read/],
    [['users', 'show', '--connection', 'c'], /missing required argument 'id'/],
    [['users', 'show', run], /--connection/],
    [['users', 'export'], /--out/],
    [['users', 'export', '--out', 'users.xlsx'], /--out: .*\.csv nor \.json/],
    [['users', 'export', '--out', '-', '--json'], /--out: .*stdout/],
    [['connection', 'add', 'x'], /--tenant/],
    [['connection', 'add', 'x', '--tenant', 'contoso.com'], /--client/],
    [['connection', 'add', 'x', ...connection], /--secret-stdin.*missing/],
    [['connection', 'add', 'x', ...connection, '--secret-env', 'A', '--certificate', 'b.pem'], /only one credential/],
    [['connection', 'add', 'x', ...connection, '--secret-stdin'], /--secret-stdin: stdin held no secret/],
    [['connection', 'add', 'x', ...connection, '--secret-env', 'A', '--cloud', 'mars'], /--cloud.*usgov/],
    [['connection', 'add', 'x', ...connection, '--secret-env', 'A', '--score-min', '-1'], /--score-min/],
    [['connection', 'add', 'x', ...connection, '--secret-env', 'A', '--score-max', '1001'], /--score-max/],
    [
      ['connection', 'add', 'x', ...connection, '--secret-env', 'A', '--score-min', '700', '--score-max', '600'],
      /--score-min: 700 is above --score-max 600/,
    ],
    [['connection', 'add', 'x', ...connection, '--secret-env', 'A', '--sync-every', '0'], /--sync-every/],
    [['sync'], /missing required argument/],
    [['rule', 'add', 'r'], /--query/],
    [['rule', 'add', 'r', '--query', 'high'], /--query: is not JSON/],
    [['rule', 'test', 'r', '--days', '3', '--all-time'], /--days: .*--all-time/],
    [['rule', 'mute', 'r', '--until', '2026-02-30'], /--until/],
    [['rule', 'mute', 'r', '--until', '2001-01-01'], /--until.*future/],
    [['action', 'add', 'a', '--rule', 'r', '--connection', 'c', '--kind', 'explode'], /--kind/],
    [['action', 'add', 'a', '--rule', 'r', '--connection', 'c', '--kind', 'add-to-group'], /--group: .*needs a group/],
    [['action', 'add', 'a', '--rule', 'r', '--connection', 'c', '--kind', 'dismiss', '--group', run], /takes no group/],
    [
      [
        'action',
        'add',
        'a',
        '--rule',
        'r',
        '--connection',
        'c',
        '--kind',
        'add-to-group',
        '--group',
        run,
        '--create-group',
        'g',
      ],
      /--group: .*--create-group/,
    ],
    [
      [
        'action',
        'add',
        'a',
        '--rule',
        'r',
        '--connection',
        'c',
        '--kind',
        'add-to-group',
        '--group',
        run,
        '--group-type',
        'm365',
      ],
      /--group-type: /,
    ],
    [['action', 'plan', 'a', '--days', '7', '--all-time'], /--days: /],
    [['action', 'run', run], /--confirm: .*missing[\s\S]*--confirm COUNT/],
    [['action', 'run', run, '--confirm', 'all'], /--confirm/],
    [['action', 'verify', run, '--wait', 'long'], /--wait/],
    [['schedule'], /Usage:/],
    [['schedule', 'approve'], /missing required argument/],
    [['schedule', 'approve', run], /--confirm: .*missing[\s\S]*--confirm COUNT/],
    [['schedule', 'approve', run, '--confirm', '-1'], /--confirm/],
    [['schedule', 'reject'], /missing required argument/],
    [['schedule', 'run', 'now'], /too many arguments/],
    [['journal', 'list', '--from', 'yesterday'], /--from.*2026-11-23/],
    [['journal', 'list', '--from', '2026-11-02', '--to', '2026-11-01'], /--from: .*after --to/],
    [['journal', 'export', '--out', 'journal.txt'], /--out: /],
    [['settings', 'set', 'guardrails.cap'], /missing required argument/],
    [['serve-twin', '--users', 'many'], /--users/],
    [['serve-twin', '--port', '70000'], /--port/],
    [['serve-twin', '--faults', 'gremlins:0.1'], /--faults: .*gremlins/],
    [['serve-twin', '--faults', '7'], /--faults: /],
  ];

  it.each(rows.map(([args, text]) => [args.join(' '), args, text] as const))('%s', async (_, args, text) => {
    const json = await cli([...args.filter((arg) => arg !== '--json'), '--data-dir', untouched, '--json']);
    expect(json.stderr).toMatch(text);
    expect(json.code).toBe(2);
    const option = /(?:error: |option ')(--[a-z-]+)/.exec(json.stderr)?.[1];
    expect(documentOf(json)).toEqual({
      error: {
        code: 'bad-input',
        message: expect.stringMatching(/\S/),
        field: option === undefined ? expect.toSatisfy(isTextOrNull) : expect.stringContaining(option),
        cure: expect.stringMatching(/\S/),
        facts: {},
      },
    });
  });

  it('keeps stdout empty without --json', async () => {
    const plain = await cli(['users', 'list', '--limit', 'x']);
    expect(plain).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--limit') });
  });

  it('has touched no data folder', () => {
    expect(readdirSync(untouched)).toEqual([]);
  });
});

describe('the process', () => {
  it('is what npm run cli starts', async () => {
    const npm = spawn('npm', ['run', '-s', 'cli', '--', 'users', 'list', '--limit', 'x', '--json'], { cwd: root });
    const pieces: Buffer[] = [];
    npm.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    const [code] = await once(npm, 'close');
    expect(code).toBe(2);
    expect(JSON.parse(Buffer.concat(pieces).toString())).toMatchObject({ error: { field: '--limit' } });
  });

  it('survives a reader that goes away', async () => {
    const child = spawnCli(['action', 'add', '--help']);
    child.stdout?.destroy();
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(0);
  });

  it('starts fast', async () => {
    await cli(['--version']);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) times.push((await cli(['users', 'list', '--help'])).ms);
    const best = Math.round(Math.min(...times));
    process.stdout.write(`start-up of a help text: ${best} ms at best of ${times.length}\n`);
    expect(best).toBeLessThan(2_000);
  });
});
