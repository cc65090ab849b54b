/** Reads option values while commander parses them, so that a wrong one is refused before anything is opened. */
import { InvalidArgumentError } from 'commander';

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    return within(value, min, max, 'a whole number');
  };
}

/** A number from `min` to `max`, fractions allowed. */
export function anyNumber(min: number, max: number): (text: string) => number {
  return (text) => within(text.trim() === '' ? Number.NaN : Number(text), min, max, 'a number');
}

function within(value: number, min: number, max: number, kind: string): number {
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  const range = max >= Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new InvalidArgumentError(`It must be ${kind} ${range}.`);
}

/** Days for "updated in the last N days"; the contract's bounds. */
export function days(text: string): number {
  const value = anyNumber(0, 36_500)(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('It must be more than 0 days.');
}

/** An instant: `2026-11-23`, `2026-11-23T10:00`, or with an offset; without one it is UTC. Returns ISO 8601 in UTC. */
export function instant(text: string): string {
  const shape = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/i.exec(text.trim());
  const zoned = shape?.[2] === undefined || shape[5] !== undefined ? text.trim() : `${text.trim()}Z`;
  const at = shape === null ? Number.NaN : Date.parse(zoned);
  const day = shape?.[1] ?? '';
  // Date.parse turns 30 February into 2 March; the day itself must survive.
  if (Number.isNaN(at) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) {
    throw new InvalidArgumentError('It must be a date or a time such as 2026-11-23 or 2026-11-23T10:00:00Z.');
  }
  return new Date(at).toISOString();
}

/** Collects an option that may be given several times. */
export function several(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
