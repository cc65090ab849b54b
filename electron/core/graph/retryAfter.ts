/**
 * Reads how long a server asks to be left alone. The header is seconds or an HTTP date (RFC 9110, 10.2.3); a date is
 * measured against the server's own `Date`, because this machine's clock may be wrong. Leaves out what to do without it.
 */

/** Longest wait that one header can impose, ms. A longer one is asked about again after this. */
export const longestRetryAfter = 5 * 60_000;

/**
 * Milliseconds to wait, 0 to `longestRetryAfter`; null where there is no header or it makes no sense.
 * @param headers names in lower case
 * @param now epoch ms of this machine, used where the server sent no `Date`
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, longestRetryAfter);
  if (!/[a-z]/i.test(text)) return null;
  const until = Date.parse(text);
  if (Number.isNaN(until)) return null;
  const server = Date.parse(headers.date ?? '');
  return Math.min(Math.max(until - (Number.isNaN(server) ? now : server), 0), longestRetryAfter);
}
