/**
 * Deterministic randomness without state: every attribute of user N is a hash of (seed, N, purpose), so that a tenant of
 * 200,000 needs no stored rows and any row can be rebuilt. Not for cryptography.
 */

/** Murmur3's 32-bit finaliser: a bijection on unsigned 32-bit integers. */
export function scramble(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The inverse of `scramble`. */
export function unscramble(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7ed1b41d);
  h = Math.imul(h ^ (h >>> 13) ^ (h >>> 26), 0xa5cb9243);
  return (h ^ (h >>> 16)) >>> 0;
}

/** An unsigned 32-bit hash of a seed, an index and what the number is for. */
export function hash(seed: number, index: number, purpose: number): number {
  return scramble(scramble(index ^ Math.imul(purpose + 1, 0x9e3779b1)) + Math.imul(seed | 0, 0x85ebca77));
}

/** A hash as a fraction in [0, 1). */
export function fraction(seed: number, index: number, purpose: number): number {
  return hash(seed, index, purpose) / 0x1_0000_0000;
}

/** One element of a list that is never empty, chosen by an unsigned integer. */
export function pick<T>(list: readonly [T, ...T[]], chooser: number): T {
  return list[chooser % list.length] ?? list[0];
}

/** A small sequential generator (mulberry32) for what happens in time rather than per user: faults, shuffles. */
export function makeRandom(seed: number): () => number {
  let state = scramble(seed ^ 0x5bd1e995);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
