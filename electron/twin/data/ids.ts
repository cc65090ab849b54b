/**
 * Object ids that look random, yet say which row they belong to: the first 32 bits of the GUID are a bijection of the
 * row's index, the rest is a check. Thus an id is found without a map of 200,000 strings.
 */
import type { Bytes } from './bytes.ts';
import { hash, scramble, unscramble } from './hash.ts';

const hex4 = Array.from({ length: 0x10000 }, (_, n) => n.toString(16).padStart(4, '0'));
const guidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guidForm.test(text);
}

function hex(n: number): string {
  return hex4[n] ?? '0000';
}

function fromWords(a: number, b: number, c: number, d: number): string {
  return (
    `${hex(a >>> 16)}${hex(a & 0xffff)}-${hex(b >>> 16)}-${hex((b & 0x0fff) | 0x4000)}-` +
    `${hex(((c >>> 16) & 0x3fff) | 0x8000)}-${hex(c & 0xffff)}${hex(d >>> 16)}${hex(d & 0xffff)}`
  );
}

/** A version 4 GUID for things that are never looked up by index: request ids, groups, detections. */
export function guid(seed: number, index: number, purpose: number): string {
  return fromWords(
    hash(seed, index, purpose),
    hash(seed, index, purpose + 1),
    hash(seed, index, purpose + 2),
    hash(seed, index, purpose + 3),
  );
}

export type UserIds = {
  /** The object id of the row at `index`, lower case. */
  of(index: number): string;
  /** The same, straight into a body. */
  write(index: number, out: Bytes): void;
  /** The index an object id stands for (any casing), or null when no row of this seed could have it. */
  indexOf(id: string): number | null;
};

export function makeUserIds(seed: number): UserIds {
  const key = hash(seed, 1, 0x1d5);
  const of = (index: number): string => {
    const a = scramble(index ^ key);
    const b = scramble(a ^ 0x68bc21eb);
    return fromWords(a, b, scramble(b + key), scramble(a + 0x02e5be93));
  };
  return {
    of,
    write(index, out) {
      const a = scramble(index ^ key);
      const b = scramble(a ^ 0x68bc21eb);
      const c = scramble(b + key);
      const d = scramble(a + 0x02e5be93);
      out.hex(a, 8);
      out.text('-');
      out.hex(b >>> 16, 4);
      out.text('-4');
      out.hex(b, 3);
      out.text('-');
      out.hex(((c >>> 16) & 0x3fff) | 0x8000, 4);
      out.text('-');
      out.hex(c, 4);
      out.hex(d, 8);
    },
    indexOf(id) {
      if (!isGuid(id)) return null;
      const index = (unscramble(Number.parseInt(id.slice(0, 8), 16)) ^ key) >>> 0;
      return of(index) === id.toLowerCase() ? index : null;
    },
  };
}
