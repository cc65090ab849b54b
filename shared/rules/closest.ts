/** The nearest of some names to a misspelt one, for "did you mean". Nothing is ever corrected by it silently. */

/** Optimal string alignment: insert, delete, replace and swap of neighbours cost 1 each. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replace, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Null when even the nearest name differs in more than half of its letters. A contained name counts as near. */
export function closestTo(text: string, names: readonly string[]): string | null {
  const plain = text.slice(0, 64).toLowerCase();
  if (plain.length < 2) return null;
  let best: { readonly name: string; readonly far: number } | null = null;
  for (const name of names) {
    const other = name.toLowerCase();
    const far = other.includes(plain) || plain.includes(other) ? 1 : distance(plain, other);
    if (far <= other.length / 2 && (best === null || far < best.far)) best = { name, far };
  }
  return best?.name ?? null;
}
