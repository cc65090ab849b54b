/**
 * The directory's `$search`: `"displayName:word"` clauses joined by AND / OR. Matches the beginnings of words, in any
 * order, without regard to case (Microsoft Graph: use the $search query parameter).
 */
import { unsupportedQuery } from '../http/refusal.ts';

const clause = /\s*"([A-Za-z]+):((?:[^"\\]|\\.)*)"\s*(AND|OR)?/gy;

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Compiles a search over the named text properties; throws 400 on a form Graph doesn't take. */
export function compileSearch<Row>(
  text: string,
  properties: Readonly<Record<string, (row: Row) => string | null>>,
): (row: Row) => boolean {
  const alternatives: ((row: Row) => boolean)[][] = [[]];
  let end = 0;
  let joined = true;
  for (const match of text.matchAll(clause)) {
    if (!joined) break;
    const [whole, property = '', wanted = '', joint] = match;
    const get = Object.hasOwn(properties, property) ? properties[property] : undefined;
    if (get === undefined) throw unsupportedQuery(`The property '${property}' does not support $search.`);
    const tokens = words(wanted.replace(/\\(.)/g, '$1'));
    alternatives.at(-1)?.push((row) => {
      const present = words(get(row) ?? '');
      return tokens.every((token) => present.some((word) => word.startsWith(token)));
    });
    if (joint === 'OR') alternatives.push([]);
    joined = joint !== undefined;
    end = match.index + whole.length;
  }
  if (joined || end < text.trimEnd().length) {
    throw unsupportedQuery(`Syntax error in $search '${text}'. Write "property:text", with the quotation marks.`);
  }
  return (row) => alternatives.some((all) => all.every((matches) => matches(row)));
}
