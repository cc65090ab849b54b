/** Reads what the store knows of a connection's syncs, as `decide.ts` needs it. */
import type { SyncKind } from '../../../shared/model/sync.ts';
import { riskPageSize } from '../graph/calls/risk.ts';
import type { Reader } from '../store/types.ts';
import type { OpenSync, SyncPast } from './decide.ts';
import { findWatermark } from './watermark.ts';

type OpenRow = {
  readonly syncId: number;
  readonly kind: SyncKind;
  readonly started: number;
  readonly since: number | null;
  readonly link: string | null;
  readonly pages: number;
  readonly received: number;
};

type DoneRow = {
  readonly watermark: number | null;
  readonly started: number;
  readonly finished: number;
  readonly worked: number;
};

async function readOpen(reader: Reader, connection: number): Promise<OpenSync | null> {
  // A page without a link is the last one: its sync lacks nothing but the end, which a kill prevented.
  const row = await reader.get<OpenRow>(
    `SELECT id AS syncId, kind, started, since, next_link AS link, pages, received FROM sync
     WHERE connection = ? AND (state <> 'complete' AND next_link IS NOT NULL OR state = 'running' AND pages > 0)
     ORDER BY id DESC LIMIT 1`,
    [connection],
  );
  if (row === undefined) return null;
  const { link, pages, received, ...open } = row;
  return { ...open, left: link === null ? 'end' : 'pages', allFull: pages > 0 && received === pages * riskPageSize };
}

/** `now`: this machine's clock, epoch ms. */
export async function readPast(reader: Reader, connection: number, now: number): Promise<SyncPast> {
  const done = await reader.get<DoneRow>(
    `SELECT (SELECT max(watermark) FROM sync WHERE connection = ? AND state = 'complete') AS watermark,
       started, finished, duration_ms AS worked
     FROM sync WHERE connection = ? AND state = 'complete' ORDER BY id DESC LIMIT 1`,
    [connection, connection],
  );
  // The latest by order, not by time: after the clock was set back the largest time is not the latest.
  const full = await reader.get<{ finished: number }>(
    `SELECT finished FROM sync WHERE connection = ? AND state = 'complete' AND kind = 'full' ORDER BY id DESC LIMIT 1`,
    [connection],
  );
  const flags = await reader.get<{ needs_full: number }>('SELECT needs_full FROM connection WHERE id = ?', [
    connection,
  ]);
  return {
    open: await readOpen(reader, connection),
    watermark: done === undefined ? null : await findWatermark(reader, connection, done.watermark, now),
    lastTook: done === undefined ? 0 : Math.max(done.finished - done.started, done.worked),
    lastFull: full?.finished ?? null,
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

/**
 * Everything of a connection that decides which users a full sync keeps, as one text. When it differs at the end from
 * what it was at the start, what was read is not what is wanted. Null once the connection was removed.
 */
export async function readScope(reader: Reader, connection: number): Promise<string | null> {
  const row = await reader.get<{ scope: string }>(
    `SELECT json_array(tenant, cloud, graph_url, score_min, score_max, keep_unscored, map_low, map_medium, map_high)
       AS scope FROM connection WHERE id = ? AND removed IS NULL`,
    [connection],
  );
  return row?.scope ?? null;
}
