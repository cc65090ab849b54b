/** What a person types into the search box, as one condition: a part of the UPN or display name, or a whole object id. */
import { fold } from '../../../shared/model/riskyUser.ts';
import type { Condition } from './filter.ts';

/** The shortest text that the trigram index finds, in code points. */
const indexable = 3;

/**
 * Null when nothing was typed. Blanks around the text do not count; everything inside is literal. `index`: whether the
 * trigram index may be asked; it holds every substring of three characters or more, so both ways find the same users.
 */
export function searchSql(typed: string, index: boolean): Condition | null {
  const text = fold(typed.trim());
  if (text === '') return null;
  const objectId = /^[0-9a-z-]{1,64}$/.test(text) ? text : null;
  // FTS5 reads its query up to a NUL.
  if (index && [...text].length >= indexable && !text.includes('\0')) {
    const phrase = `"${text.replaceAll('"', '""')}"`;
    const byId = objectId === null ? '' : ' UNION ALL SELECT id FROM user_text WHERE lower(object_id) = ?';
    return {
      sql: `u.id IN (SELECT rowid FROM user_search WHERE user_search MATCH ?${byId})`,
      params: objectId === null ? [phrase] : [phrase, objectId],
      usesText: false,
    };
  }
  const byId = objectId === null ? '' : ' OR lower(t.object_id) = ?';
  return {
    sql: `(ifnull(instr(t.upn_fold, ?), 0) > 0 OR ifnull(instr(t.name_fold, ?), 0) > 0${byId})`,
    params: objectId === null ? [text, text] : [text, text, objectId],
    usesText: true,
  };
}
