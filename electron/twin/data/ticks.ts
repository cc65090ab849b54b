/**
 * Graph writes times with seven decimals (100 ns). A double can't hold that since 1970 exactly, so times are kept as
 * ticks of 100 ns since 2010-01-01Z, which stays exact until 2038.
 */
import type { Bytes } from './bytes.ts';

const EPOCH = Date.UTC(2010, 0, 1);
const form = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,12}))?(Z|[+-]\d{2}:\d{2})$/i;

/** Ticks of an epoch-millisecond time, plus up to 9,999 ticks below the millisecond. */
export function toTicks(ms: number, below = 0): number {
  return (Math.floor(ms) - EPOCH) * 10_000 + below;
}

/** Epoch milliseconds, rounded down. */
export function toMs(ticks: number): number {
  return Math.floor(ticks / 10_000) + EPOCH;
}

const TICKS_A_SECOND = 10_000_000;
const SECONDS_A_DAY = 86_400;
const days = new Map<number, string>();

/** `2026-11-20T`, remembered: a page of 500 rows needs few days, and Date is the slow part. */
function dayText(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const text = new Date(EPOCH + day * SECONDS_A_DAY * 1000).toISOString().slice(0, 11);
  if (days.size > 10_000) days.clear();
  days.set(day, text);
  return text;
}

/** `2026-11-20T10:11:12.1234567Z`, straight into a body. */
export function writeTicks(ticks: number, out: Bytes): void {
  const seconds = Math.floor(ticks / TICKS_A_SECOND);
  const day = Math.floor(seconds / SECONDS_A_DAY);
  const second = seconds - day * SECONDS_A_DAY;
  out.text(dayText(day));
  out.decimal(Math.floor(second / 3600), 2);
  out.text(':');
  out.decimal(Math.floor(second / 60) % 60, 2);
  out.text(':');
  out.decimal(second % 60, 2);
  out.text('.');
  out.decimal(ticks - seconds * TICKS_A_SECOND, 7);
  out.text('Z');
}

/** `2026-11-20T10:11:12.1234567Z`. */
export function formatTicks(ticks: number): string {
  const ms = Math.floor(ticks / 10_000);
  const below = String(ticks - ms * 10_000).padStart(4, '0');
  return `${new Date(ms + EPOCH).toISOString().slice(0, 23)}${below}Z`;
}

/** Ticks of an Edm.DateTimeOffset literal (an offset is required), or null when it isn't one. */
export function parseTicks(text: string): number | null {
  const match = form.exec(text);
  if (match === null) return null;
  const [, day = '', time = '', decimals = '', zone = 'Z'] = match;
  const ms = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${zone.toUpperCase()}`);
  if (Number.isNaN(ms)) return null;
  return toTicks(ms) + Number(decimals.padEnd(7, '0').slice(0, 7));
}
