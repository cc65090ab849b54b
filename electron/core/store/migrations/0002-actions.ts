/**
 * Version 2: plans, runs and the journal. Frozen once released.
 *
 * A plan's steps hold what was decided on; a run's steps hold what came of it, under the same seq, so names stand once.
 * Connections, rules and actions are kept by the name they had then: a record of the past must not change when they are
 * renamed or removed. Times are epoch milliseconds of this machine's clock. States are small integers: the position in
 * the lists of shared/model (stepStates, runStates, verifyStates, effects act/already/skip).
 */
export const version = 2;

export const sql = `
CREATE TABLE plan (
  id INTEGER PRIMARY KEY,
  plan_id TEXT NOT NULL UNIQUE,
  connection TEXT NOT NULL,
  kind TEXT NOT NULL,
  hash TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,  -- 1: a run was made from it; a plan runs at most once
  created INTEGER NOT NULL,
  head TEXT NOT NULL                -- JSON of PlanHead
) STRICT;
CREATE INDEX plan_open ON plan (created) WHERE used = 0;

CREATE TABLE plan_step (
  plan INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  upn TEXT,
  name TEXT,
  effect INTEGER NOT NULL,          -- 0 act, 1 already, 2 skip
  reason TEXT,
  level TEXT NOT NULL,
  state TEXT NOT NULL,
  score INTEGER,
  PRIMARY KEY (plan, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_step_object ON plan_step (object_id);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  plan INTEGER NOT NULL UNIQUE,
  parent_run TEXT,
  origin TEXT NOT NULL,
  action TEXT,
  connection TEXT NOT NULL,
  kind TEXT NOT NULL,
  group_target TEXT,                -- JSON of GroupTarget; becomes 'existing' once the run has created the group
  group_id TEXT,                    -- null until it exists
  group_created INTEGER,            -- when this run created it: 404 is replication for a minute after that
  state INTEGER NOT NULL,
  message TEXT,
  started INTEGER NOT NULL,
  finished INTEGER,
  planned INTEGER NOT NULL,         -- counts of steps by state, kept in step by the writers
  under_way INTEGER NOT NULL DEFAULT 0,
  succeeded INTEGER NOT NULL DEFAULT 0,
  already INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  unsure INTEGER NOT NULL DEFAULT 0,
  pending INTEGER NOT NULL DEFAULT 0,
  verified INTEGER NOT NULL DEFAULT 0,
  not_applied INTEGER NOT NULL DEFAULT 0,
  owner_pid INTEGER,                -- the process that carries it out, and its token: a pid alone may be reused
  owner_token TEXT,
  heartbeat INTEGER NOT NULL
) STRICT;
CREATE INDEX run_parent ON run (parent_run) WHERE parent_run IS NOT NULL;
CREATE INDEX run_acts ON run (connection, kind, group_id);

CREATE TABLE run_step (
  run INTEGER NOT NULL,
  seq INTEGER NOT NULL,             -- plan_step.seq
  state INTEGER NOT NULL,
  verify INTEGER NOT NULL DEFAULT 0,
  http_status INTEGER,
  at INTEGER,
  request_id TEXT,
  reason TEXT,
  before TEXT,
  after TEXT,
  PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

-- Append-only. hash covers the row and the hash before it (tables/journal.ts).
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  local TEXT NOT NULL,
  who TEXT NOT NULL,
  event TEXT NOT NULL,
  connection TEXT,
  run_id TEXT,
  object_id TEXT,
  whom TEXT,
  before TEXT,
  after TEXT,
  request_id TEXT,
  http_status INTEGER,
  detail TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_run ON journal (run_id, seq) WHERE run_id IS NOT NULL;
CREATE INDEX journal_object ON journal (object_id, seq) WHERE object_id IS NOT NULL;

-- One row: where the chain ends, so that a cut tail is seen.
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '${'0'.repeat(64)}');

-- One row per clean-up: entries up to seq are gone, the last of them had this hash.
CREATE TABLE journal_anchor (
  seq INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Holds a row only inside a clean-up's transaction: how far it may delete.
CREATE TABLE journal_guard (up_to INTEGER NOT NULL) STRICT;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
WHEN NOT EXISTS (SELECT 1 FROM journal_guard WHERE up_to >= OLD.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN NEW.seq <= (SELECT COALESCE(MAX(seq), 0) FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_anchor_no_update BEFORE UPDATE ON journal_anchor
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_anchor_no_delete BEFORE DELETE ON journal_anchor
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`;
