/** Reads what the store knows of a connection's syncs. */
import type { SyncKind, SyncReport } from '../../../shared/model/sync.ts';
import type { Reader } from '../store/types.ts';
import type { SyncPast } from './decide.ts';

type Row = {
  readonly id: number;
  readonly kind: SyncKind;
  readonly state: string;
  readonly started: number;
  readonly finished: number | null;
  readonly users: number;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly skipped: number;
  readonly repaired: number;
  readonly requests: number;
  readonly throttled: number;
  readonly duration_ms: number;
  readonly watermark: number | null;
  readonly examples: string;
  readonly message: string | null;
  readonly error_code: string | null;
};

export async function readPast(reader: Reader, connection: number): Promise<SyncPast> {
  const open = await reader.get<{ syncId: number; kind: SyncKind; started: number }>(
    `SELECT id AS syncId, kind, started FROM sync
     WHERE connection = ? AND state <> 'complete' AND next_link IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [connection],
  );
  const done = await reader.get<{ watermark: number | null; lastFull: number | null }>(
    `SELECT max(watermark) AS watermark, max(CASE WHEN kind = 'full' THEN finished END) AS lastFull
     FROM sync WHERE connection = ? AND state = 'complete'`,
    [connection],
  );
  const flags = await reader.get<{ needs_full: number }>('SELECT needs_full FROM connection WHERE id = ?', [
    connection,
  ]);
  return {
    open: open ?? null,
    watermark: done?.watermark ?? null,
    lastFull: done?.lastFull ?? null,
    needsFull: flags?.needs_full === 1,
  };
}

/** Pages of the last complete full sync: what the next one will need, roughly. Null before the first. */
export async function readFullPages(reader: Reader, connection: number): Promise<number | null> {
  const row = await reader.get<{ pages: number }>(
    `SELECT pages FROM sync WHERE connection = ? AND state = 'complete' AND kind = 'full' ORDER BY id DESC LIMIT 1`,
    [connection],
  );
  return row?.pages ?? null;
}

/** The last sync that ended, complete or not; null before the first. */
export async function readLastReport(
  reader: Reader,
  connection: { readonly id: number; readonly name: string },
): Promise<SyncReport | null> {
  const row = await reader.get<Row>(
    'SELECT * FROM sync WHERE connection = ? AND finished IS NOT NULL ORDER BY id DESC LIMIT 1',
    [connection.id],
  );
  if (row === undefined) return null;
  return {
    complete: row.state === 'complete',
    users: row.users,
    added: row.added,
    changed: row.changed,
    gone: row.gone,
    skipped: row.skipped,
    requests: row.requests,
    throttled: row.throttled,
    durationMs: row.duration_ms,
    syncId: row.id,
    connection: connection.name,
    kind: row.kind,
    startedAt: new Date(row.started).toISOString(),
    finishedAt: new Date(row.finished ?? row.started).toISOString(),
    watermark: row.watermark === null ? null : new Date(row.watermark).toISOString(),
    repaired: row.repaired,
    examples: JSON.parse(row.examples) as readonly string[],
    message: row.message,
    errorCode: row.error_code,
  };
}

/** When the cache of the connection was last known to be whole. */
export async function readDataAsOf(reader: Reader, connection: number): Promise<string | null> {
  const row = await reader.get<{ at: number | null }>(
    `SELECT max(finished) AS at FROM sync WHERE connection = ? AND state = 'complete'`,
    [connection],
  );
  return row?.at === null || row?.at === undefined ? null : new Date(row.at).toISOString();
}
