/**
 * The query string of one request: split, decoded, and checked against the options that the resource supports. Graph
 * ignores some of what it doesn't know; the twin refuses it, so that a client can't rely on an option that does nothing.
 */
import { badRequest } from '../http/refusal.ts';

export type QueryOption = '$top' | '$select' | '$filter' | '$count' | '$orderby' | '$search' | '$skiptoken';

export type Query = {
  get(option: QueryOption): string | null;
  /** The query as it was received, without `$skiptoken`: what a nextLink repeats. */
  readonly withoutToken: string;
};

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('The query string holds a malformed percent-encoding.');
  }
}

/** Splits a raw query. Rejects an option that isn't in `allowed` or comes twice (400). */
export function parseQuery(raw: string, allowed: readonly QueryOption[]): Query {
  const options = new Map<string, string>();
  const kept: string[] = [];
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = decode(at < 0 ? '' : pair.slice(at + 1));
    const option = allowed.find((each) => each === name.toLowerCase());
    if (option === undefined) throw badRequest(`The query parameter '${name}' is not supported on this resource.`);
    if (options.has(option)) {
      throw badRequest(`Query option '${option}' was specified more than once, but it must be specified at most once.`);
    }
    options.set(option, value);
    if (option !== '$skiptoken') kept.push(pair);
  }
  return { get: (option) => options.get(option) ?? null, withoutToken: kept.join('&') };
}

/** `$top` between 1 and `max`, or `byDefault` when the request has none. */
export function pageSize(query: Query, byDefault: number, max: number): number {
  const text = query.get('$top');
  if (text === null) return byDefault;
  const size = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(size >= 1 && size <= max)) {
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${max} inclusive.`);
  }
  return size;
}

/** `$count=true`, or false when absent. */
export function wantsCount(query: Query): boolean {
  const text = query.get('$count');
  if (text === null || text === 'false') return false;
  if (text === 'true') return true;
  throw badRequest(`Invalid value '${text}' for $count query option found. Valid values are 'true' or 'false'.`);
}

/** The selected properties in the schema's order, or null when the request doesn't select. */
export function selection<P extends string>(query: Query, properties: readonly P[], type: string): readonly P[] | null {
  const text = query.get('$select');
  if (text === null) return null;
  const wanted = new Set(text.split(',').map((name) => name.trim()));
  for (const name of wanted) {
    if (!properties.some((property) => property === name)) {
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
      );
    }
  }
  return properties.filter((property) => wanted.has(property));
}
