/** Blocks of columns: what is put in comes out, names are tested as texts are, and a database of version 5 gets blocks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSettings } from '../../electron/core/config/settings.ts';
import { createJournal } from '../../electron/core/journal/journal.ts';
import { type BlockUser, blockUsers, decodeBlock, encodeBlock } from '../../electron/core/store/columns/block.ts';
import { markNameless, markNames, markUpns } from '../../electron/core/store/columns/text.ts';
import { migrations } from '../../electron/core/store/migrations/index.ts';
import { openStoreWith } from '../../electron/core/store/openWith.ts';
import { startUpkeep } from '../../electron/core/upkeep.ts';
import { addConnection } from '../harness/connection.ts';
import { openTestStore, syncPages, t0, tempDir, userNumber } from './harness.ts';

const piece = fc.constantFrom('a', 'b', 'ab', '@', 'é', '😀', '.', 'x@', '@y', 'contoso', '');
const name = fc.option(
  fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
  { nil: null },
);
const someUsers = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: blockUsers - 1 }),
    cell: fc.integer({ min: 1, max: 70_000 }),
    updated: fc.option(fc.integer({ min: -1e14, max: 1e14 }), { nil: null }),
    firstSeen: fc.integer({ min: 0, max: 5 }),
    lastChanged: fc.integer({ min: 0, max: 1e14 }),
    upnFold: name,
    nameFold: name,
  }),
  { selector: ({ id }) => id, maxLength: 30 },
);

function sorted(users: readonly BlockUser[]): readonly BlockUser[] {
  return users.toSorted((a, b) => a.id - b.id);
}

function encoded(users: readonly BlockUser[]): Buffer {
  const inOrder = sorted(users);
  return encodeBlock(inOrder, inOrder.at(-1)?.id ?? null);
}

describe('a block', () => {
  it('gives back what was put in, wherever in memory its bytes lie', () => {
    const property = fc.property(someUsers, fc.integer({ min: 0, max: 9 }), (users, shift) => {
      const bytes = encoded(users);
      const block = decodeBlock(Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift));
      expect(block.cells.filter((cell) => cell > 0)).toHaveLength(users.length);
      for (const { id, cell, updated, firstSeen, lastChanged, upnFold, nameFold } of users) {
        expect(block.cells[id]).toBe(cell);
        expect(block.updated[id]).toBe(updated ?? Number.NaN);
        expect(block.firstSeen.values[block.firstSeen.codes[id] ?? -1]).toBe(firstSeen);
        expect(block.lastChanged.values[block.lastChanged.codes[id] ?? -1]).toBe(lastChanged);
        const local = Buffer.from(block.local.subarray(id === 0 ? 0 : block.ends[id - 1], block.ends[id])).toString();
        expect(local + block.domains.values[block.domains.codes[id] ?? -1]).toBe(upnFold ?? '');
        expect(block.names.values[block.names.codes[id] ?? -1]).toBe(nameFold ?? '');
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('tests names as one tests a text', () => {
    const needle = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
    const tests = {
      contains: (text: string, part: string) => text.includes(part),
      begins: (text: string, part: string) => text.startsWith(part),
      ends: (text: string, part: string) => text.endsWith(part),
    };
    const property = fc.property(someUsers, needle, (users, part) => {
      fc.pre(part !== '');
      const block = decodeBlock(encoded(users));
      const marked = (mark: (bits: Uint8Array) => void): readonly number[] => {
        const bits = new Uint8Array(blockUsers);
        mark(bits);
        return sorted(users).flatMap(({ id }) => (bits[id] === 1 ? [id] : []));
      };
      const expected = (fits: (user: BlockUser) => boolean) =>
        sorted(users)
          .filter(fits)
          .map(({ id }) => id);
      for (const how of ['contains', 'begins', 'ends'] as const) {
        const upns = marked((bits) => markUpns(block, how, part, bits, 0));
        expect(upns, how).toEqual(expected(({ upnFold }) => tests[how](upnFold ?? '', part)));
        const named = marked((bits) => markNames(block, how, part, bits, 0));
        expect(named, how).toEqual(expected(({ nameFold }) => tests[how](nameFold ?? '', part)));
      }
      expect(marked((bits) => markNameless(block, 'upn', bits, 0))).toEqual(expected(({ upnFold }) => !upnFold));
      expect(marked((bits) => markNameless(block, 'name', bits, 0))).toEqual(expected(({ nameFold }) => !nameFold));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('finds every hit however many there are', () => {
    const users = Array.from({ length: blockUsers }, (_, id) => ({
      id,
      cell: 1,
      updated: null,
      firstSeen: 0,
      lastChanged: 0,
      upnFold: `user${id}@contoso.example.com`,
      nameFold: null,
    }));
    const block = decodeBlock(encoded(users));
    for (const part of ['user', '1', 'r40', 'er409', 'r1@', 'ser0@contoso', 'u', '7@c']) {
      const bits = new Uint8Array(blockUsers);
      markUpns(block, 'contains', part, bits, 0);
      expect([...bits], part).toEqual(users.map(({ upnFold }) => (upnFold.includes(part) ? 1 : 0)));
    }
  });
});

describe('a database of version 5', () => {
  it('answers from the rows until its blocks are made, and then from these', async () => {
    const dir = tempDir();
    const older = migrations.filter(({ version }) => version <= 5);
    const fill = (db: { exec(sql: string): unknown }): void => {
      db.exec(`INSERT INTO connection (id, name, name_fold, tenant, client, cloud, credential_place, score_min, score_max,
          keep_unscored, map_low, map_medium, map_high, weight, created) VALUES (1, 'One', 'one', 't', 'c', 'global', 'none', 0,
          1000, 1, 875, 625, 375, 1, 0);
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
          INSERT INTO risky_user (id, gone, connection, level, state, detail, updated, deleted, processing, guest, score,
          aggregate, first_seen, last_changed, seen_sync) SELECT n, iif(n % 10 = 0, 5, NULL), 1, 4, 4, 0, n, 0, 0, 0, 375,
          375, 1, 1, 1 FROM n;
        INSERT INTO user_text (id, connection, object_id, upn, name, upn_fold, name_fold) SELECT id, 1, 'id-' || id, 'u' || id,
          NULL, iif(gone IS NULL, 'u' || id, NULL), NULL FROM risky_user`);
    };
    const old = await openStoreWith({ fill }, older, new URL('file:///nowhere'), {
      dataDir: dir,
      workers: false,
      log: () => {},
    });
    await old.writer.fill(undefined as never);
    await old.close();
    const store = await openTestStore(dir);
    const match = { kind: 'text', column: 'upn', how: 'ends', text: '9' } as const;
    expect(await store.reader.select({ match })).toBeNull();
    while ((await store.writer.indexSearch({})).more);
    expect(await store.reader.select({ match })).toMatchObject({ total: 500 });
    const all = await store.reader.select({ match: { kind: 'and', parts: [] }, cells: true });
    expect(all?.cells).toEqual([{ level: 4, state: 4, score: 375, aggregate: 375, users: 4_500 }]);
  });
});

function untilAborted(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
}

describe('what a killed process left unindexed', () => {
  it('is indexed when a program with a window starts, and not by a single command', async () => {
    const store = await openTestStore();
    const { reader, writer } = store;
    const connection = await addConnection(writer, 'Contoso', t0);
    await syncPages(store, connection, [[userNumber(1), userNumber(2)]], { index: false });
    const match = { kind: 'text', column: 'any', how: 'contains', text: 'user' } as const;
    const clock = { now: () => t0, sleep: untilAborted, monotonic: () => 0 };
    for (const staysOpen of [false, true]) {
      const journal = createJournal({ reader, writer, clock, who: 'test' });
      const settings = createSettings(reader, writer).get;
      const upkeep = startUpkeep({ settings, journal, writer, clock, log: () => {}, staysOpen });
      await expect.poll(async () => (await reader.select({ match }))?.total ?? null).toBe(staysOpen ? 2 : null);
      await upkeep.stop();
    }
  });
});
