/**
 * What can be asked of the columns: which users match, how many, in which order, in which cells. Plain data, for it
 * crosses to the reader's thread. Rules and filters are turned into it by core/query.
 */

type Bound = readonly (string | number | bigint | null)[];

/** Inclusive whole numbers; null is open. */
type Range = { readonly from: number | null; readonly to: number | null };

export type TimeColumn = 'updated' | 'firstSeen' | 'lastChanged';
/** `any`: the UPN or the name. */
export type NameColumn = 'upn' | 'name' | 'any';

/** Picks live users; the gone match nothing. */
export type Match =
  /** Every part, or at least one; of no parts at all, everybody or nobody. */
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Match[] }
  | { readonly kind: 'not'; readonly part: Match }
  /** An expression over the columns of `user_cell u`. */
  | { readonly kind: 'cells'; readonly sql: string; readonly params: Bound }
  /** Epoch ms in any of the ranges; `missing`: also those without a time. */
  | {
      readonly kind: 'time';
      readonly column: TimeColumn;
      readonly ranges: readonly Range[];
      readonly missing: boolean;
    }
  /** `text` is folded and not empty. */
  | {
      readonly kind: 'text';
      readonly column: NameColumn;
      readonly how: 'contains' | 'begins' | 'ends';
      readonly text: string;
    }
  | { readonly kind: 'no-name'; readonly column: 'upn' | 'name' }
  /** A SELECT of `risky_user.id`. */
  | { readonly kind: 'ids'; readonly sql: string; readonly params: Bound };

/** Missing values come last in both directions; among equals the tie decides, in the direction of the sort. */
export type Order =
  /** An expression over `user_cell u`; the integer key is the tie. */
  | { readonly kind: 'cells'; readonly sql: string }
  /** By the sync that saw the user last. */
  | { readonly kind: 'seen' }
  /** Along an index of `risky_user u` or `user_text t`. */
  | {
      readonly kind: 'index';
      readonly row: 'u' | 't';
      readonly index: string;
      readonly key: string;
      readonly tie: string;
      readonly nullable: boolean;
    };

/** Sort key of a row, and what decides among equals. */
export type RowPosition = { readonly value: string | number | null; readonly tie: number };

export type PageAsk = {
  readonly order: Order;
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  /** Rows to pass over, or the key and tie of the row behind which the page begins. */
  readonly start: { readonly offset: number } | { readonly after: RowPosition };
};

export type Ask = { readonly match: Match; readonly page?: PageAsk | undefined; readonly cells?: boolean | undefined };

/** Users alike in these, by the codes of `term`. */
export type CellCount = {
  readonly level: number;
  readonly state: number;
  readonly score: number | null;
  readonly aggregate: number | null;
  readonly users: number;
};

/** `ids`: integer keys of the page, in order, and the position of the last; none when no page was asked for. */
export type Selected = {
  readonly total: number;
  readonly ids: readonly number[];
  readonly last: RowPosition | null;
  readonly cells: readonly CellCount[];
};
