/**
 * Measures the store and the queries: `node tests/bench/store/bench.ts [users]`. Reports the 95th percentile over
 * differing requests against the budgets.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countUsers } from '../../../electron/core/query/count.ts';
import type { Filter } from '../../../electron/core/query/filter.ts';
import { histogram } from '../../../electron/core/query/histogram.ts';
import { overview } from '../../../electron/core/query/overview.ts';
import type { SortField } from '../../../electron/core/query/sort.ts';
import { getUser, listUsers } from '../../../electron/core/query/users.ts';
import { openStore } from '../../../electron/core/store/open.ts';
import type { Store } from '../../../electron/core/store/types.ts';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { addConnection } from '../../harness/connection.ts';
import { report } from '../report.ts';
import { people } from './people.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const users = Number(positionals[0] ?? 200_000);
const now = Date.UTC(2026, 10, 20);
const context = { now, thresholds: defaultThresholds };
const budget = users <= 200_000 ? { page: 50, counters: 30 } : { page: 150, counters: 100 };

type Line = {
  readonly what: string;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  /** 95th percentile of processor time over all threads: what it would take on an idle machine. */
  readonly cpu95: number;
  readonly budget: number | null;
};
const lines: Line[] = [];

async function measure(
  what: string,
  allowed: number | null,
  times: number,
  work: (round: number) => Promise<unknown>,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const took: number[] = [];
  const busy: number[] = [];
  for (let round = 0; round < times; round += 1) {
    await before();
    const start = performance.now();
    const cpu = process.cpuUsage();
    await work(round);
    took.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    busy.push((user + system) / 1000);
  }
  took.sort((a, b) => a - b);
  busy.sort((a, b) => a - b);
  const at = (share: number, of = took) => of[Math.min(of.length - 1, Math.ceil(of.length * share) - 1)] ?? 0;
  lines.push({ what, median: at(0.5), p95: at(0.95), max: at(1), cpu95: at(0.95, busy), budget: allowed });
}

const sortFields: readonly SortField[] = [
  'id',
  'connection',
  'userPrincipalName',
  'displayName',
  'riskLevel',
  'riskState',
  'riskDetail',
  'riskLastUpdatedDateTime',
  'isDeleted',
  'isProcessing',
  'isGuest',
  'score',
  'aggregateScore',
  'grouping',
  'firstSeen',
  'lastSeen',
  'lastChanged',
];

async function fill(store: Store, connection: number): Promise<void> {
  const { syncId } = await store.writer.startSync({ connection, kind: 'full', since: null, now });
  let writing = 0;
  let spent = { requests: 0, throttled: 0, durationMs: 0 };
  for (let at = 0; at < users; at += 500) {
    const page = people(at, Math.min(500, users - at), now);
    const start = performance.now();
    await store.writer.writePage({
      syncId,
      users: page,
      nextLink: `page ${at}`,
      skipped: 0,
      repaired: 0,
      examples: [],
      now,
      ...spent,
    });
    writing += performance.now() - start;
    spent = { requests: 1, throttled: 0, durationMs: 0 };
  }
  const start = performance.now();
  await store.writer.finishSync({ syncId, complete: true, message: null, errorCode: null, now, ...spent });
  const finishing = performance.now() - start;
  while ((await store.writer.indexSearch({})).more);
  const indexing = performance.now() - start - finishing;
  lines.push({ what: 'first sync: write pages', median: writing, p95: writing, max: writing, cpu95: 0, budget: null });
  lines.push({
    what: 'first sync: index the search',
    median: indexing,
    p95: indexing,
    max: indexing,
    cpu95: 0,
    budget: null,
  });
  lines.push({ what: 'first sync: finish', median: finishing, p95: finishing, max: finishing, cpu95: 0, budget: null });
}

function rule(field: string, operator: string, value: unknown): Filter['query'] {
  return { combinator: 'and', rules: [{ field, operator, value } as never] };
}

/** Any commit makes the remembered counts worthless. */
async function forgetCounts(store: Store): Promise<void> {
  await store.writer.cleanHistory({ before: 0 });
  await store.writer.saveSetting({ key: 'bench', value: String(performance.now()) });
}

async function queries(store: Store): Promise<void> {
  const { reader } = store;
  const list = (filter: Filter, field: SortField, direction: 'asc' | 'desc', offset: number, limit = 100) =>
    listUsers(reader, filter, { sort: { field, direction }, limit, offset }, context);
  const offsets = [0, 100, Math.floor(users / 10), Math.floor(users / 2), Math.floor(users * 0.75), users - 100];

  for (const field of sortFields) {
    await measure(`page by ${field}, any offset`, budget.page, offsets.length * 4, (round) =>
      list({}, field, round % 2 === 0 ? 'asc' : 'desc', offsets[round % offsets.length] ?? 0),
    );
  }
  const high: Filter = { query: rule('riskLevel', '=', 'high') };
  for (const field of ['userPrincipalName', 'riskLastUpdatedDateTime', 'riskState', 'displayName'] as const) {
    await measure(`page of level high by ${field}`, budget.page, 24, (round) =>
      list(high, field, round % 2 === 0 ? 'asc' : 'desc', Math.floor((offsets[round % offsets.length] ?? 0) * 0.19)),
    );
  }
  const texts = (
    'schneider anna anna.schneider1 contoso3 example.com mill zzzz hoffmann19 .com tina wolf garcia nils@ fischer12 ' +
    'greta.h johnson9 @contoso5 richter carla 12345 felix.k jonas.miller koch@ er1 olga udo.bauer77 mia paul.s 777@ sven'
  ).split(' ');
  const search = (round: number) => `${texts[round % texts.length]}`;
  for (const [field, direction] of [
    ['riskLastUpdatedDateTime', 'desc'],
    ['userPrincipalName', 'asc'],
    ['riskLevel', 'desc'],
  ] as const) {
    await forgetCounts(store);
    await measure(`search, by ${field}`, budget.page, texts.length, (round) =>
      list({ search: search(round) }, field, direction, 0),
    );
  }
  const short = 'a zz 1 wo @ 99 qx \u00e9 an o4 s .c mi x er _ 7@ ul'.split(' ');
  await forgetCounts(store);
  await measure('search of 1-2 characters', budget.page, short.length, (round) =>
    list({ search: `${short[round]}` }, 'riskLastUpdatedDateTime', 'desc', 0),
  );
  const rules: readonly Filter[] = [
    { query: rule('riskLevel', 'in', ['high', 'medium']) },
    { query: rule('aggregateScore', '<=', 500), days: 30 },
    { query: rule('lastUpdatedWithinDays', '<=', 7) },
    { query: rule('userPrincipalName', 'contains', 'schneider') },
    { query: rule('displayName', 'beginsWith', 'anna') },
    { query: rule('userPrincipalName', 'endsWith', 'contoso3.example.com') },
    {
      query: {
        combinator: 'or',
        rules: [
          { field: 'riskLevel', operator: '=', value: 'high' },
          { field: 'riskLastUpdatedDateTime', operator: '>', value: '2026-11-01' },
        ],
      },
    },
    {
      query: {
        combinator: 'and',
        not: true,
        rules: [
          { field: 'riskState', operator: '=', value: 'atRisk' },
          { field: 'userPrincipalName', operator: 'contains', value: 'miller' },
        ],
      },
    },
  ];
  for (const [index, filter] of rules.entries()) {
    await measure(
      `rule count ${index + 1}`,
      budget.page,
      10,
      (round) => countUsers(reader, filter, { ...context, now: now - round * 1000 }),
      () => forgetCounts(store),
    );
  }
  await measure('histogram, everybody', budget.counters, 20, () => histogram(reader, {}, context));
  await measure('histogram, level high', budget.counters, 20, () => histogram(reader, high, context));
  await measure('histogram, last N days', budget.counters, 20, (round) =>
    histogram(reader, { days: 10 + round * 15 }, context),
  );
  await measure('histogram, search', budget.counters, 20, (round) =>
    histogram(reader, { search: search(round) }, context),
  );
  await measure('counters (overview)', budget.counters, 20, () => overview(reader, null, now));
  const ids = people(0, 50, now).map(({ objectId }) => objectId);
  await measure('one user', budget.page, 50, (round) => getUser(reader, 'Bench', ids[round] ?? '', context));
}

const dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-bench-'));
const store = await openStore({ dataDir, workers: true, log: () => {} });
try {
  const connection = await addConnection(store.writer, 'Bench', now);
  await fill(store, connection);
  const rss = process.memoryUsage.rss() / 1e6;
  await queries(store);
  const size = statSync(store.file).size / 1e6;
  for (const { what, p95, budget: allowed } of lines) {
    report({ what: `${what}, p95`, users, value: p95, unit: 'ms', budget: allowed });
  }
  report({ what: 'database on disk', users, value: size, unit: 'MB', budget: null });
  report({ what: 'memory after the first sync', users, value: rss, unit: 'MB', budget: null });
} finally {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
}
