/** What a sync does to the cache: inserts, guarded updates, changes, the gone, the score range, the first sync's own way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RiskyUserIn } from '../../electron/core/store/tables/riskyUserIn.ts';
import { addConnection } from '../harness/connection.ts';
import { contentOf, cubeAndTruth, objectId, openTestStore, spent, syncPages, t0, userNumber } from './harness.ts';

type UserRow = {
  id: number;
  gone: number | null;
  score: number | null;
  aggregate: number | null;
  last_changed: number;
  first_seen: number;
  seen_sync: number;
};

const later = t0 + 3_600_000;

async function oneStore() {
  const store = await openTestStore();
  const connection = await addConnection(store.writer, 'Contoso', t0);
  const row = (n: number) =>
    store.reader.get<UserRow>(
      'SELECT u.* FROM risky_user u JOIN user_text t ON t.id = u.id WHERE lower(t.object_id) = ?',
      [objectId(n)],
    );
  return { store, connection, row };
}

describe('a sync', () => {
  it('counts what it added, changed and lost', async () => {
    const { store, connection } = await oneStore();
    const first = await syncPages(store, connection, [[1, 2].map((n) => userNumber(n)), [userNumber(3)]]);
    expect(first).toMatchObject({ pages: 2, received: 3, users: 3, added: 3, changed: 0, gone: 0, requests: 3 });
    const second = await syncPages(store, connection, [
      [userNumber(1), userNumber(2, { riskLevel: 'high' }), userNumber(4)],
    ]);
    expect(second).toMatchObject({ users: 3, added: 1, changed: 1, gone: 1 });
  });

  it('records a change of level, state or detail, and nothing else, in the history', async () => {
    const { store, connection, row } = await oneStore();
    await syncPages(store, connection, [[userNumber(1), userNumber(2), userNumber(3)]]);
    await syncPages(
      store,
      connection,
      [
        [
          userNumber(1, { riskState: 'dismissed' }),
          userNumber(2, { displayName: 'Other' }),
          userNumber(3, { updatedAt: t0 }),
        ],
      ],
      { now: later },
    );
    const changes = await store.reader.all<{ user: number; state_before: number; state_after: number; seen: number }>(
      'SELECT user, state_before, state_after, seen FROM user_change',
    );
    const one = await row(1);
    expect(changes).toEqual([{ user: one?.id, state_before: 4, state_after: 3, seen: later }]);
    expect(one?.last_changed).toBe(later);
    expect(one?.first_seen).toBe(t0);
    expect((await row(2))?.last_changed).toBe(t0);
  });

  it('does not rewrite a user that is the same, but for the sync that saw it', async () => {
    const { store, connection, row } = await oneStore();
    await syncPages(store, connection, [[userNumber(1)]]);
    const before = await row(1);
    const result = await syncPages(store, connection, [[userNumber(1)]], { now: later });
    expect(result).toMatchObject({ added: 0, changed: 0, gone: 0, users: 1 });
    expect(await row(1)).toEqual({ ...before, seen_sync: result.syncId });
  });

  it('knows a user again whatever the case of the id', async () => {
    const { store, connection } = await oneStore();
    const id = 'abcdef00-0000-4000-8000-000000000001';
    await syncPages(store, connection, [[userNumber(1, { objectId: id })]]);
    const again = await syncPages(store, connection, [[userNumber(1, { objectId: id.toUpperCase() })]]);
    expect(again).toMatchObject({ users: 1, added: 0 });
  });

  it('keeps strange members, lone surrogates and NULs, and does not take them for changes the next time', async () => {
    const { store, connection } = await oneStore();
    const strange = userNumber(1, {
      riskLevel: 'severe',
      riskState: 'pondering',
      riskDetail: 'adminSaidSo',
      userPrincipalName: 'a\ud800b\0c',
      displayName: null,
      updatedAt: null,
    });
    await syncPages(store, connection, [[strange]]);
    expect(await syncPages(store, connection, [[strange]])).toMatchObject({ changed: 0, added: 0 });
    const texts = await store.reader.all<{ kind: string; text: string; code: number }>(
      'SELECT kind, text, code FROM term WHERE code >= 100 ORDER BY kind',
    );
    expect(texts).toEqual([
      { kind: 'detail', text: 'adminSaidSo', code: 100 },
      { kind: 'level', text: 'severe', code: 100 },
      { kind: 'state', text: 'pondering', code: 100 },
    ]);
  });

  it('marks nobody as gone when it is incremental or incomplete', async () => {
    const { store, connection, row } = await oneStore();
    await syncPages(store, connection, [[userNumber(1), userNumber(2)]]);
    expect(await syncPages(store, connection, [[userNumber(1)]], { complete: false })).toMatchObject({
      gone: 0,
      users: 2,
    });
    expect(await syncPages(store, connection, [[userNumber(1)]], { kind: 'incremental' })).toMatchObject({ gone: 0 });
    expect((await row(2))?.gone).toBeNull();
    expect(await syncPages(store, connection, [[userNumber(1)]], { now: later })).toMatchObject({ gone: 1, users: 1 });
    expect((await row(2))?.gone).toBe(later);
  });

  it('brings a gone user back with its history when Graph lists it again', async () => {
    const { store, connection, row } = await oneStore();
    await syncPages(store, connection, [[userNumber(1), userNumber(2)]]);
    const before = await row(2);
    await syncPages(store, connection, [[userNumber(1)]]);
    const back = await syncPages(store, connection, [[userNumber(1), userNumber(2, { riskLevel: 'low' })]], {
      now: later,
    });
    expect(back).toMatchObject({ added: 1, changed: 0, users: 2 });
    expect(await row(2)).toMatchObject({ id: before?.id, gone: null, first_seen: t0, score: 875, last_changed: later });
    const found = await store.reader.all('SELECT rowid FROM user_search WHERE user_search MATCH \'"user2@"\'');
    expect(found).toHaveLength(1);
  });

  it('takes the newest row when a page, or two pages of the first sync, name a user twice', async () => {
    const { store, connection, row } = await oneStore();
    const result = await syncPages(store, connection, [
      [userNumber(1, { riskLevel: 'low' }), userNumber(1, { riskLevel: 'high' }), userNumber(2)],
      [userNumber(3)],
      [userNumber(2, { riskLevel: 'high', displayName: 'Newer' })],
    ]);
    expect(result).toMatchObject({ users: 3, added: 3, received: 5 });
    expect((await row(1))?.score).toBe(375);
    expect((await row(2))?.score).toBe(375);
    const { cube, truth } = await cubeAndTruth(store);
    expect(cube).toEqual(truth);
    expect(await store.reader.all('SELECT rowid FROM user_search WHERE user_search MATCH \'"user 2"\'')).toEqual([]);
  });

  it('keeps whom the score range lets in, and lets go of who leaves it', async () => {
    const store = await openTestStore();
    const connection = await addConnection(store.writer, 'High', t0, { scoreMax: 500, keepUnscored: false });
    const first = await syncPages(store, connection, [
      [userNumber(1, { riskLevel: 'high' }), userNumber(2, { riskLevel: 'low' }), userNumber(3, { riskLevel: 'none' })],
      [userNumber(4, { riskLevel: 'high' }), userNumber(4, { riskLevel: 'high' })],
      [userNumber(4, { riskLevel: 'low' })],
    ]);
    expect(first).toMatchObject({ users: 1, received: 6 });
    expect((await contentOf(store)).map(({ id }) => id)).toEqual([objectId(1)]);
    const left = await syncPages(store, connection, [[userNumber(1, { riskLevel: 'medium' })]], {
      kind: 'incremental',
    });
    expect(left).toMatchObject({ users: 0, gone: 1, added: 0 });
    const back = await syncPages(store, connection, [[userNumber(1, { riskLevel: 'high' })]], { kind: 'incremental' });
    expect(back).toMatchObject({ users: 1, added: 1 });
    const changes = await store.reader.get<{ n: number }>('SELECT count(*) AS n FROM user_change');
    expect(changes?.n).toBe(2);
  });

  it('moves the watermark with the data, and not by a clock that runs ahead', async () => {
    const { store, connection } = await oneStore();
    const far = Date.UTC(9999, 0, 1);
    const first = await syncPages(store, connection, [
      [userNumber(1, { updatedAt: far }), userNumber(2, { updatedAt: t0 - 5 })],
    ]);
    expect(first.watermark).toBe(t0 - 5);
    const none = await syncPages(store, connection, [[]], { kind: 'incremental' });
    expect(none.watermark).toBe(t0 - 5);
    const next = await syncPages(store, connection, [[userNumber(3, { updatedAt: t0 })]], { kind: 'incremental' });
    expect(next.watermark).toBe(t0);
  });

  it('keeps one histogram per complete sync', async () => {
    const { store, connection } = await oneStore();
    const { syncId } = await syncPages(store, connection, [
      [userNumber(1), userNumber(2), userNumber(3, { riskLevel: 'none' })],
    ]);
    await syncPages(store, connection, [[userNumber(1)]], { complete: false });
    expect(await store.reader.all('SELECT * FROM sync_histogram ORDER BY level')).toEqual([
      { sync: syncId, level: 0, state: 4, score: null, users: 1 },
      { sync: syncId, level: 3, state: 4, score: 625, users: 2 },
    ]);
  });

  it('keeps five examples of bad rows and adds up what was spent, over a resume', async () => {
    const { store, connection } = await oneStore();
    const { syncId } = await store.writer.startSync({ connection, kind: 'full', since: null, now: t0 });
    const page = { syncId, nextLink: 'https://graph.example.com/2', skipped: 4, repaired: 1, now: t0, ...spent };
    await store.writer.writePage({ ...page, users: [userNumber(1)], examples: ['a', 'b', 'c', 'd'] });
    await store.writer.finishSync({
      syncId,
      complete: false,
      message: 'offline',
      errorCode: 'offline',
      now: t0,
      ...spent,
    });
    const resumed = await store.writer.resumeSync({ syncId });
    expect(resumed).toMatchObject({ nextLink: 'https://graph.example.com/2', pages: 1, skipped: 4, requests: 2 });
    await store.writer.writePage({ ...page, nextLink: null, users: [userNumber(2)], examples: ['e', 'f'] });
    const done = await store.writer.finishSync({
      syncId,
      complete: true,
      message: null,
      errorCode: null,
      now: t0,
      ...spent,
    });
    expect(done).toMatchObject({ users: 2, added: 2, gone: 0, skipped: 8, repaired: 2, requests: 4, durationMs: 40 });
    const row = await store.reader.get<{ examples: string; message: string | null; next_link: string | null }>(
      'SELECT examples, message, next_link FROM sync WHERE id = ?',
      [syncId],
    );
    expect(row).toEqual({ examples: '["a","b","c","d","e"]', message: null, next_link: null });
  });

  it('refuses pages of a sync that ended or was overtaken', async () => {
    const { store, connection } = await oneStore();
    const { syncId } = await store.writer.startSync({ connection, kind: 'full', since: null, now: t0 });
    await store.writer.startSync({ connection, kind: 'full', since: null, now: t0 });
    const page = { syncId, users: [], nextLink: null, skipped: 0, repaired: 0, examples: [], now: t0, ...spent };
    await expect(store.writer.writePage(page)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(store.writer.resumeSync({ syncId })).rejects.toMatchObject({ code: 'not-found' });
  });
});

const names = fc.constantFrom('anna@x.example', 'ANNA@x.example', 'bert@x.example', 'Ä@x.example', null);
const someUser = fc.record({
  n: fc.integer({ min: 1, max: 8 }),
  riskLevel: fc.constantFrom('none', 'low', 'medium', 'high', 'hidden'),
  riskState: fc.constantFrom('atRisk', 'dismissed'),
  userPrincipalName: names,
  displayName: names,
  isDeleted: fc.boolean(),
});
const somePages = fc.array(fc.array(someUser, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

function toPages(pages: readonly (readonly ({ n: number } & Partial<RiskyUserIn>)[])[]): RiskyUserIn[][] {
  return pages.map((page) => page.map(({ n, ...change }) => userNumber(n, change)));
}

describe('the first sync', () => {
  it('ends in the same cache as the row-by-row way does', async () => {
    await fc.assert(
      fc.asyncProperty(somePages, fc.boolean(), async (given, narrow) => {
        const pages = toPages(given);
        const range = narrow ? { scoreMin: 300, scoreMax: 700, keepUnscored: false } : {};
        const bulk = await openTestStore();
        const bulkConnection = await addConnection(bulk.writer, 'Contoso', t0, range);
        const merged = await openTestStore();
        const mergedConnection = await addConnection(merged.writer, 'Contoso', t0, range);
        // An incremental sync never takes the first sync's way.
        const quick = await syncPages(bulk, bulkConnection, pages);
        const slow = await syncPages(merged, mergedConnection, pages, { kind: 'incremental' });
        expect(await contentOf(bulk)).toEqual(await contentOf(merged));
        expect(quick.users).toBe(slow.users);
        for (const store of [bulk, merged]) {
          const { cube, truth } = await cubeAndTruth(store);
          expect(cube).toEqual(truth);
        }
        await Promise.all([bulk.close(), merged.close()]);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('keeps the cube, the search index and the aggregates right over any row of syncs', async () => {
    const syncs = fc.array(
      fc.record({
        pages: somePages,
        kind: fc.constantFrom('full', 'incremental'),
        complete: fc.boolean(),
        second: fc.boolean(),
        index: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(syncs, async (rounds) => {
        const store = await openTestStore();
        const one = await addConnection(store.writer, 'One', t0, { weight: 1 });
        const two = await addConnection(store.writer, 'Two', t0, { weight: 3, mapHigh: 100, scoreMin: 50 });
        for (const { pages, kind, complete, second, index } of rounds) {
          await syncPages(store, second ? two : one, toPages(pages), { kind, complete, index });
        }
        while ((await store.writer.indexSearch({})).more);
        const { cube, truth } = await cubeAndTruth(store);
        expect(cube).toEqual(truth);
        const before = await contentOf(store);
        await store.writer.recomputeAggregates({});
        expect(await contentOf(store)).toEqual(before);
        for (const needle of ['anna@', 'ert', 'ä@x']) {
          const found = await store.reader.all(
            'SELECT rowid AS id FROM user_search WHERE user_search MATCH ? ORDER BY 1',
            [`"${needle}"`],
          );
          const naive = await store.reader.all(
            'SELECT id FROM user_text WHERE instr(upn_fold, ?) OR instr(name_fold, ?) ORDER BY 1',
            [needle, needle],
          );
          expect(found).toEqual(naive);
        }
        await store.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('goes on in its own way after the process died in the middle', async () => {
    const { store, connection } = await oneStore();
    const { syncId, bulk } = await store.writer.startSync({ connection, kind: 'full', since: null, now: t0 });
    expect(bulk).toBe(true);
    const page = { syncId, skipped: 0, repaired: 0, examples: [], now: t0, ...spent };
    await store.writer.writePage({ ...page, users: [userNumber(1)], nextLink: 'https://graph.example.com/2' });
    await store.close();
    const again = await openTestStore(store.file.replace('/riskdesk.db', ''));
    expect(await again.writer.resumeSync({ syncId })).toMatchObject({
      pages: 1,
      nextLink: 'https://graph.example.com/2',
    });
    await again.writer.writePage({ ...page, users: [userNumber(2)], nextLink: null });
    const done = await again.writer.finishSync({
      syncId,
      complete: true,
      message: null,
      errorCode: null,
      now: t0,
      ...spent,
    });
    expect(done).toMatchObject({ users: 2, added: 2 });
    expect(await again.reader.all("SELECT name FROM sqlite_schema WHERE name = 'user_upn'")).toHaveLength(1);
  });

  it('is ended in good order by another connection that starts in the middle', async () => {
    const { store, connection } = await oneStore();
    const other = await addConnection(store.writer, 'Fabrikam', t0);
    const { syncId } = await store.writer.startSync({ connection, kind: 'full', since: null, now: t0 });
    const page = { syncId, skipped: 0, repaired: 0, examples: [], now: t0, ...spent };
    await store.writer.writePage({
      ...page,
      users: [userNumber(1), userNumber(2)],
      nextLink: 'https://graph.example.com/2',
    });
    await syncPages(store, other, [[userNumber(1), userNumber(9)]]);
    await store.writer.writePage({ ...page, users: [userNumber(2), userNumber(3)], nextLink: null });
    await store.writer.finishSync({ syncId, complete: true, message: null, errorCode: null, now: t0, ...spent });
    expect(await contentOf(store)).toHaveLength(5);
    const { cube, truth } = await cubeAndTruth(store);
    expect(cube).toEqual(truth);
  });
});

describe('aggregates', () => {
  it('are the weighted mean over the connections that know the person', async () => {
    const store = await openTestStore();
    const one = await addConnection(store.writer, 'One', t0, { weight: 1 });
    const two = await addConnection(store.writer, 'Two', t0, { weight: 2 });
    const same = { userPrincipalName: 'Anna@Contoso.example.com' };
    await syncPages(store, one, [
      [userNumber(1, { ...same, riskLevel: 'high' }), userNumber(2, { userPrincipalName: null })],
    ]);
    await syncPages(store, two, [
      [
        userNumber(7, { userPrincipalName: 'anna@contoso.EXAMPLE.com', riskLevel: 'low', isDeleted: true }),
        userNumber(8, { userPrincipalName: null, riskLevel: 'low' }),
      ],
    ]);
    const aggregates = async () => (await contentOf(store)).map(({ aggregate }) => aggregate);
    // (375 + 2 * 875) / 3 = 708.33
    expect(await aggregates()).toEqual([708, 625, 708, 875]);
    await syncPages(store, two, [[userNumber(8, { userPrincipalName: null, riskLevel: 'low' })]]);
    expect(await aggregates()).toEqual([375, 625, 875]);
  });

  it('follow a change of mapping or weight without Graph', async () => {
    const store = await openTestStore();
    const one = await addConnection(store.writer, 'One', t0);
    const two = await addConnection(store.writer, 'Two', t0);
    const same = { userPrincipalName: 'anna@contoso.example.com' };
    await syncPages(store, one, [[userNumber(1, { ...same, riskLevel: 'high' })]]);
    await syncPages(store, two, [[userNumber(2, { ...same, riskLevel: 'low' }), userNumber(3, { riskLevel: 'low' })]]);
    const { plainConnection } = await import('../harness/connection.ts');
    await store.writer.updateConnection({
      id: two,
      row: { ...plainConnection, name: 'Two', mapLow: 900, weight: 0 },
      needsFull: false,
    });
    expect(await store.writer.rescore({ connection: two, now: t0 })).toEqual({ users: 2, gone: 0 });
    expect((await contentOf(store)).map(({ score, aggregate }) => [score, aggregate])).toEqual([
      [375, 375],
      [900, 375],
      [900, null],
    ]);
    await store.writer.updateConnection({
      id: two,
      row: { ...plainConnection, name: 'Two', scoreMax: 880 },
      needsFull: true,
    });
    await store.writer.updateConnection({
      id: one,
      row: { ...plainConnection, name: 'One', scoreMin: 400 },
      needsFull: true,
    });
    expect(await store.writer.rescore({ connection: null, now: t0 })).toEqual({ users: 2, gone: 1 });
    expect((await contentOf(store)).map(({ score, aggregate }) => [score, aggregate])).toEqual([
      [875, 875],
      [875, 875],
    ]);
    const { cube, truth } = await cubeAndTruth(store);
    expect(cube).toEqual(truth);
  });

  it('are corrected for others when a connection is purged', async () => {
    const store = await openTestStore();
    const one = await addConnection(store.writer, 'One', t0);
    const two = await addConnection(store.writer, 'Two', t0);
    const same = { userPrincipalName: 'anna@contoso.example.com' };
    await syncPages(store, one, [[userNumber(1, { ...same, riskLevel: 'high' })]]);
    await syncPages(store, two, [[userNumber(2, { ...same, riskLevel: 'low' })]]);
    await store.writer.addNote({ connection: two, objectId: objectId(2), who: 'ann', text: 'called', now: t0 });
    expect(await store.writer.purgeConnection({ connection: two })).toEqual({ users: 1 });
    expect((await contentOf(store)).map(({ aggregate }) => aggregate)).toEqual([375]);
    expect(await store.reader.all('SELECT * FROM user_note')).toEqual([]);
    expect(await store.writer.purgeConnection({ connection: one })).toEqual({ users: 1 });
    expect(await store.reader.all('SELECT rowid FROM user_search WHERE user_search MATCH \'"anna"\'')).toEqual([]);
  });
});

describe('notes, retention and wiping', () => {
  it('keeps notes on users and refuses strangers', async () => {
    const { store, connection } = await oneStore();
    await syncPages(store, connection, [[userNumber(1)]]);
    const note = { connection, who: 'ann', text: 'called', now: t0 };
    const { id } = await store.writer.addNote({ ...note, objectId: objectId(1).toUpperCase() });
    await expect(store.writer.addNote({ ...note, objectId: objectId(9) })).rejects.toMatchObject({ code: 'not-found' });
    await store.writer.deleteNote({ id });
    await expect(store.writer.deleteNote({ id })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('cleans history before a time, and nothing after it', async () => {
    const { store, connection } = await oneStore();
    await syncPages(store, connection, [[userNumber(1)]]);
    await syncPages(store, connection, [[userNumber(1, { riskLevel: 'high' })]], { now: t0 + 10 });
    await syncPages(store, connection, [[userNumber(1, { riskLevel: 'low' })]], { now: t0 + 20 });
    expect(await store.writer.cleanHistory({ before: t0 + 15 })).toEqual({ changes: 1, histograms: 2 });
    expect(await store.reader.all('SELECT seen FROM user_change')).toEqual([{ seen: t0 + 20 }]);
  });

  it('wipes the cache and fills it anew', async () => {
    const { store, connection } = await oneStore();
    await syncPages(store, connection, [[userNumber(1)]]);
    await store.writer.wipeCache({});
    expect(await contentOf(store)).toEqual([]);
    expect(await store.reader.get('SELECT needs_full FROM connection')).toEqual({ needs_full: 1 });
    expect(await syncPages(store, connection, [[userNumber(1), userNumber(2)]])).toMatchObject({ users: 2, added: 2 });
  });
});
