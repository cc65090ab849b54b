/** Every command that needs a tenant, once in text and once as JSON, on the real core against a served twin. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, desk, documentOf, highRisk, serveTwinChild, type TwinChild } from './harness.ts';

type Row = Readonly<Record<string, unknown>>;
const rowKeys = [
  'id',
  'connection',
  'userPrincipalName',
  'displayName',
  'riskLevel',
  'riskState',
  'riskDetail',
  'riskLastUpdatedDateTime',
  'isDeleted',
  'score',
  'aggregateScore',
  'grouping',
];
const users = 1_200;

let twin: TwinChild;
let work: ReturnType<typeof desk>;
beforeAll(async () => {
  twin = await serveTwinChild('--users', String(users), '--delay', '0');
  work = desk(twin);
}, 30_000);
afterAll(async () => {
  work.remove();
  await twin.stop();
});

async function text(args: readonly string[], code = 0): Promise<string> {
  const outcome = await work.run(args);
  expect(outcome.stderr + outcome.stdout).not.toContain(twin.secret);
  expect({ args, code: outcome.code, stderr: outcome.stderr }).toMatchObject({ code });
  return outcome.stdout;
}

describe('a data folder that was never used', () => {
  it('answers every question with nothing, in text and as JSON', async () => {
    const empty = desk(twin);
    expect(await empty.json(['users', 'list'])).toEqual({ total: 0, rows: [] });
    expect(await empty.json(['scores', 'histogram'])).toMatchObject({ total: 0, unscored: 0 });
    expect(await empty.json(['journal', 'verify'])).toMatchObject({ intact: true, entries: 0 });
    for (const words of [
      ['connection', 'list'],
      ['rule', 'list'],
      ['action', 'list'],
    ])
      expect(await empty.json(words)).toEqual([]);
    expect(await empty.json(['action', 'runs'])).toEqual({ total: 0, rows: [] });
    expect(await empty.run(['users', 'list'])).toMatchObject({ code: 0, stdout: '', stderr: 'No user matches.\n' });
    empty.remove();
  });
});

describe('the whole way', () => {
  it('connection add, list, update, test', async () => {
    const added = await work.connect('contoso', '--score-min', '0', '--score-max', '1000', '--sync-every', '60');
    expect(added).toMatchObject({
      name: 'contoso',
      tenant: twin.tenant,
      client: twin.client,
      cloud: 'global',
      graphUrl: twin.graphUrl,
      authorityUrl: twin.authorityUrl,
      credential: { place: 'env', reference: 'TWIN_SECRET' },
      scoreRange: { min: 0, max: 1000, unscored: true },
      syncEvery: 60,
    });
    expect(JSON.stringify(added)).not.toContain(twin.secret);
    expect(await work.json(['connection', 'list'])).toEqual([added]);
    expect(await text(['connection', 'list'])).toMatch(/^NAME .*\ncontoso /);
    expect(
      await work.json(['connection', 'update', 'contoso', '--sync-every', 'never', '--weight', '2']),
    ).toMatchObject({
      syncEvery: null,
      weight: 2,
    });
    const test = (await work.json(['connection', 'test', 'contoso'])) as Row & { readonly permissions: readonly Row[] };
    expect(test).toMatchObject({ ok: true, problem: null });
    expect(test.permissions.every((row) => row.allowed === true)).toBe(true);
    expect(await text(['connection', 'test', 'contoso'])).toMatch(
      /✓[\s\S]*FEATURE +PERMISSION[\s\S]*IdentityRiskyUser/,
    );
  });

  it('sync', async () => {
    const first = (await work.json(['sync', 'contoso'])) as Row;
    expect(Object.keys(first)).toEqual([
      'complete',
      'users',
      'added',
      'changed',
      'gone',
      'skipped',
      'requests',
      'throttled',
      'durationMs',
      'message',
    ]);
    expect(first).toMatchObject({
      complete: true,
      users,
      added: users,
      gone: 0,
      skipped: 0,
      throttled: 0,
      message: null,
    });
    expect(await text(['sync', 'contoso', '--full'])).toMatch(/Synced "contoso": 1,200 users in the cache\./);
  });

  it('users list, show, export', async () => {
    const page = (await work.json(['users', 'list'])) as { readonly total: number; readonly rows: readonly Row[] };
    expect(page.total).toBe(users);
    expect(page.rows).toHaveLength(100);
    for (const row of page.rows) expect(Object.keys(row)).toEqual(rowKeys);
    const all = (await work.json(['users', 'list', '--limit', '5000'])) as { readonly rows: readonly Row[] };
    expect(new Set(all.rows.map((row) => row.id)).size).toBe(users);
    const tail = (await work.json(['users', 'list', '--offset', '1150', '--limit', '100'])) as {
      readonly rows: readonly Row[];
    };
    expect(tail.rows.map((row) => row.id)).toEqual(all.rows.slice(1150).map((row) => row.id));
    const high = (await work.json([
      'users',
      'list',
      '--filter',
      highRisk,
      '--sort',
      'riskLastUpdatedDateTime:desc',
    ])) as {
      readonly total: number;
      readonly rows: readonly Row[];
    };
    expect(high.rows.every((row) => row.riskLevel === 'high' && row.score === 375)).toBe(true);
    const times = high.rows.map((row) => String(row.riskLastUpdatedDateTime));
    expect(times).toEqual([...times].sort().reverse());
    expect(await text(['users', 'list', '--limit', '3'])).toMatch(/^NAME +UPN/);

    const id = String(page.rows[0]?.id);
    expect(await work.json(['users', 'show', id, '--connection', 'contoso'])).toMatchObject({ user: { id } });
    expect(await text(['users', 'show', id, '--connection', 'contoso'])).toContain(id);

    const file = join(work.dir, 'high.json');
    expect(await work.json(['users', 'export', '--out', file, '--filter', highRisk])).toEqual({
      file,
      users: high.total,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(high.total);
    const csv = join(work.dir, 'all.csv');
    expect(await text(['users', 'export', '--out', csv])).toContain('Wrote 1,200 users');
    expect(readFileSync(csv, 'utf8').length).toBeGreaterThan(users * 50);
    expect(() => statSync(`${csv}.tmp`)).toThrow();
    expect((await text(['users', 'export', '--out', '-', '--search', id])).split('\r\n').filter(Boolean)).toHaveLength(
      2,
    );
  });

  it('scores histogram', async () => {
    const histogram = (await work.json(['scores', 'histogram', '--connection', 'contoso'])) as {
      readonly total: number;
      readonly unscored: number;
      readonly buckets: readonly { readonly from: number; readonly to: number; readonly count: number }[];
      readonly groupings: Readonly<Record<string, number>>;
      readonly levels: Readonly<Record<string, number>>;
    };
    expect(histogram.total).toBe(users);
    expect(histogram.buckets.reduce((sum, bucket) => sum + bucket.count, 0) + histogram.unscored).toBe(users);
    expect(Object.keys(histogram.groupings)).toEqual(['Critical', 'High', 'Medium', 'Low']);
    expect(Object.values(histogram.levels).reduce((sum, each) => sum + each, 0)).toBe(users);
    expect(await text(['scores', 'histogram'])).toMatch(/351-400 +█+ \d|375/);
  });

  it('rule add, list, show, test, clone, mute, export, import, remove', async () => {
    expect(await work.json(['rule', 'add', 'High risk', '--query', highRisk])).toMatchObject({
      name: 'High risk',
      sentence: expect.stringMatching(/\S/),
    });
    const recent = '{"combinator":"and","rules":[{"field":"lastUpdatedWithinDays","operator":"<=","value":30}]}';
    writeFileSync(join(work.dir, 'recent.json'), recent);
    const query = `@${join(work.dir, 'recent.json')}`;
    expect(
      await text(['rule', 'add', 'Recent', '--query', query, '--folder', 'Daily', '--except', 'High risk']),
    ).toContain('Recent');
    expect(await work.json(['rule', 'list'])).toHaveLength(2);
    expect(await text(['rule', 'show', 'Recent'])).toMatch(/Recent \(in Daily\)[\s\S]*except: High risk/);
    expect(await work.json(['rule', 'show', 'recent'])).toMatchObject({ name: 'Recent', exceptions: ['High risk'] });
    const test = (await work.json(['rule', 'test', 'High risk', '--all-time'])) as Row & {
      readonly first: readonly Row[];
    };
    expect(test).toMatchObject({ name: 'High risk', total: expect.any(Number), days: null });
    expect(Object.keys(test.first[0] ?? {})).toEqual(rowKeys);
    const week = (await work.json(['rule', 'test', 'High risk', '--days', '30'])) as Row;
    expect(week.days).toBe(30);
    expect(Number(week.total)).toBeLessThan(Number(test.total));
    expect(await text(['rule', 'test', 'High risk'])).toMatch(/users match/);
    expect(await work.json(['rule', 'clone', 'High risk', 'Copy'])).toMatchObject({ name: 'Copy' });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    expect(await work.json(['rule', 'mute', 'Copy', '--until', until])).toMatchObject({ mutedUntil: until });
    expect(await text(['rule', 'mute', 'Copy', '--until', 'off'])).toContain('not muted');
    const file = join(work.dir, 'rules.json');
    expect(await work.json(['rule', 'export', '--out', file])).toEqual({ file, rules: 3 });
    expect(await work.json(['rule', 'export'])).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    for (const name of ['Copy', 'Recent']) expect(await work.json(['rule', 'remove', name])).toEqual({ removed: name });
    const other = desk(twin);
    expect(await other.json(['rule', 'import', file])).toMatchObject({
      added: expect.arrayContaining(['High risk', 'Copy']),
    });
    other.remove();
  });

  it('action add, list, groups, plan, run, status, verify, retry, undo, runs, remove', async () => {
    const quarantine = [
      '--rule',
      'High risk',
      '--connection',
      'contoso',
      '--kind',
      'add-to-group',
      '--create-group',
      'Quarantine',
    ];
    expect(await work.json(['action', 'add', 'quarantine', ...quarantine, '--cap', '10'])).toMatchObject({
      name: 'quarantine',
      kind: 'add-to-group',
      group: { mode: 'create', name: 'Quarantine', kind: 'security' },
      cap: 10,
    });
    expect(await text(['action', 'list'])).toMatch(/quarantine +Add to group "Quarantine" \(to be created, security\)/);
    const groups = (await work.json(['action', 'groups', 'contoso'])) as readonly Row[];
    expect(groups.some((group) => group.writable === false && typeof group.reason === 'string')).toBe(true);
    expect(await work.json(['action', 'groups', 'quarantine'])).toEqual(groups);
    expect(await text(['action', 'groups', 'contoso', '--type', 'security', '--limit', '5'])).toMatch(/^NAME +TYPE/);

    const plan = (await work.json(['action', 'plan', 'quarantine', '--steps'])) as {
      readonly planId: string;
      readonly total: number;
      readonly counts: { readonly act: number; readonly already: number; readonly skipped: number };
      readonly steps: readonly Row[];
    };
    expect(plan).toMatchObject({
      requests: expect.any(Number),
      estimatedSeconds: expect.any(Number),
      cap: 10,
      days: null,
    });
    expect(plan.counts.act + plan.counts.already + plan.counts.skipped).toBe(plan.total);
    expect(plan.steps).toHaveLength(plan.total);
    expect(await text(['action', 'plan', 'quarantine', '--days', '30'])).toMatch(
      /updated in the last 30 days[\s\S]*WHAT HAPPENS[\s\S]*Run it: .*--confirm \d+/,
    );

    const wrong = (await work.json(['action', 'run', plan.planId, '--confirm', '1'], 1)) as { readonly error: Row };
    expect(wrong.error.code).toBe('confirmation-needed');
    const run = (await work.json(['action', 'run', plan.planId, '--confirm', String(plan.counts.act)])) as {
      readonly runId: string;
      readonly state: string;
      readonly counts: Readonly<Record<string, number>>;
    };
    expect(run).toMatchObject({
      state: 'completed',
      counts: {
        succeeded: plan.counts.act,
        already: plan.counts.already,
        skipped: plan.counts.skipped,
        failed: 0,
        unknown: 0,
      },
    });
    expect(await work.json(['action', 'run', plan.planId, '--confirm', String(plan.counts.act)], 1)).toMatchObject({
      error: { code: 'plan-stale' },
    });
    const status = (await work.json(['action', 'status', run.runId, '--steps'])) as Row & {
      readonly steps: readonly Row[];
    };
    expect(status).toMatchObject({ runId: run.runId, state: 'completed', left: 0, counts: run.counts });
    expect(status.steps).toHaveLength(plan.total);
    expect(await text(['action', 'status', run.runId])).toMatch(/completed\.\n +succeeded \d+/);
    expect(await work.json(['action', 'verify', run.runId])).toMatchObject({
      runId: run.runId,
      counts: { verified: plan.counts.act, pending: 0, notApplied: 0 },
    });
    expect(await text(['action', 'verify', run.runId, '--wait', '1'])).toMatch(/verified \d+/);
    const undone = (await work.json(['action', 'undo', run.runId])) as { readonly counts: Row; readonly runId: string };
    expect(undone).toMatchObject({ state: 'completed', origin: 'undo', parentRunId: run.runId });
    expect(undone.counts).toMatchObject({ succeeded: plan.counts.act, failed: 0, unknown: 0 });
    expect(await work.json(['action', 'runs'])).toMatchObject({
      total: 2,
      rows: [{ runId: undone.runId }, { runId: run.runId }],
    });
    expect(await text(['action', 'runs'])).toMatch(/Undo: /);
    expect(await work.json(['action', 'remove', 'quarantine'])).toEqual({ removed: 'quarantine' });
  });

  it('a risk action, and what cannot be undone', async () => {
    await work.json([
      'rule',
      'add',
      'Few',
      '--query',
      '{"combinator":"and","rules":[{"field":"riskLevel","operator":"=","value":"low"},{"field":"riskState","operator":"=","value":"atRisk"},{"field":"lastUpdatedWithinDays","operator":"<=","value":20}]}',
    ]);
    await work.json([
      'action',
      'add',
      'confirm',
      '--rule',
      'Few',
      '--connection',
      'contoso',
      '--kind',
      'confirm-compromised',
      '--cap',
      '1000',
    ]);
    const plan = (await work.json(['action', 'plan', 'confirm', '--all-time'])) as Row & {
      readonly counts: { readonly act: number };
    };
    const run = (await work.json(['action', 'run', String(plan.planId), '--confirm', String(plan.counts.act)])) as Row;
    expect(run).toMatchObject({ state: 'completed', counts: { succeeded: plan.counts.act } });
    expect(await work.json(['action', 'verify', String(run.runId), '--wait', '1'])).toMatchObject({
      counts: { verified: plan.counts.act, notApplied: 0 },
    });
    const refused = await work.run(['action', 'undo', String(run.runId), '--json']);
    expect([1, 2]).toContain(refused.code);
    expect(documentOf(refused)).toMatchObject({ error: { message: expect.stringMatching(/\S/) } });
    const nothing = await work.run(['action', 'retry', String(run.runId), '--json']);
    expect([1, 2]).toContain(nothing.code);
    const resumed = await work.run(['action', 'resume', String(run.runId), '--json']);
    expect([1, 2]).toContain(resumed.code);
  });

  it('journal list, verify, export', async () => {
    const check = (await work.json(['journal', 'verify'])) as { readonly entries: number };
    expect(check).toMatchObject({ intact: true, firstBad: null, problem: null });
    expect(await text(['journal', 'verify'])).toMatch(/intact/);
    const page = (await work.json(['journal', 'list', '--limit', '7'])) as {
      readonly total: number;
      readonly rows: readonly Row[];
    };
    expect(page.total).toBe(check.entries);
    expect(page.rows).toHaveLength(7);
    const all = (await work.json(['journal', 'list', '--limit', '100000'])) as { readonly rows: readonly Row[] };
    expect(all.rows).toHaveLength(check.entries);
    expect(await text(['journal', 'list', '--event', 'connection'])).toMatch(/connection\.added/);
    const file = join(work.dir, 'journal.csv');
    expect(await work.json(['journal', 'export', '--out', file])).toEqual({ file, entries: check.entries });
    expect(readFileSync(file, 'utf8')).not.toContain(twin.secret);
    expect(await text(['journal', 'export', '--out', join(work.dir, 'journal.json'), '--event', 'run'])).toContain(
      'Wrote',
    );
    expect(JSON.parse(readFileSync(join(work.dir, 'journal.json'), 'utf8'))).not.toHaveLength(0);
  });

  it('settings show, set', async () => {
    expect(await work.json(['settings', 'show'])).toMatchObject({ guardrails: { cap: 200 } });
    expect(await work.json(['settings', 'set', 'guardrails.cap', '500'])).toMatchObject({ guardrails: { cap: 500 } });
    expect(await text(['settings', 'set', 'window.theme', 'dark'])).toBe('window.theme = "dark"\n');
    expect(await text(['settings', 'show'])).toContain('guardrails.cap = 500\n');
  });

  it('takes --json and --data-dir at the end, and from the environment', async () => {
    const last = await cli(['connection', 'list', '--json', '--data-dir', work.dir]);
    expect(documentOf(last)).toMatchObject([{ name: 'contoso' }]);
    const fromEnv = await cli(['connection', '--json', 'list'], { env: { RISKDESK_DATA_DIR: work.dir } });
    expect(documentOf(fromEnv)).toEqual(documentOf(last));
  });

  it('connection remove', async () => {
    expect(await work.json(['connection', 'remove', 'contoso'])).toEqual({ removed: 'contoso', removedUsers: users });
    expect(await work.json(['users', 'list'])).toEqual({ total: 0, rows: [] });
    expect(await text(['connection', 'list'])).toBe('');
  });
});
