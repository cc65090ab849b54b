/**
 * What a person types into the search box: a part of the UPN or display name, or a whole object id. Blanks around the text
 * do not count; everything inside is literal. Two ways find the same users: by the trigram index, or by reading text.
 */
import { fold } from '../../../shared/model/riskyUser.ts';
import type { Reader } from '../store/types.ts';

/** Code points that make a trigram. Each text is padded in the index, so each of its letters begins one. */
const trigram = 3;
/** More trigrams than this behind one letter mean that nearly everybody has it: reading the text is faster. */
const maxTerms = 60;

export type Search = {
  /** Folded, never empty. */
  readonly text: string;
  /** FTS5 query with the same meaning; null when the index is no help. '' when nothing can match. */
  readonly match: string | null;
  /** Live users whose object id it is: `risky_user.id`. */
  readonly byObjectId: readonly number[];
};

/** Null when nothing was typed. `searchable`: the trigram index knows everybody; `indexed`: the other indexes stand. */
export async function compileSearch(
  reader: Reader,
  typed: string,
  { searchable, indexed }: { readonly searchable: boolean; readonly indexed: boolean },
): Promise<Search | null> {
  const text = fold(typed.trim().toWellFormed());
  if (text === '') return null;
  return {
    text,
    match: searchable ? await matchFor(reader, text) : null,
    byObjectId: indexed ? await findObject(reader, text) : [],
  };
}

async function matchFor(reader: Reader, text: string): Promise<string | null> {
  // FTS5 reads a query up to a NUL, and U+0001 is the padding.
  if (text.includes('\0') || text.includes('\u0001')) return null;
  if ([...text].length >= trigram) return phrase(text);
  const terms = await reader.all<{ term: string }>(
    `SELECT term FROM user_search_term WHERE term >= ? AND term < ? LIMIT ${maxTerms + 1}`,
    [text, `${text}\u{10ffff}`],
  );
  return terms.length > maxTerms ? null : terms.map(({ term }) => phrase(term)).join(' OR ');
}

function phrase(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Live users whose object id the folded text is. */
export async function findObject(reader: Reader, objectId: string): Promise<readonly number[]> {
  if (!/^[0-9a-z-]{1,64}$/.test(objectId)) return [];
  const rows = await reader.all<{ id: number }>(
    `SELECT t.id FROM user_text t CROSS JOIN risky_user u ON u.id = t.id
     WHERE lower(t.object_id) = ? AND u.gone IS NULL`,
    [objectId],
  );
  return rows.map(({ id }) => id);
}
