/** The row of a run, and the questions that every write to a run or its steps asks first. */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { runStates } from '../../../../shared/model/run.ts';

export type RunRow = {
  readonly id: number;
  readonly run_id: string;
  readonly plan: number;
  readonly connection: string;
  readonly kind: string;
  readonly state: number;
  readonly owner_token: string | null;
  readonly planned: number;
  readonly under_way: number;
  readonly succeeded: number;
  readonly already: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unsure: number;
};

export const running = runStates.indexOf('running');

export function findRun(db: Database, runId: string): RunRow {
  const run = db.prepare<[string], RunRow>('SELECT * FROM run WHERE run_id = ?').get(runId);
  if (run === undefined)
    throw new RiskdeskError('not-found', `There is no run ${runId}.`, { field: 'runId', cure: 'List the runs.' });
  return run;
}

/** The run, when the process that holds `token` is the one that carries it out. */
export function ownedRun(db: Database, runId: string, token: string): RunRow {
  const run = findRun(db, runId);
  if (run.state === running && run.owner_token === token) return run;
  throw new RiskdeskError('busy', `Run ${runId} is no longer carried out by this process.`, {
    field: 'runId',
    cure: 'Look at its state; resume it where nobody carries it out.',
  });
}
