/** Text for people: tables, counts, durations. Names come from Graph and are untrusted: no control character survives. */

let counts: Intl.NumberFormat | undefined;

/** 12345 -> `12,345`. */
export function count(value: number): string {
  // Made when first needed: it takes longer than a whole module.
  counts ??= new Intl.NumberFormat('en-US');
  return counts.format(value);
}

/** `1 user`, `2,000 users`. */
export function amount(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Seconds as a person says them: `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.round((whole % 3_600) / 60)} min`;
}

/** One line without control characters or direction overrides, which could rewrite the terminal or mislead its reader. */
export function clean(text: string | null): string {
  return text === null ? '-' : text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** `2026-11-23T17:42:01.120Z` -> `2026-11-23 17:42`. */
export function moment(iso: string | null): string {
  return iso === null ? '-' : iso.slice(0, 16).replace('T', ' ');
}

export type Column<Row> = {
  readonly title: string;
  readonly of: (row: Row) => string | number | null;
  readonly right?: boolean;
};

/** Aligned columns under their titles, two blanks apart; no lines at all for no rows. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) =>
    columns.map((column) => {
      const value = column.of(row);
      return typeof value === 'number' ? count(value) : clean(value);
    }),
  );
  const titles = columns.map((column) => column.title);
  const widths = columns.map((_, at) => Math.max(...[titles, ...cells].map((line) => width(line[at] ?? ''))));
  return [titles, ...cells].map((line) =>
    line
      .map((cell, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - width(cell));
        return columns[at]?.right === true ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}

const noCell = /\p{M}|[\u200b-\u200d]|\ufe0f/u;
const twoCells =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Terminal cells of a text: combining marks take none; East Asian wide characters and emoji take two. */
export function width(text: string): number {
  let cells = 0;
  for (const character of text) {
    if (noCell.test(character)) continue;
    cells += twoCells.test(character) ? 2 : 1;
  }
  return cells;
}
