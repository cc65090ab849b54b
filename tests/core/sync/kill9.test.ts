/** Processes that are killed in the middle of a sync, and processes that sync the same connection at once. */
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { cachedUsers, expectSameUsers, openSyncScene, readRows, type SyncScene } from './scene.ts';
import { type SyncProcess, startSync } from './syncProcess.ts';

let scene: SyncScene;
const processes: SyncProcess[] = [];
afterEach(async () => {
  for (const { process, ended } of processes.splice(0)) {
    if (process.exitCode === null && process.signalCode === null) process.kill('SIGKILL');
    await ended;
  }
  await scene.close();
});

/** mulberry32: the same moments for the same seed, as far as a loaded machine allows. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function begin(options: { readonly full?: boolean; readonly workers?: boolean } = {}): SyncProcess {
  const child = startSync(scene.test.dataDir, options);
  processes.push(child);
  return child;
}

/** What must hold of the file after every kill. */
function expectSound(): void {
  const { dataDir } = scene.test;
  expect(readRows<{ integrity_check: string }>(dataDir, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(
    readRows<{ n: number }>(
      dataDir,
      'SELECT count(*) AS n FROM risky_user u LEFT JOIN user_text t ON t.id = u.id WHERE t.id IS NULL',
    ),
  ).toEqual([{ n: 0 }]);
  expect(
    readRows(
      dataDir,
      'SELECT lower(object_id) FROM user_text GROUP BY lower(object_id), connection HAVING count(*) > 1',
    ),
  ).toEqual([]);
}

/** What must hold after a complete sync: the counts that are kept are those of the users themselves. */
function expectWhole(users: number): void {
  const { dataDir } = scene.test;
  expectSound();
  expectSameUsers(cachedUsers(dataDir), scene.control);
  expect(readRows(dataDir, 'SELECT total(users) AS n FROM user_cube')).toEqual([{ n: users }]);
  const last = 'SELECT sum(users) AS n FROM sync_histogram WHERE sync = (SELECT max(id) FROM sync)';
  expect(readRows(dataDir, last)).toEqual([{ n: users }]);
  const db = new Database(`${dataDir}/riskdesk.db`);
  // FTS5 compares its index with the stored text; throws when they differ.
  db.exec("BEGIN; INSERT INTO user_search (user_search, rank) VALUES ('integrity-check', 1); ROLLBACK");
  db.close();
}

/** Kills a process after a random number of further requests and a random pause; false when it was done before. */
async function killSomewhere(child: SyncProcess, random: () => number, most: number): Promise<boolean> {
  const requests = scene.pages().length + Math.floor(random() * most);
  const over = () => child.process.exitCode !== null;
  while (scene.pages().length < requests && !over()) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, random() * 40));
  if (over()) return false;
  child.process.kill('SIGKILL');
  await child.ended;
  return true;
}

describe('kill -9 at any moment', () => {
  it.each([
    [1, false],
    [2, true],
    [3, false],
  ])('of a first sync, then of later ones (seed %i, threads: %s)', { timeout: 180_000 }, async (seed, workers) => {
    const users = 8_300;
    scene = await openSyncScene({ twin: { users, seed, logLength: 100_000 } });
    await scene.test.core.close();
    const random = randomOf(seed);
    scene.control.inject({ kind: 'slow', delayMs: 20, match: (_method, path) => path.endsWith('/riskyUsers') });

    let kills = 0;
    for (let run = 0; run < 4; run += 1) {
      if (await killSomewhere(begin({ workers }), random, 8)) kills += 1;
      expectSound();
    }
    const first = (await begin({ workers }).ended).report;
    expect(first).toMatchObject({ complete: true, users });
    // Unless one that was to be killed had reached the end: then there was nothing left to add.
    if (first?.kind === 'full') expect(first.added).toBe(users);
    expectWhole(users);

    for (const full of [false, true, false, true]) {
      scene.control.advance(20 * 60_000);
      scene.control.changeRisk(4_000, {
        riskLevel: full ? 'low' : 'medium',
        riskState: 'atRisk',
        riskDetail: 'generic',
      });
      if (full) scene.control.dropUser(scene.control.userAt(100 + kills).id);
      if (await killSomewhere(begin({ full, workers }), random, full ? 16 : 6)) kills += 1;
      expectSound();
    }
    // The killed one is finished first; who changed behind its back, or is gone since, is the next one's affair.
    for (let run = 0; run < 2; run += 1) {
      expect((await begin({ full: true, workers }).ended).report).toMatchObject({ complete: true, kind: 'full' });
      expectSound();
    }
    expectWhole(scene.control.userCount());
    expect(kills).toBeGreaterThanOrEqual(5);
    expect(scene.control.violations).toEqual([]);
  });

  it('after the last page, when only the end is missing, reads nothing again', async () => {
    scene = await openSyncScene({ twin: { users: 2_000 } });
    // A full disk would do the same; here the end of the sync is taken back as a kill would have left it.
    expect(await scene.sync()).toMatchObject({ complete: true });
    await scene.test.core.close();
    const db = new Database(`${scene.test.dataDir}/riskdesk.db`);
    db.exec(
      "UPDATE sync SET state = 'running', finished = NULL, users = 0; DELETE FROM sync_histogram; UPDATE connection SET needs_full = 1",
    );
    db.close();
    scene.control.resetCounters();
    const { report } = await begin().ended;
    expect(report).toMatchObject({ complete: true, kind: 'full', users: 2_000, added: 2_000, requests: 4 });
    expect(scene.pages()).toHaveLength(0);
    expectWhole(2_000);
  });
});

describe('two processes that sync the same connection', () => {
  it.each([
    ['at once', 0],
    ['when the first has written some pages', 3],
  ])('begun %s: both end, and the data is right', { timeout: 120_000 }, async (_name, pages) => {
    const users = 8_200;
    scene = await openSyncScene({ twin: { users } });
    await scene.test.core.close();
    scene.control.inject({ kind: 'slow', delayMs: 150, match: (_method, path) => path.endsWith('/riskyUsers') });
    const one = begin();
    await one.started;
    while (scene.pages().length < pages && one.process.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const other = begin();
    const ends = await Promise.all([one.ended, other.ended]);
    for (const { code, errors, report } of ends) {
      expect(errors).toBe('');
      expect(code).toBe(0);
      // Who comes while the first page is on the wire takes over; who comes later goes on with the same sync.
      if (pages > 0) expect(report).toMatchObject({ complete: true, users });
      expect(report?.complete === true || report?.errorCode === 'busy').toBe(true);
    }
    expect(ends.some(({ report }) => report?.complete === true)).toBe(true);
    expectWhole(users);
    expect((await begin({ full: true }).ended).report).toMatchObject({ complete: true, users, added: 0, gone: 0 });
    expectWhole(users);
  });
});
