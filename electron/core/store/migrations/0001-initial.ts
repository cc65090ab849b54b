/**
 * Version 1: connections, risky users, their history, syncs, rules, actions, settings. Frozen once released.
 *
 * Risky users stand in two tables of the same key. `risky_user` is narrow and holds integers only: every count, every
 * histogram and most rules scan it alone. `user_text` holds the names, as they came and folded for comparison.
 * Times are epoch milliseconds. `updated` is Entra's clock; every other time is this machine's.
 * `gone` stands second in `risky_user` because every scan tests it: SQLite decodes a row from the left.
 */
export const version = 1;

export const sql = `
CREATE TABLE connection (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  tenant TEXT NOT NULL,
  client TEXT NOT NULL,
  cloud TEXT NOT NULL,
  authority_url TEXT,               -- null: the cloud's preset
  graph_url TEXT,
  credential_place TEXT NOT NULL,   -- keychain | env | certificate | session | none
  credential_ref TEXT,              -- variable name or file path; never a secret
  score_min INTEGER NOT NULL,
  score_max INTEGER NOT NULL,
  keep_unscored INTEGER NOT NULL,
  sync_every INTEGER,               -- minutes
  map_low INTEGER NOT NULL,
  map_medium INTEGER NOT NULL,
  map_high INTEGER NOT NULL,
  weight REAL NOT NULL,
  needs_full INTEGER NOT NULL DEFAULT 1, -- the next sync must read everything (new, or the score range changed)
  created INTEGER NOT NULL,
  removed INTEGER                   -- kept as a name for old actions and runs; its users are deleted
) STRICT;
CREATE UNIQUE INDEX connection_name ON connection (name_fold) WHERE removed IS NULL;

-- Vocabulary of level, state and detail. Known members have fixed codes (shared/model/riskyUser.ts).
CREATE TABLE term (
  kind TEXT NOT NULL,               -- level | state | detail
  code INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (kind, code),
  UNIQUE (kind, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE risky_user (
  id INTEGER PRIMARY KEY,
  gone INTEGER,                     -- when a complete full sync no longer found it, or it left the score range
  connection INTEGER NOT NULL,
  level INTEGER NOT NULL,
  state INTEGER NOT NULL,
  detail INTEGER NOT NULL,
  updated INTEGER,
  deleted INTEGER NOT NULL,
  processing INTEGER NOT NULL,
  guest INTEGER NOT NULL,
  score INTEGER,
  aggregate INTEGER,
  first_seen INTEGER NOT NULL,
  last_changed INTEGER NOT NULL,
  seen_sync INTEGER NOT NULL        -- the sync that saw the row last; its time is "last seen"
) STRICT;

CREATE TABLE user_text (
  id INTEGER PRIMARY KEY,           -- risky_user.id
  connection INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  upn TEXT,
  name TEXT,
  upn_fold TEXT,                    -- both null while the user is gone: the gone are in no search and no sort
  name_fold TEXT
) STRICT;

-- One row per change of level, state or detail. The first sight of a user is risky_user.first_seen, not a row here.
CREATE TABLE user_change (
  id INTEGER PRIMARY KEY,
  user INTEGER NOT NULL,
  sync INTEGER NOT NULL,            -- the sync that saw it
  seen INTEGER NOT NULL,
  updated INTEGER,
  level_before INTEGER NOT NULL,
  level_after INTEGER NOT NULL,
  state_before INTEGER NOT NULL,
  state_after INTEGER NOT NULL,
  detail_before INTEGER NOT NULL,
  detail_after INTEGER NOT NULL
) STRICT;
CREATE INDEX user_change_user ON user_change (user, seen);
CREATE INDEX user_change_sync ON user_change (sync);

CREATE TABLE user_note (
  id INTEGER PRIMARY KEY,
  user INTEGER NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX user_note_user ON user_note (user, at);

CREATE TABLE sync (
  id INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL,
  kind TEXT NOT NULL,               -- full | incremental
  state TEXT NOT NULL,              -- running | complete | incomplete
  started INTEGER NOT NULL,
  finished INTEGER,
  next_link TEXT,                   -- where a killed sync goes on; opaque
  since INTEGER,                    -- filter of an incremental one
  pages INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0,
  users INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  repaired INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  throttled INTEGER NOT NULL DEFAULT 0,
  duration_ms INTEGER NOT NULL DEFAULT 0,
  watermark INTEGER,                -- newest Entra time seen
  examples TEXT NOT NULL DEFAULT '[]',
  message TEXT,
  error_code TEXT
) STRICT;
CREATE INDEX sync_connection ON sync (connection, id);

-- One histogram per complete sync: users by level, state and score. Outlives Entra's 90 days.
CREATE TABLE sync_histogram (
  sync INTEGER NOT NULL,
  level INTEGER NOT NULL,
  state INTEGER NOT NULL,
  score INTEGER,
  users INTEGER NOT NULL
) STRICT;
CREATE INDEX sync_histogram_sync ON sync_histogram (sync);

CREATE TABLE rule (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL UNIQUE,
  folder TEXT,
  query TEXT NOT NULL,              -- JSON, react-querybuilder's shape
  exceptions TEXT NOT NULL DEFAULT '[]', -- JSON array of rule ids whose matches are left out
  muted_until INTEGER,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT;

CREATE TABLE action (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL UNIQUE,
  rule INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  kind TEXT NOT NULL,
  group_id TEXT,
  group_name TEXT,
  group_deleted INTEGER NOT NULL DEFAULT 0,
  create_name TEXT,
  create_kind TEXT,
  cap INTEGER,
  enabled INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,             -- top-level key of the settings schema
  value TEXT NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;
`;
