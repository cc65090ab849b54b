/** What a sync came to: read from its record, or written for one that has none because it never got that far. */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { SyncKind, SyncReport } from '../../../shared/model/sync.ts';
import type { Reader } from '../store/types.ts';

type Named = { readonly id: number; readonly name: string };

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

/**
 * `error_code` of a record that its own process ended in order to begin again at once. What it did belongs to the report of
 * the record that follows, or a first sync would claim to have added fewer users than there are.
 */
export const startedAgain = 'started-again';

const spentColumns = 'added, changed, gone, requests, throttled, duration_ms';
type Spent = Pick<Row, 'added' | 'changed' | 'gone' | 'requests' | 'throttled' | 'duration_ms' | 'started'>;

/** Totals over the record and those that it follows on. */
async function withEarlier(reader: Reader, connection: number, row: Row): Promise<Spent> {
  let sum: Spent = row;
  for (let before = row.id; ; ) {
    const earlier = await reader.get<Spent & { readonly id: number; readonly error_code: string | null }>(
      `SELECT id, started, error_code, ${spentColumns} FROM sync WHERE connection = ? AND id < ? ORDER BY id DESC LIMIT 1`,
      [connection, before],
    );
    if (earlier === undefined || earlier.error_code !== startedAgain) return sum;
    before = earlier.id;
    sum = {
      started: earlier.started,
      added: sum.added + earlier.added,
      changed: sum.changed + earlier.changed,
      gone: sum.gone + earlier.gone,
      requests: sum.requests + earlier.requests,
      throttled: sum.throttled + earlier.throttled,
      duration_ms: sum.duration_ms + earlier.duration_ms,
    };
  }
}

/** The last sync that ended, complete or not; null before the first. */
export async function readLastReport(reader: Reader, connection: Named): Promise<SyncReport | null> {
  const row = await reader.get<Row>(
    'SELECT * FROM sync WHERE connection = ? AND finished IS NOT NULL ORDER BY id DESC LIMIT 1',
    [connection.id],
  );
  if (row === undefined) return null;
  const { added, changed, gone, requests, throttled, duration_ms, started } = await withEarlier(
    reader,
    connection.id,
    row,
  );
  return {
    complete: row.state === 'complete',
    users: row.users,
    added,
    changed,
    gone,
    skipped: row.skipped,
    requests,
    throttled,
    durationMs: duration_ms,
    syncId: row.id,
    connection: connection.name,
    kind: row.kind,
    startedAt: new Date(started).toISOString(),
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
  const row = await reader.get<{ at: number }>(
    `SELECT finished AS at FROM sync WHERE connection = ? AND state = 'complete' ORDER BY id DESC LIMIT 1`,
    [connection],
  );
  return row === undefined ? null : new Date(row.at).toISOString();
}

/** Live users of the connection; 0 when not even that can be read. */
async function cachedUsers(reader: Reader, connection: number): Promise<number> {
  const query = 'SELECT total(users) AS users FROM user_cube WHERE connection = ?';
  const row = await reader.get<{ users: number }>(query, [connection]).catch(() => undefined);
  return row?.users ?? 0;
}

/**
 * The report of a sync that failed before or beside its own record: a full disk, a secret that is gone. It did nothing, so
 * its numbers are 0, but for `users`: what the cache holds is still there.
 */
export async function reportFailure(
  reader: Reader,
  connection: Named,
  error: unknown,
  at: { readonly kind: SyncKind; readonly started: number; readonly now: number },
): Promise<SyncReport> {
  const known = error instanceof RiskdeskError;
  return {
    complete: false,
    users: await cachedUsers(reader, connection.id),
    added: 0,
    changed: 0,
    gone: 0,
    skipped: 0,
    requests: 0,
    throttled: 0,
    durationMs: 0,
    syncId: 0,
    connection: connection.name,
    kind: at.kind,
    startedAt: new Date(at.started).toISOString(),
    finishedAt: new Date(at.now).toISOString(),
    watermark: null,
    repaired: 0,
    examples: [],
    message: known
      ? [error.message, error.cure].filter(Boolean).join(' ')
      : 'Something went wrong inside Riskdesk. The log has the details.',
    errorCode: known ? error.code : 'internal',
  };
}
