/**
 * Measures the store and the queries: `node tests/bench/store/bench.ts [users] [folder]`. Reports the 95th percentile
 * over differing requests against the budgets. A folder that is named is kept, and used as it is when it is full already.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countLive } from '../../../electron/core/query/count.ts';
import { histogram } from '../../../electron/core/query/histogram.ts';
import { listUsers } from '../../../electron/core/query/users.ts';
import { openStore } from '../../../electron/core/store/open.ts';
import type { Store } from '../../../electron/core/store/types.ts';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { addConnection } from '../../harness/connection.ts';
import { report } from '../report.ts';
import { createMeter } from './measure.ts';
import { people } from './people.ts';
import { askAll, type Bench } from './questions.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const users = Number(positionals[0] ?? 200_000);
const now = Date.UTC(2026, 10, 20);
const budget = users <= 200_000 ? { page: 50, counters: 30 } : { page: 150, counters: 100 };

async function fill(store: Store): Promise<void> {
  const connection = await addConnection(store.writer, 'Bench', now);
  const { syncId } = await store.writer.startSync({ connection, kind: 'full', since: null, now });
  const spent = { requests: 1, throttled: 0, durationMs: 0 };
  let writing = 0;
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
  }
  const start = performance.now();
  await store.writer.finishSync({ syncId, complete: true, message: null, errorCode: null, now, ...spent });
  const finished = performance.now();
  const show = (what: string, value: number) =>
    report({ what: `first sync: ${what}`, users, value, unit: 'ms', budget: null });
  show('write pages', writing);
  show('finish', finished - start);
  while ((await store.writer.indexSearch({})).more);
  show('index search and columns', performance.now() - finished);
}

/** What a command asks, which opens the store for one question. */
async function askOnce(dataDir: string): Promise<void> {
  const context = { now, thresholds: defaultThresholds };
  const sort = { field: 'userPrincipalName', direction: 'asc' } as const;
  const high = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] } as const;
  const page = { sort, limit: 100, offset: Math.floor(users / 20) };
  const once = async (work: (store: Store) => Promise<unknown>): Promise<number> => {
    const store = await openStore({ dataDir, workers: false, log: () => {} });
    const start = performance.now();
    await work(store);
    const took = performance.now() - start;
    await store.close();
    return took;
  };
  const each: readonly (readonly [string, number, (store: Store) => Promise<unknown>])[] = [
    ['page of level high by name', budget.page, ({ reader }) => listUsers(reader, { query: high }, page, context)],
    ['search of 2 letters', budget.page, ({ reader }) => listUsers(reader, { search: 'er' }, page, context)],
    ['histogram of a search', budget.counters, ({ reader }) => histogram(reader, { search: 'contoso' }, context)],
  ];
  for (const [what, most, work] of each) {
    const took: number[] = [];
    for (let round = 0; round < 5; round += 1) took.push(await once(work));
    const value = took.sort((a, b) => a - b)[2] ?? Number.NaN;
    report({ what: `just opened: ${what}, median`, users, value, unit: 'ms', budget: most });
  }
}

const named = positionals[1];
const dataDir = named ?? mkdtempSync(join(tmpdir(), 'riskdesk-bench-'));
const store = await openStore({ dataDir, workers: true, log: () => {} });
try {
  if ((await countLive(store.reader)) === 0) await fill(store);
  while ((await store.writer.indexSearch({})).more);
  report({
    what: 'memory after the first sync',
    users,
    value: process.memoryUsage.rss() / 1e6,
    unit: 'MB',
    budget: null,
  });
  const meter = createMeter();
  const forget = () => store.writer.saveSetting({ key: 'bench', value: String(performance.now()) });
  const bench: Bench = { meter, reader: store.reader, users, now, budget, forget };
  await askAll(bench);
  meter.reportAll(users);
  report({
    what: 'memory after all questions',
    users,
    value: process.memoryUsage.rss() / 1e6,
    unit: 'MB',
    budget: null,
  });
  await askOnce(dataDir);
  report({ what: 'database on disk', users, value: statSync(store.file).size / 1e6, unit: 'MB', budget: null });
} finally {
  await store.close();
  if (named === undefined) rmSync(dataDir, { recursive: true, force: true });
}
