/** The chain: what is appended verifies, and whatever is done to the file behind the product's back is found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal, type Journal } from '../../electron/core/journal/journal.ts';
import { openStore } from '../../electron/core/store/open.ts';
import { genesisHash, type JournalRow, journalHash } from '../../electron/core/store/tables/journal.ts';
import type { Store } from '../../electron/core/store/types.ts';

let dataDir: string;
let store: Store;
let journal: Journal;
let now = 0;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 16);
  dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-journal-'));
  store = await openStore({ dataDir, workers: false, log: () => undefined });
  const clock = { now: () => now, monotonic: () => 0, sleep: () => Promise.resolve() };
  journal = createJournal({ reader: store.reader, writer: store.writer, clock, who: 'analyst' });
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function write(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    now += 1_000;
    await journal.append({ event: 'rule.added', whom: `Rule ${i}`, detail: { i } });
  }
}

/** Changes the file as an intruder would: past the triggers. */
function tamper(...statements: string[]): void {
  const db = new Database(store.file);
  for (const trigger of db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    .all()) {
    if (trigger.name.startsWith('journal')) db.exec(`DROP TRIGGER ${trigger.name}`);
  }
  for (const statement of statements) db.exec(statement);
  db.close();
}

describe('the chain', () => {
  it('is intact when empty and after appending', async () => {
    expect(await journal.verify()).toEqual({ intact: true, entries: 0, firstBad: null, problem: null, cleaned: 0 });
    await write(5);
    expect(await journal.verify()).toEqual({ intact: true, entries: 5, firstBad: null, problem: null, cleaned: 0 });
  });

  it('hashes what the documentation says', async () => {
    await write(1);
    const row = await store.reader.get<JournalRow & { hash: string }>('SELECT * FROM journal');
    if (row === undefined) throw new Error('no row');
    expect(row.hash).toBe(journalHash(genesisHash, row));
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['an altered name', "UPDATE journal SET whom = 'Nobody' WHERE seq = 4", 4],
    ['an altered time', 'UPDATE journal SET at = at + 1 WHERE seq = 2', 2],
    ['an altered detail', "UPDATE journal SET detail = '{}' WHERE seq = 1", 1],
    ['an altered hash', `UPDATE journal SET hash = '${'0'.repeat(64)}' WHERE seq = 6`, 6],
    ['a removed row', 'DELETE FROM journal WHERE seq = 5', 5],
    ['a removed first row', 'DELETE FROM journal WHERE seq = 1', 1],
    ['a cut tail', 'DELETE FROM journal WHERE seq > 7', 8],
    ['everything gone', 'DELETE FROM journal', 1],
    ['a row put in front', "INSERT INTO journal (seq, at, local, who, event, hash) VALUES (0, 0, '', '', 'x', '')", 0],
    ['a row put behind', "INSERT INTO journal (seq, at, local, who, event, hash) VALUES (99, 0, '', '', 'x', '')", 99],
    ['the end rewritten', `UPDATE journal_head SET hash = '${'1'.repeat(64)}'`, 10],
    [
      'a forged anchor',
      'DELETE FROM journal WHERE seq <= 3; INSERT INTO journal_anchor SELECT 3, hash, 3, 0 FROM journal WHERE seq = 4',
      4,
    ],
  ])('finds %s', async (_, statement, firstBad) => {
    await write(10);
    tamper(statement);
    const check = await journal.verify();
    expect(check).toMatchObject({ intact: false, firstBad });
    expect(check.problem).toMatch(/[A-Z].*\./);
  });

  it('finds two rows that changed places', async () => {
    await write(10);
    tamper(
      'UPDATE journal SET seq = -3 WHERE seq = 3',
      'UPDATE journal SET seq = 3 WHERE seq = 7',
      'UPDATE journal SET seq = 7 WHERE seq = -3',
    );
    expect(await journal.verify()).toMatchObject({ intact: false, firstBad: 3 });
  });

  it('finds an anchor that hides removed rows, even with the right hash', async () => {
    await write(10);
    tamper(
      'INSERT INTO journal_anchor SELECT seq, hash, seq, 0 FROM journal WHERE seq = 4',
      'DELETE FROM journal WHERE seq <= 4',
    );
    const check = await journal.verify();
    expect(check.intact).toBe(false);
    expect(check.problem).toContain('no clean-up recorded it');
  });

  it('keeps any text and verifies it: lone surrogates, NUL, emoji', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), async (whom, before) => {
        await journal.append({ event: 'rule.added', whom: `${whom}\ud800`, before, detail: { whom } });
        expect(await journal.verify()).toMatchObject({ intact: true });
      }),
      { numRuns: 50 },
    );
  });
});

describe('append-only', () => {
  it.each([
    "UPDATE journal SET who = 'x'",
    'DELETE FROM journal',
    'DELETE FROM journal WHERE seq = 2',
    "INSERT OR REPLACE INTO journal (seq, at, local, who, event, hash) VALUES (2, 0, '', '', 'x', '')",
    'DELETE FROM journal_anchor',
    'UPDATE journal_anchor SET removed = 0',
  ])('the database itself refuses %s', async (statement) => {
    await write(3);
    now += 1_000;
    await journal.clean(now - 2_500);
    await write(2);
    const db = new Database(store.file);
    expect(() => db.exec(statement)).toThrow('append-only');
    db.close();
    expect(await journal.verify()).toMatchObject({ intact: true });
  });
});

describe('clean-up', () => {
  it('removes what is older, records itself and stays verifiable, again and again', async () => {
    await write(10);
    expect(await journal.clean(now - 4_500)).toEqual({ removed: 5 });
    expect(await journal.verify()).toEqual({ intact: true, entries: 6, firstBad: null, problem: null, cleaned: 5 });
    await write(3);
    now += 60_000;
    expect(await journal.clean(now - 30_000)).toEqual({ removed: 9 });
    expect(await journal.verify()).toEqual({ intact: true, entries: 1, firstBad: null, problem: null, cleaned: 14 });
    expect(await journal.clean(0)).toEqual({ removed: 0 });
    const { rows } = await journal.list({}, { limit: 10 });
    expect(rows.map(({ seq, event }) => [seq, event])).toEqual([[15, 'journal.cleaned']]);
    await write(1);
    tamper("UPDATE journal SET detail = replace(detail, '14', '13') WHERE event = 'journal.cleaned'");
    expect((await journal.verify()).intact).toBe(false);
  });

  it('keeps entries that are newer than an older one behind a clock that was set back', async () => {
    await write(3);
    const late = now;
    now -= 3_600_000;
    await write(2);
    expect(await journal.clean(late - 500)).toEqual({ removed: 2 });
    expect(await journal.verify()).toMatchObject({ intact: true, entries: 4 });
  });
});

describe('reading', () => {
  it('pages newest first by seq, and filters', async () => {
    await write(25);
    await journal.append([
      { event: 'step.failed', connection: 'contoso', runId: 'r1', objectId: 'abc', whom: 'Zoë 100% _x_' },
      { event: 'step.succeeded', connection: 'contoso', runId: 'r1', objectId: 'def', whom: 'ZOË' },
    ]);
    const first = await journal.list({}, { limit: 10 });
    expect(first).toMatchObject({ total: 27, next: 18 });
    const second = await journal.list({}, { limit: 10, before: first.next ?? 0 });
    expect(second.rows.map(({ seq }) => seq)).toEqual([17, 16, 15, 14, 13, 12, 11, 10, 9, 8]);
    expect((await journal.list({ event: 'step' }, { limit: 10 })).total).toBe(2);
    expect((await journal.list({ event: 'step.failed' }, { limit: 10 })).total).toBe(1);
    expect((await journal.list({ event: 'ste_' }, { limit: 10 })).total).toBe(0);
    expect((await journal.list({ connection: 'contoso', runId: 'r1', objectId: 'ABC' }, { limit: 10 })).total).toBe(1);
    expect((await journal.list({ search: 'zoë' }, { limit: 10 })).total).toBe(2);
    expect((await journal.list({ search: 'ZOË' }, { limit: 10 })).total).toBe(2);
    expect((await journal.list({ search: '100% _x' }, { limit: 10 })).total).toBe(1);
    expect((await journal.list({ search: '%' }, { limit: 10 })).total).toBe(1);
    const [entry] = (await journal.list({ search: 'Rule 3' }, { limit: 10 })).rows;
    expect(entry).toMatchObject({ at: '2026-11-23T16:00:04.000Z', who: 'analyst', detail: '{"i":3}' });
    expect(
      (await journal.list({ from: '2026-11-23T16:00:24Z', to: '2026-11-23T17:00:25+01:00' }, { limit: 10 })).total,
    ).toBe(4);
  });

  it('exports CSV that a spreadsheet cannot be tricked with, and JSON that parses', async () => {
    await journal.append({
      event: 'rule.added',
      whom: '=cmd|"/c calc"!A1',
      before: '-1, "x"',
      after: 'line\nbreak',
      detail: { a: 1 },
    });
    await write(1);
    let csv = '';
    for await (const chunk of journal.export({}, 'csv')) csv += chunk.text;
    expect(csv.startsWith('\uFEFFseq,at,')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain(`"'=cmd|""/c calc""!A1","'-1, ""x""","line\nbreak"`);
    let json = '';
    for await (const chunk of journal.export({}, 'json')) json += chunk.text;
    const entries = JSON.parse(json) as { seq: number; whom: string }[];
    expect(entries.map(({ seq, whom }) => [seq, whom])).toEqual([
      [1, '=cmd|"/c calc"!A1'],
      [2, 'Rule 0'],
    ]);
    json = '';
    for await (const chunk of journal.export({ event: 'nothing' }, 'json')) json += chunk.text;
    expect(JSON.parse(json)).toEqual([]);
  });
});
