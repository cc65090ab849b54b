/** Reads journal entries: filter, newest first, page by page. Leaves out checking the chain (verify.ts). */
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import { badInput } from '../../../shared/model/errors.ts';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import type { JournalRow } from '../store/tables/journal.ts';
import type { Reader, SqlValue } from '../store/types.ts';

export type JournalPage = {
  readonly total: number;
  readonly rows: readonly JournalEntry[];
  /** `before` of the next page; null on the last one. */
  readonly next: number | null;
};

/** Columns of an export, in order. */
export const entryColumns = [
  'seq',
  'at',
  'localTime',
  'who',
  'event',
  'connection',
  'runId',
  'objectId',
  'whom',
  'before',
  'after',
  'requestId',
  'httpStatus',
  'detail',
  'hash',
] as const satisfies readonly (keyof JournalEntry)[];

export type StoredRow = JournalRow & { readonly hash: string };

const searched = ['event', 'who', 'object_id', 'whom', 'before', 'after', 'request_id', 'detail'];

/** Reads at most `limit` entries older than `before` (a seq), newest first. */
export async function listEntries(
  reader: Reader,
  filter: JournalFilter,
  page: { readonly before?: number | undefined; readonly limit: number },
): Promise<JournalPage> {
  const { sql, params } = condition(filter);
  const total = (await reader.get<{ n: number }>(`SELECT COUNT(*) AS n FROM journal WHERE ${sql}`, params))?.n ?? 0;
  const rows = await reader.all<StoredRow>(`SELECT * FROM journal WHERE ${sql} AND seq < ? ORDER BY seq DESC LIMIT ?`, [
    ...params,
    page.before ?? Number.MAX_SAFE_INTEGER,
    page.limit + 1,
  ]);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { total, rows: shown.map(toEntry), next: rows.length > page.limit && last !== undefined ? last.seq : null };
}

/** All matching entries, oldest first, in chunks: the order in which a record is read. */
export async function* eachEntry(
  reader: Reader,
  filter: JournalFilter,
  size = 2_000,
): AsyncGenerator<readonly JournalEntry[]> {
  const { sql, params } = condition(filter);
  let after = 0;
  for (;;) {
    const rows = await reader.all<StoredRow>(`SELECT * FROM journal WHERE ${sql} AND seq > ? ORDER BY seq LIMIT ?`, [
      ...params,
      after,
      size,
    ]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toEntry);
    after = last.seq;
  }
}

export function toEntry(row: StoredRow): JournalEntry {
  return {
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    localTime: row.local,
    who: row.who,
    event: row.event,
    connection: row.connection,
    runId: row.run_id,
    objectId: row.object_id,
    whom: row.whom,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
    httpStatus: row.http_status,
    detail: row.detail,
    hash: row.hash,
  };
}

function condition(filter: JournalFilter): { sql: string; params: SqlValue[] } {
  const parts: string[] = ['1'];
  const params: SqlValue[] = [];
  const add = (sql: string, ...values: SqlValue[]) => {
    parts.push(sql);
    params.push(...values);
  };
  if (filter.event) add('substr(event, 1, length(?)) = ?', filter.event, filter.event);
  if (filter.connection) add('connection = ?', filter.connection);
  if (filter.runId) add('run_id = ?', filter.runId);
  if (filter.objectId) add('object_id = ?', filter.objectId.toLowerCase());
  if (filter.from) add('at >= ?', instant(filter.from, 'from'));
  if (filter.to) add('at <= ?', instant(filter.to, 'to'));
  if (filter.search) {
    // LIKE folds ASCII only: the text as typed, in lower and in upper case covers the rest.
    const texts = new Set([filter.search, filter.search.toLowerCase(), filter.search.toUpperCase()]);
    const patterns = [...texts].map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
    const tests = searched.flatMap((column) => patterns.map(() => `${column} LIKE ? ESCAPE '\\'`));
    add(`(${tests.join(' OR ')})`, ...searched.flatMap(() => patterns));
  }
  return { sql: parts.join(' AND '), params };
}

function instant(text: string, field: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw badInput(field, `'${text}' is not a time.`, 'Write it like 2026-11-23T16:18:00Z.');
  return at;
}
