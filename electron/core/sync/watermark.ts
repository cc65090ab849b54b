/**
 * Finds the watermark, the newest time by Entra's clock that the cache can vouch for, when this machine's clock is far
 * behind. The store lets no time further ahead of the clock than a day move a sync's watermark, because such a time is
 * usually a bad row. Where a good part of all users is "ahead", it is the clock that is wrong.
 */
import type { Reader } from '../store/types.ts';

/** As far ahead of the clock as the store believes a time, ms. */
const trustedAhead = 24 * 3_600_000;

/** One user in so many must be ahead before the clock is blamed. */
const share = 10;

/** From here on a date means "never" (.NET writes year 9999). */
const never = Date.UTC(9000, 0, 1);

/**
 * Epoch ms, Entra's clock; null when no complete sync saw a time. `stored`: the watermark of the complete syncs. Only
 * users as a complete sync left them count: what an incomplete one brought says nothing about what it did not read.
 */
export async function findWatermark(
  reader: Reader,
  connection: number,
  stored: number | null,
  now: number,
): Promise<number | null> {
  const limit = now + trustedAhead;
  if (stored !== null && stored > limit) return stored;
  const users = await reader.get<{ n: number }>('SELECT total(users) AS n FROM user_cube WHERE connection = ?', [
    connection,
  ]);
  // Reading no further than needed: with a clock that is right there is next to nobody ahead of it.
  const needed = Math.max(3, Math.ceil((users?.n ?? 0) / share));
  const ahead = await reader.all<{ updated: number }>(
    `SELECT u.updated FROM risky_user u JOIN sync s ON s.id = u.seen_sync AND s.state = 'complete'
     WHERE u.gone IS NULL AND u.connection = ? AND u.updated > ? AND u.updated < ? ORDER BY u.updated DESC LIMIT ?`,
    [connection, limit, never, needed],
  );
  if (ahead.length < needed) return stored;
  // The third newest: one or two that are wrong do not count, and a watermark that is too old only reads more.
  return Math.max(stored ?? Number.NEGATIVE_INFINITY, ahead[2]?.updated ?? Number.NEGATIVE_INFINITY);
}
