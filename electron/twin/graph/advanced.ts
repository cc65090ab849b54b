/**
 * The directory's advanced queries: `not`, `ne`, `$search`, `$count` and sorting while filtering need the header
 * `ConsistencyLevel: eventual`, and some need `$count=true` too (Microsoft Graph: aad-advanced-queries).
 */
import { badRequest, unsupportedQuery } from '../http/refusal.ts';
import { type Call, isEventual } from './call.ts';

export type AdvancedUse = {
  /** The filter uses an advanced operator, or is combined with `$orderby`. */
  readonly filter: boolean;
  readonly count: boolean;
  readonly search: boolean;
};

/** Throws 400 when the request uses what it hasn't asked for in the right way. */
export function requireEventual(call: Call, use: AdvancedUse): void {
  if (use.search && !isEventual(call)) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (use.filter && !(isEventual(call) && use.count)) {
    throw unsupportedQuery("Unsupported Query. It needs $count=true and the header 'ConsistencyLevel: eventual'.");
  }
  if (use.count && !isEventual(call)) {
    throw badRequest("$count is not currently supported without the header 'ConsistencyLevel: eventual'.");
  }
}
