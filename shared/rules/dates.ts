/**
 * Dates of rules: reading what people and Graph write, and the span of time that a value stands for. UTC only; the
 * machine's time zone plays no part, so that a rule means the same on every desk.
 */

const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?)?$/;

const dayMs = 86_400_000;

/**
 * Normalises ISO 8601: a date alone stays `YYYY-MM-DD`; a time becomes UTC with milliseconds (further digits are cut
 * off). No offset means UTC. Null for anything else, such as 2026-02-30 or 24:00.
 */
export function readDate(text: string): string | null {
  const parts = shape.exec(text.trim());
  if (parts === null) return null;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour,
    minute = '',
    second = '00',
    fraction = '',
    ,
    sign,
    ahead,
    aheadMinutes,
  ] = parts;
  const midnight = Date.parse(`${year}-${month}-${day}T00:00:00.000Z`);
  // Engines differ on 30 February: some roll over, some refuse. The day must come back as it went in.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(day)) return null;
  if (hour === undefined) return `${year}-${month}-${day}`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (Number(ahead ?? 0) > 23 || Number(aheadMinutes ?? 0) > 59) return null;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  const offset = (Number(ahead ?? 0) * 60 + Number(aheadMinutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1);
  const utc = new Date(local - offset).toISOString();
  return /^\d{4}-/.test(utc) ? utc : null;
}

/** First and last epoch millisecond of a normalised value: a whole day for a date alone, else the one millisecond. */
export function dateSpan(value: string): { readonly from: number; readonly to: number } {
  const from = Date.parse(value);
  return { from, to: value.length === 10 ? from + dayMs - 1 : from };
}
