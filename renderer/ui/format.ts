/** Numbers, times and durations as a person reads them. The exact value is always within reach: `title` or the export. */

const whole = new Intl.NumberFormat('en');
export const count = (value: number): string => whole.format(value);

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "2 hours ago"; under a minute "just now". */
export function ago(iso: string | null, now: number = Date.now()): string {
  if (iso === null) return '–';
  const seconds = (Date.parse(iso) - now) / 1_000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}

/** UTC and local, for the hover: "2026-11-23 17:31:02 UTC · 18:31:02 GMT+1". */
export function exactTime(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  const local = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' }).format(at);
  return `${at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')} · ${local}`;
}

/** "45 s", "6 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Cuts a UPN in its middle, so that both the person and the domain stay readable. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(text.length - half)}`;
}
