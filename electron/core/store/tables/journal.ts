/**
 * The only code that writes the journal. Each row's hash covers the row and the hash before it, so altering, removing
 * or reordering any row breaks every later one. Other tables call `appendJournal` inside their own transaction: a
 * change and its row are committed together or not at all. Reading and checking live in core/journal.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** When, and who: the same for all rows of one transaction. */
export type JournalStamp = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The same instant with this machine's offset: `2026-11-23T17:42:01.120+01:00`. */
  readonly local: string;
  readonly who: string;
};

/** What is recorded. `detail` must hold no secret; it is stored as JSON text. */
export type JournalEvent = {
  readonly event: string;
  readonly connection?: string | null;
  readonly runId?: string | null;
  readonly objectId?: string | null;
  readonly whom?: string | null;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly requestId?: string | null;
  readonly httpStatus?: number | null;
  readonly detail?: Readonly<Record<string, unknown>> | null;
};

/** A row without its hash: what the hash covers. Column names are those of the table. */
export type JournalRow = {
  readonly seq: number;
  readonly at: number;
  readonly local: string;
  readonly who: string;
  readonly event: string;
  readonly connection: string | null;
  readonly run_id: string | null;
  readonly object_id: string | null;
  readonly whom: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly request_id: string | null;
  readonly http_status: number | null;
  readonly detail: string | null;
};

/** What stands before the first row. */
export const genesisHash = '0'.repeat(64);

/** SHA-256, lower-case hex, over the previous hash followed by the row as a JSON array in the order of the columns. */
export function journalHash(previous: string, row: JournalRow): string {
  const text = JSON.stringify([
    row.seq,
    row.at,
    row.local,
    row.who,
    row.event,
    row.connection,
    row.run_id,
    row.object_id,
    row.whom,
    row.before,
    row.after,
    row.request_id,
    row.http_status,
    row.detail,
  ]);
  return createHash('sha256').update(previous).update(text).digest('hex');
}

/** SQLite keeps UTF-8, which has no lone surrogates: they are replaced before hashing, or no such row would ever verify. */
function text(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : value.toWellFormed();
}

/** Appends within the caller's transaction; the chain goes on from `journal_head`. */
export function appendJournal(db: Database, stamp: JournalStamp, events: Iterable<JournalEvent>): void {
  const head = db.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM journal_head').get();
  if (head === undefined) throw new Error('journal_head is empty');
  const insert = db.prepare(
    `INSERT INTO journal (seq, at, local, who, event, connection, run_id, object_id, whom, before, after,
       request_id, http_status, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let { seq, hash } = head;
  for (const event of events) {
    seq += 1;
    const row: JournalRow = {
      seq,
      at: stamp.at,
      local: stamp.local,
      who: stamp.who.toWellFormed(),
      event: event.event.toWellFormed(),
      connection: text(event.connection),
      run_id: text(event.runId),
      object_id: text(event.objectId),
      whom: text(event.whom),
      before: text(event.before),
      after: text(event.after),
      request_id: text(event.requestId),
      http_status: event.httpStatus ?? null,
      detail: event.detail === null || event.detail === undefined ? null : JSON.stringify(event.detail),
    };
    hash = journalHash(hash, row);
    insert.run(...Object.values(row), hash);
  }
  if (seq !== head.seq) db.prepare('UPDATE journal_head SET seq = ?, hash = ?').run(seq, hash);
}

export const journalWrites = {
  /** Records events that change nothing else in the database. */
  appendEntries(db: Database, args: { readonly stamp: JournalStamp; readonly events: readonly JournalEvent[] }): void {
    appendJournal(db, args.stamp, args.events);
  },

  /**
   * Removes the entries before the first one that is not older than `olderThan` (epoch ms), leaves an anchor with the
   * hash they ended in, and records the clean-up itself. Returns how many were removed; 0 leaves everything as it was.
   */
  cleanJournal(db: Database, args: { readonly stamp: JournalStamp; readonly olderThan: number }): { removed: number } {
    const keep = db
      .prepare<[number], { seq: number }>('SELECT seq FROM journal WHERE at >= ? ORDER BY seq LIMIT 1')
      .get(args.olderThan);
    const last = db
      .prepare<[number], { seq: number; hash: string }>(
        'SELECT seq, hash FROM journal WHERE seq < ? ORDER BY seq DESC LIMIT 1',
      )
      .get(keep?.seq ?? Number.MAX_SAFE_INTEGER);
    if (last === undefined) return { removed: 0 };
    db.prepare('INSERT INTO journal_guard (up_to) VALUES (?)').run(last.seq);
    const removed = db.prepare('DELETE FROM journal WHERE seq <= ?').run(last.seq).changes;
    db.prepare('DELETE FROM journal_guard').run();
    db.prepare('INSERT INTO journal_anchor (seq, hash, removed, at) VALUES (?, ?, ?, ?)').run(
      last.seq,
      last.hash,
      removed,
      args.stamp.at,
    );
    const detail = { upTo: last.seq, hash: last.hash, removed, olderThan: new Date(args.olderThan).toISOString() };
    appendJournal(db, args.stamp, [{ event: 'journal.cleaned', detail }]);
    return { removed };
  },
};
