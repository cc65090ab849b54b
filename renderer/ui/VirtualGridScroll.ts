/**
 * Where rows stand in a scroller that may be shorter than they are. Chromium clamps an element at 33,554,430 device
 * pixels, which a million rows exceed, so the scroller has at most `tallest` CSS pixels (enough for a device pixel ratio
 * of 4) and `shift` says how far the rows are ahead of it. A small scroll keeps the shift, so that a wheel notch moves
 * rows by a wheel notch; a long one (the thumb was dragged) sets it anew in proportion. Rows all have one height: no
 * list of measurements is kept, and a million rows cost what forty do.
 */
export const tallest = 8_000_000;

export type Extent = {
  /** Height of all rows, in CSS pixels. */
  readonly rows: number;
  /** Height of what can be seen of them at once. */
  readonly seen: number;
};

/** `top`: scrollTop of the element. The rows seen start at `top + shift`. */
export type Position = { readonly top: number; readonly shift: number };

export function heightOf({ rows }: Extent): number {
  return Math.min(rows, tallest);
}

/** Furthest that the element scrolls, and the furthest row pixel that can stand at the top. */
function ends(extent: Extent): { readonly top: number; readonly row: number } {
  return { top: Math.max(0, heightOf(extent) - extent.seen), row: Math.max(0, extent.rows - extent.seen) };
}

/** After the element scrolled to `top`. The ends of the scroller are the ends of the rows. */
export function scrolledTo(top: number, before: Position, extent: Extent): Position {
  const end = ends(extent);
  if (end.row === end.top) return { top, shift: 0 };
  const here = Math.max(0, Math.min(top, end.top));
  const far = Math.abs(here - before.top) > 2 * extent.seen;
  if (far || here === 0 || here === end.top) return { top: here, shift: (here / end.top) * (end.row - end.top) };
  return { top: here, shift: Math.max(0, Math.min(before.shift, end.row - end.top)) };
}

/** Where the element has to scroll so that the row pixel `row` stands at the top. */
export function positionOf(row: number, extent: Extent): Position {
  const end = ends(extent);
  const wanted = Math.max(0, Math.min(row, end.row));
  if (end.row === end.top) return { top: wanted, shift: 0 };
  const top = Math.round((wanted / end.row) * end.top);
  return { top, shift: wanted - top };
}

/** Rows that can be seen, first and last, with `spare` more on either side. Last is -1 when there are none. */
export function rowsSeen(
  position: Position,
  extent: Extent,
  rowHeight: number,
  spare: number,
): { readonly first: number; readonly last: number } {
  const count = Math.round(extent.rows / rowHeight);
  const from = position.top + position.shift;
  return {
    first: Math.max(0, Math.floor(from / rowHeight) - spare),
    last: Math.min(count - 1, Math.ceil((from + extent.seen) / rowHeight) - 1 + spare),
  };
}
