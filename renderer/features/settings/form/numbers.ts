/** Numbers as people type them, with the bounds of the settings' schema. */
import { count } from '../../../ui/format.ts';

export type Bounds = { readonly min: number; readonly max: number; readonly whole: boolean };
export type NumberFault = {
  readonly key: 'missing' | 'notNumber' | 'notWhole' | 'range';
  readonly min: string;
  readonly max: string;
};

/** The number, or what is wrong with it. Spaces and thousands commas are forgiven: "1,000". */
export function readNumber(text: string, bounds: Bounds): number | NumberFault {
  const plain = text.trim().replace(/(\d)[,\s](?=\d{3}(\D|$))/g, '$1');
  const fault = (key: NumberFault['key']): NumberFault => ({ key, min: count(bounds.min), max: count(bounds.max) });
  if (plain === '') return fault('missing');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return fault('notNumber');
  const value = Number(plain);
  if (bounds.whole && !Number.isInteger(value)) return fault('notWhole');
  return value < bounds.min || value > bounds.max ? fault('range') : value;
}

/** The number alone; null while it is wrong. */
export function numberOf(text: string, bounds: Bounds): number | null {
  const read = readNumber(text, bounds);
  return typeof read === 'number' ? read : null;
}

/** Lines of a box, trimmed, each once. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/[\n\r,;]+/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}
