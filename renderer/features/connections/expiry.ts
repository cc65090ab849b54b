/** How long a credential still works, and from when on that is worth saying. Pure. */

const dayMs = 86_400_000;
/** Days before the end at which it is said, then more plainly, then urgently. */
export const warnDays = { soon: 30, close: 7, last: 1 } as const;

export type Expiry = {
  /** Whole days until the end, by UTC; negative once it is past. */
  readonly days: number;
  readonly word: 'fine' | 'soon' | 'close' | 'last' | 'over';
};

/** @param expiresAt ISO time, or a day (`2027-05-31`); @param now epoch ms. Null where there is nothing to say. */
export function expiryOf(expiresAt: string | null, now: number): Expiry | null {
  const end = expiresAt === null ? Number.NaN : Date.parse(expiresAt);
  if (Number.isNaN(end)) return null;
  const left = end - now;
  const days = Math.floor(left / dayMs);
  if (left <= 0) return { days, word: 'over' };
  if (left <= warnDays.last * dayMs) return { days, word: 'last' };
  if (left <= warnDays.close * dayMs) return { days, word: 'close' };
  return { days, word: left <= warnDays.soon * dayMs ? 'soon' : 'fine' };
}
