/** The vocabulary of level, state and detail: text to small integer. Members unknown to this version get numbers from 100. */
import type { Database } from 'better-sqlite3';
import { firstUnknownTerm, type TermKind } from '../../../../shared/model/riskyUser.ts';
import { many, one, run } from './statements.ts';

export type Terms = { code(kind: TermKind, text: string): number };

/**
 * Reads the vocabulary afresh: another process, or an operation that was rolled back, may have changed what was known.
 * `code` adds a text that is new.
 */
export function loadTerms(db: Database): Terms {
  const codes: Record<TermKind, Map<string, number>> = { level: new Map(), state: new Map(), detail: new Map() };
  for (const { kind, code, text } of many<{ kind: TermKind; code: number; text: string }>(
    db,
    'SELECT kind, code, text FROM term',
  )) {
    codes[kind].set(text, code);
  }
  return {
    code(kind, text) {
      const known = codes[kind].get(text);
      if (known !== undefined) return known;
      const last =
        one<{ code: number | null }>(db, 'SELECT max(code) AS code FROM term WHERE kind = ?', kind)?.code ?? 0;
      const code = Math.max(last + 1, firstUnknownTerm);
      run(db, 'INSERT INTO term (kind, code, text) VALUES (?, ?, ?)', kind, code, text);
      codes[kind].set(text, code);
      return code;
    },
  };
}
