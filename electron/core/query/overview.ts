/** The numbers of the first page: how many, how fresh, what the last sync changed, and how it went over time. */
import type { Overview, SyncHistogram } from '../../../shared/contract/scores.ts';
import type { Reader } from '../store/types.ts';
import { dayMs, hasIndexes } from './filter.ts';
import { isoTime } from './rows.ts';

/** Entra keeps risk history for so many days. */
const days = 90;

/** `connection`: a connection's id, or null for all. `now`: epoch ms; the last day is the one that it lies in. */
export async function overview(reader: Reader, connection: number | null, now: number): Promise<Overview> {
  const [counts, perDay, newPerDay, lasts] = await Promise.all([
    reader.get<{ users: number; deleted: number }>(
      `SELECT ifnull(sum(users), 0) AS users, ifnull(sum(iif(deleted = 1, users, 0)), 0) AS deleted
       FROM user_cube WHERE users > 0 AND connection = ifnull(?, connection)`,
      [connection],
    ),
    usersPerDay(reader, 'updated', connection, now),
    usersPerDay(reader, 'first_seen', connection, now),
    lastComplete(reader, connection),
  ]);
  const finished = lasts.map((sync) => sync.finished);
  return {
    users: counts?.users ?? 0,
    deleted: counts?.deleted ?? 0,
    dataAsOf: finished.length === 0 ? null : isoTime(Math.min(...finished)),
    perDay,
    newPerDay,
    sinceLastSync:
      lasts.length === 0
        ? null
        : {
            added: lasts.reduce((sum, sync) => sum + sync.added, 0),
            changed: lasts.reduce((sum, sync) => sum + sync.changed, 0),
            gone: lasts.reduce((sum, sync) => sum + sync.gone, 0),
          },
  };
}

type LastSync = { finished: number; added: number; changed: number; gone: number };

/** The last complete sync of each connection that has one. */
function lastComplete(reader: Reader, connection: number | null): Promise<readonly LastSync[]> {
  return reader.all<LastSync>(
    `SELECT s.finished, s.added, s.changed, s.gone FROM sync s JOIN connection c ON c.id = s.connection
     WHERE c.removed IS NULL AND c.id = ifnull(?, c.id)
       AND s.id = (SELECT max(id) FROM sync WHERE connection = c.id AND state = 'complete')`,
    [connection],
  );
}

/** One range of an index per day: both columns have one, and a day's rows stand together in it. */
async function usersPerDay(
  reader: Reader,
  column: 'updated' | 'first_seen',
  connection: number | null,
  now: number,
): Promise<Overview['perDay']> {
  const today = Math.floor(now / dayMs);
  const starts = Array.from({ length: days }, (_, index) => (today - days + 1 + index) * dayMs);
  const only = connection === null ? '' : ' AND u.connection = ?';
  const bound = connection === null ? [] : [connection];
  if (!(await hasIndexes(reader))) {
    // While the first sync fills the cache one walk over it is all that there is.
    const found = await reader.all<{ day: number; users: number }>(
      `SELECT u.${column} / ${dayMs} AS day, count(*) AS users FROM risky_user u
       WHERE u.gone IS NULL AND u.${column} >= ?${only} GROUP BY 1`,
      [starts[0] ?? 0, ...bound],
    );
    const byDay = new Map(found.map(({ day, users }) => [day * dayMs, users]));
    return starts.map((start) => ({ day: isoTime(start).slice(0, 10), users: byDay.get(start) ?? 0 }));
  }
  const rows = await reader.all<{ users: number }>(
    `SELECT (SELECT count(*) FROM risky_user u WHERE u.gone IS NULL AND u.${column} >= d.value
       AND u.${column} < d.value + ${dayMs}${only}) AS users FROM json_each(?) d ORDER BY d.key`,
    [...bound, JSON.stringify(starts)],
  );
  return starts.map((start, index) => ({ day: isoTime(start).slice(0, 10), users: rows[index]?.users ?? 0 }));
}

/** The histogram that each complete sync of a connection left behind, newest first: history beyond Entra's 90 days. */
export async function syncHistograms(
  reader: Reader,
  connection: number,
  limit = 100,
): Promise<readonly SyncHistogram[]> {
  const rows = await reader.all<{
    syncId: number;
    finished: number;
    riskLevel: string;
    riskState: string;
    score: number | null;
    users: number;
  }>(
    `SELECT s.id AS syncId, s.finished, h.score, h.users,
       (SELECT text FROM term WHERE kind = 'level' AND code = h.level) AS riskLevel,
       (SELECT text FROM term WHERE kind = 'state' AND code = h.state) AS riskState
     FROM (SELECT id, finished FROM sync WHERE connection = ? AND state = 'complete' ORDER BY id DESC LIMIT ?) s
       JOIN sync_histogram h ON h.sync = s.id
     ORDER BY s.id DESC, h.level, h.state, h.score`,
    [connection, limit],
  );
  const syncs = new Map<number, { finishedAt: string; cells: SyncHistogram['cells'][number][] }>();
  for (const { syncId, finished, ...cell } of rows) {
    const sync = syncs.get(syncId) ?? { finishedAt: isoTime(finished), cells: [] };
    sync.cells.push(cell);
    syncs.set(syncId, sync);
  }
  return [...syncs].map(([syncId, sync]) => ({ syncId, ...sync }));
}
