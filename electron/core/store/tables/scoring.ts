/** The settings of one connection that decide a user's score and whether the cache keeps the user. */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { scoreOf } from '../../../../shared/model/score.ts';
import { one } from './statements.ts';

export type Scoring = {
  readonly weight: number;
  score(riskLevel: string): number | null;
  /** Whether the connection's score range lets a user of this score in. */
  keeps(score: number | null): boolean;
};

type Row = {
  map_low: number;
  map_medium: number;
  map_high: number;
  weight: number;
  score_min: number;
  score_max: number;
  keep_unscored: number;
};

/** @throws RiskdeskError not-found when the connection was removed. */
export function scoringOf(db: Database, connection: number): Scoring {
  const row = one<Row>(db, 'SELECT * FROM connection WHERE id = ? AND removed IS NULL', connection);
  if (row === undefined) {
    throw new RiskdeskError('not-found', 'The connection was removed.', { field: 'connection', facts: { connection } });
  }
  const mapping = { low: row.map_low, medium: row.map_medium, high: row.map_high };
  return {
    weight: row.weight,
    score: (riskLevel) => scoreOf(riskLevel, mapping),
    keeps: (score) => (score === null ? row.keep_unscored === 1 : score >= row.score_min && score <= row.score_max),
  };
}
