/**
 * Version 4: what happens without a person. Frozen once released.
 *
 * No action becomes automatic by the upgrade. Times are epoch milliseconds of this machine's clock; states are the
 * position in `automaticStates` of shared/model/schedule.ts.
 */
export const version = 4;

export const sql = `
ALTER TABLE action ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0;

-- One row: whether a person paused the schedule, and which process keeps it.
CREATE TABLE schedule (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  paused INTEGER,                   -- since when; null: not paused
  paused_by TEXT,
  paused_reason TEXT,
  owner_pid INTEGER,
  owner_host TEXT,
  owner_token TEXT,
  heartbeat INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO schedule (id) VALUES (1);

-- How the last sync of a connection ended, whoever started it; outlives a restart, so that a refused sign-in is not
-- tried again at every start.
CREATE TABLE schedule_connection (
  connection INTEGER PRIMARY KEY,
  ended INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  failures INTEGER NOT NULL,        -- in a row
  error_code TEXT,
  message TEXT,
  jitter REAL NOT NULL,             -- 0 to 1, drawn with each failure
  planned INTEGER                   -- when the sync ended that plans last followed
) STRICT;

-- What the last sync came to for each automatic action.
CREATE TABLE schedule_check (
  action INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  message TEXT
) STRICT;

-- Plans that were made without a person. The plan itself is in plan and plan_step.
CREATE TABLE automatic_plan (
  id INTEGER PRIMARY KEY,
  plan_id TEXT NOT NULL UNIQUE,
  action INTEGER NOT NULL,
  state INTEGER NOT NULL,
  need TEXT,                        -- why a person is needed: setting | cap; null: none is
  planned INTEGER NOT NULL,
  checked INTEGER NOT NULL,         -- when a sync last led to this very plan
  confirm INTEGER,                  -- the number that was typed
  decided INTEGER,
  decided_by TEXT,
  reason TEXT,
  run_id TEXT
) STRICT;
CREATE INDEX automatic_plan_open ON automatic_plan (action) WHERE state <= 1;
`;
