/** What the cache remembers about one person: changes over time, notes, and the scores behind the aggregate. */
import type { Reader } from '../store/types.ts';
import { isoTime } from './rows.ts';

export type UserChange = {
  readonly seenAt: string;
  readonly riskLastUpdatedDateTime: string | null;
  readonly riskLevel: { readonly before: string; readonly after: string };
  readonly riskState: { readonly before: string; readonly after: string };
  readonly riskDetail: { readonly before: string; readonly after: string };
};

type ChangeRow = {
  seen: number;
  updated: number | null;
  levelBefore: string;
  levelAfter: string;
  stateBefore: string;
  stateAfter: string;
  detailBefore: string;
  detailAfter: string;
};

function term(kind: 'level' | 'state' | 'detail', column: string): string {
  return `(SELECT text FROM term WHERE kind = '${kind}' AND code = c.${column})`;
}

/** Changes of level, state and detail that this cache saw, newest first. `key`: the user's integer key. */
export async function userHistory(reader: Reader, key: number, limit = 1_000): Promise<readonly UserChange[]> {
  const rows = await reader.all<ChangeRow>(
    `SELECT c.seen, c.updated, ${term('level', 'level_before')} AS levelBefore, ${term('level', 'level_after')} AS levelAfter,
       ${term('state', 'state_before')} AS stateBefore, ${term('state', 'state_after')} AS stateAfter,
       ${term('detail', 'detail_before')} AS detailBefore, ${term('detail', 'detail_after')} AS detailAfter
     FROM user_change c WHERE c.user = ? ORDER BY c.seen DESC, c.id DESC LIMIT ?`,
    [key, limit],
  );
  return rows.map((row) => ({
    seenAt: isoTime(row.seen),
    riskLastUpdatedDateTime: row.updated === null ? null : isoTime(row.updated),
    riskLevel: { before: row.levelBefore, after: row.levelAfter },
    riskState: { before: row.stateBefore, after: row.stateAfter },
    riskDetail: { before: row.detailBefore, after: row.detailAfter },
  }));
}

type PersonScore = { readonly connection: string; readonly score: number | null; readonly weight: number };

/** The live users with the same UPN, over the connections: what the aggregate score is the weighted mean of. */
export async function personScores(reader: Reader, key: number): Promise<readonly PersonScore[]> {
  return reader.all<PersonScore>(
    `SELECT c.name AS connection, u.score, c.weight FROM risky_user u
       CROSS JOIN connection c ON c.id = u.connection
     WHERE u.gone IS NULL AND u.id IN (
       SELECT ? UNION SELECT id FROM user_text WHERE upn_fold = (SELECT upn_fold FROM user_text WHERE id = ?))
     ORDER BY c.name_fold, u.id`,
    [key, key],
  );
}

export type UserNote = { readonly id: number; readonly at: string; readonly who: string; readonly text: string };

/** Notes on one user, newest first. */
export async function userNotes(reader: Reader, key: number): Promise<readonly UserNote[]> {
  const rows = await reader.all<{ id: number; at: number; who: string; text: string }>(
    'SELECT id, at, who, text FROM user_note WHERE user = ? ORDER BY at DESC, id DESC',
    [key],
  );
  return rows.map((row) => ({ ...row, at: isoTime(row.at) }));
}
