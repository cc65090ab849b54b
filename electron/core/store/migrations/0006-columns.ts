/**
 * Version 6: the live users by column, in blocks of 4096 ids, for questions that would otherwise read every row or every
 * name (core/store/columns). Like version 3 all of it can be made again from `risky_user` and `user_text`. Frozen once
 * released.
 */
export const version = 6;

export const sql = `
-- Combinations of the columns of few values, each under a number. Kept when nobody has it any more.
CREATE TABLE user_cell (
  id INTEGER PRIMARY KEY,           -- from 1
  connection INTEGER NOT NULL,
  level INTEGER NOT NULL,
  state INTEGER NOT NULL,
  detail INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  processing INTEGER NOT NULL,
  guest INTEGER NOT NULL,
  score INTEGER,
  aggregate INTEGER
) STRICT;

-- block: risky_user.id / 4096. stamp: never used twice, so that a reader sees which blocks were made anew.
CREATE TABLE user_block (
  block INTEGER PRIMARY KEY,
  stamp INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- Blocks that no longer say what the rows say. With one of them here, or one missing, questions go to the rows.
CREATE TABLE user_block_stale (block INTEGER PRIMARY KEY) STRICT;

CREATE TRIGGER user_block_row AFTER UPDATE OF gone, connection, level, state, detail, updated, deleted, processing, guest,
  score, aggregate, first_seen, last_changed ON risky_user
BEGIN INSERT OR IGNORE INTO user_block_stale (block) VALUES (OLD.id / 4096); END;
CREATE TRIGGER user_block_text AFTER UPDATE OF upn_fold, name_fold ON user_text
BEGIN INSERT OR IGNORE INTO user_block_stale (block) VALUES (OLD.id / 4096); END;
`;
