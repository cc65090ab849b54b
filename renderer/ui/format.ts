/** Numbers, times and durations as a person reads them. The exact value is always within reach: `title` or the export. */

import { i18n, useLanguage } from '../i18n/i18n.ts';

/** Formatters are costly to make: one of each kind for the language in force. */
function perLanguage<Formatter>(make: (language: string) => Formatter): () => Formatter {
  let made: { readonly language: string; readonly formatter: Formatter } | null = null;
  return () => {
    const { language } = useLanguage.getState();
    if (made?.language !== language) made = { language, formatter: make(language) };
    return made.formatter;
  };
}

const whole = perLanguage((language) => new Intl.NumberFormat(language));
export const count = (value: number): string => whole().format(value);

const roughly = perLanguage(
  (language) => new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }),
);
/** "748", "12.4K": for labels in a drawing; the exact number is in its table and on hover. */
export const shortCount = (value: number): string => roughly().format(value);

const parts = perLanguage(
  (language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }),
);
/** A share from 0 to 1: "37%". */
export const percent = (share: number): string => parts().format(share);

const dayAndMonth = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
);
/** "Nov 24", in UTC. */
export const shortDay = (day: Date): string => dayAndMonth().format(day);

const wholeDay = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }));
/** "May 31, 2027", in UTC. */
export const longDay = (iso: string): string => wholeDay().format(new Date(iso));

const weekdays = perLanguage((language) => new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }));
/** 0 is Sunday. */
export const weekdayName = (day: number): string => weekdays().format(new Date(Date.UTC(2024, 0, 7 + day)));

const relative = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
const localTime = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' }),
);
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
    if (Math.abs(seconds) >= size) return relative().format(Math.round(seconds / size), unit);
  }
  return i18n.t('ago.now');
}

/** UTC and local, for the hover: "2026-11-23 17:31:02 UTC · 18:31:02 GMT+1". */
export function exactTime(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  const local = localTime().format(at);
  return `${at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')} · ${local}`;
}

const timeOfDay = perLanguage((language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }));
/** "11:42 AM", local. */
export const clockTime = (iso: string): string => timeOfDay().format(new Date(iso));

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
