/** The time of a journal row, in UTC and as the analyst's clock showed it. Pure, so that a zone can be tested. */
import type { JournalStamp } from '../store/tables/journal.ts';

/** The offset of this machine's zone at an instant, in minutes east of UTC. */
function zoneOffset(at: number): number {
  return -new Date(at).getTimezoneOffset();
}

/** Epoch ms and an offset in minutes as `2026-11-23T17:42:01.120+01:00`. */
export function localTime(at: number, offsetMinutes: number): string {
  const shifted = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${shifted}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(Math.floor(size % 60))}`;
}

export function makeStamp(at: number, who: string): JournalStamp {
  return { at, local: localTime(at, zoneOffset(at)), who };
}
