/**
 * Checks the chain: finds the first entry that is altered, missing or out of order, a cut tail, and an anchor that no
 * clean-up wrote. What it cannot see is a forger who recomputes every hash to the end: for that, keep the last hash
 * outside.
 */
import type { JournalCheck } from '../../../shared/model/journalEntry.ts';
import { genesisHash, journalHash } from '../store/tables/journal.ts';
import type { Reader } from '../store/types.ts';
import type { StoredRow } from './entries.ts';

/** Rows per read: the thread is free between two reads. */
const chunk = 2_000;

type Anchor = { readonly seq: number; readonly hash: string; readonly removed: number };

/** A clean-up that happens meanwhile takes rows away under the reader's eyes: then it is read once more. */
export async function verifyJournal(reader: Reader): Promise<JournalCheck> {
  const before = await cleanUps(reader);
  const check = await walk(reader);
  return check.intact || (await cleanUps(reader)) === before ? check : walk(reader);
}

async function cleanUps(reader: Reader): Promise<number> {
  return (await reader.get<{ n: number }>('SELECT COUNT(*) AS n FROM journal_anchor'))?.n ?? 0;
}

async function walk(reader: Reader): Promise<JournalCheck> {
  // The head first: entries that are appended meanwhile lie behind it and are not looked at.
  const head = await reader.get<{ seq: number; hash: string }>('SELECT seq, hash FROM journal_head');
  const anchors = await reader.all<Anchor>('SELECT seq, hash, removed FROM journal_anchor ORDER BY seq');
  const anchor = anchors.at(-1);
  const cleaned = anchors.reduce((sum, one) => sum + one.removed, 0);
  let seq = anchor?.seq ?? 0;
  let hash = anchor?.hash ?? genesisHash;
  let entries = 0;
  let vouched = anchor === undefined;
  const bad = (at: number, problem: string): JournalCheck => ({
    intact: false,
    entries,
    firstBad: at,
    problem,
    cleaned,
  });
  if (head === undefined) return bad(1, 'The record of where the journal ends is missing.');
  if (cleaned !== seq) return bad(seq, `The clean-ups took ${cleaned} entries, and the journal starts after ${seq}.`);

  // From the very start, so that a row that was slipped in before the anchor is seen too.
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await reader.all<StoredRow>('SELECT * FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?', [
      after,
      head.seq,
      chunk,
    ]);
    for (const row of rows) {
      if (row.seq !== seq + 1) return bad(Math.min(row.seq, seq + 1), `Entry ${seq + 1} is missing.`);
      const expected = journalHash(hash, row);
      if (expected !== row.hash) return bad(row.seq, `Entry ${row.seq} was altered, or stands in another's place.`);
      if (!vouched && row.event === 'journal.cleaned' && vouches(row.detail, anchor)) vouched = true;
      seq = row.seq;
      hash = row.hash;
      entries += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) break;
    after = last.seq;
  }
  if (seq !== head.seq) return bad(seq + 1, `Entries ${seq + 1} to ${head.seq} are missing at the end.`);
  if (hash !== head.hash) return bad(seq, `Entry ${seq} is not the one that the journal ended with.`);
  const beyond = await reader.get<{ seq: number; hash: string }>('SELECT seq, hash FROM journal_head');
  const stray = await reader.get<{ seq: number }>('SELECT seq FROM journal WHERE seq > ? ORDER BY seq LIMIT 1', [
    beyond?.seq ?? head.seq,
  ]);
  if (stray !== undefined && beyond?.seq === head.seq)
    return bad(stray.seq, `Entry ${stray.seq} lies behind the end of the journal.`);
  if (!vouched) return bad(seq + 1, 'The start of the journal was removed, and no clean-up recorded it.');
  return { intact: true, entries, firstBad: null, problem: null, cleaned };
}

/** Whether the entry of a clean-up names the anchor that the chain starts from. */
function vouches(detail: string | null, anchor: Anchor | undefined): boolean {
  if (detail === null || anchor === undefined) return false;
  try {
    const said = JSON.parse(detail) as { upTo?: unknown; hash?: unknown; removed?: unknown };
    return said.upTo === anchor.seq && said.hash === anchor.hash && said.removed === anchor.removed;
  } catch {
    return false;
  }
}
