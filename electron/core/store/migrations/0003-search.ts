/**
 * Version 3: what makes reading fast. All of it can be rebuilt from `risky_user` and `user_text`; nothing here is a
 * source of truth. The secondary indexes of those tables are in `userIndexes.ts`, because the first sync drops them.
 */
import type { Database } from 'better-sqlite3';
import { knownTerms, type TermKind } from '../../../../shared/model/riskyUser.ts';

export const version = 3;

export const sql = `
-- Two letters of padding behind each text, which no stored text holds: so every letter begins a trigram, and one or two
-- letters are found by the trigrams that begin with them.
CREATE VIEW user_search_text AS
  SELECT id, upn_fold || char(1, 1) AS upn_fold, name_fold || char(1, 1) AS name_fold FROM user_text;

-- Substring search. External content: the folded text itself stays in user_text alone. rowid = risky_user.id.
CREATE VIRTUAL TABLE user_search USING fts5(
  upn_fold, name_fold,
  content = 'user_search_text', content_rowid = 'id',
  tokenize = 'trigram case_sensitive 1', columnsize = 0
);
-- Bytes of new postings held before they are written out (FTS5's default of 1 MB doubles the time of a first sync).
INSERT INTO user_search (user_search, rank) VALUES ('hashsize', 16000000);

-- The trigrams that occur.
CREATE VIRTUAL TABLE user_search_term USING fts5vocab ('user_search', 'row');

-- Live users counted by every column of few values: counters and histograms add up some hundred rows instead of
-- reading a million. Kept exact by every operation, in the same transaction. Column names as in risky_user.
CREATE TABLE user_cube (
  connection INTEGER NOT NULL,
  level INTEGER NOT NULL,
  state INTEGER NOT NULL,
  detail INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  processing INTEGER NOT NULL,
  guest INTEGER NOT NULL,
  score INTEGER,
  aggregate INTEGER,
  seen_sync INTEGER NOT NULL,
  users INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX user_cube_key ON user_cube (
  connection, level, state, detail, deleted, processing, guest, ifnull(score, -1), ifnull(aggregate, -1), seen_sync
);

-- State of the store itself. 'bulk': id of the first sync under way, while indexes are missing.
-- 'search_upto': while user_search is behind, the last id that it knows.
CREATE TABLE store_state (
  key TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Gives the known members of the three vocabularies their fixed codes. */
export function after(db: Database): void {
  const insert = db.prepare('INSERT OR IGNORE INTO term (kind, code, text) VALUES (?, ?, ?)');
  for (const kind of ['level', 'state', 'detail'] satisfies TermKind[]) {
    for (const [code, text] of knownTerms[kind].entries()) insert.run(kind, code, text);
  }
}
