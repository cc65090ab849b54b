/** Rows of the cache as the model's `RiskyUser`. */
import type { RiskyUser } from '../../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingOf } from '../../../shared/model/score.ts';
import type { Reader } from '../store/types.ts';

type Row = {
  readonly key: number;
  readonly gone: number | null;
  readonly objectId: string;
  readonly connection: string;
  readonly upn: string | null;
  readonly name: string | null;
  readonly level: string;
  readonly state: string;
  readonly detail: string;
  readonly updated: number | null;
  readonly deleted: number;
  readonly processing: number;
  readonly guest: number;
  readonly score: number | null;
  readonly aggregate: number | null;
  readonly firstSeen: number;
  readonly lastSeen: number | null;
  readonly lastChanged: number;
};

/** `key`: the row's integer key, `risky_user.id`. `gone`: epoch ms, null while live. */
export type CachedUser = { readonly key: number; readonly gone: number | null; readonly user: RiskyUser };

const selectUsers = `
  SELECT u.id AS key, u.gone, t.object_id AS objectId, c.name AS connection, t.upn, t.name,
    (SELECT text FROM term WHERE kind = 'level' AND code = u.level) AS level,
    (SELECT text FROM term WHERE kind = 'state' AND code = u.state) AS state,
    (SELECT text FROM term WHERE kind = 'detail' AND code = u.detail) AS detail,
    u.updated, u.deleted, u.processing, u.guest, u.score, u.aggregate, u.first_seen AS firstSeen,
    (SELECT started FROM sync WHERE id = u.seen_sync) AS lastSeen, u.last_changed AS lastChanged
  FROM json_each(?) k CROSS JOIN risky_user u ON u.id = k.value
    CROSS JOIN user_text t ON t.id = u.id CROSS JOIN connection c ON c.id = u.connection
  ORDER BY k.key`;

/** Users by integer key, in the order of `keys`; keys that no row has any more are left out. */
export async function usersByKey(
  reader: Reader,
  keys: readonly number[],
  thresholds: GroupingThresholds,
): Promise<readonly CachedUser[]> {
  if (keys.length === 0) return [];
  const rows = await reader.all<Row>(selectUsers, [JSON.stringify(keys)]);
  return rows.map((row) => ({ key: row.key, gone: row.gone, user: toUser(row, thresholds) }));
}

function toUser(row: Row, thresholds: GroupingThresholds): RiskyUser {
  return {
    id: row.objectId,
    connection: row.connection,
    userPrincipalName: row.upn,
    displayName: row.name,
    riskLevel: row.level,
    riskState: row.state,
    riskDetail: row.detail,
    riskLastUpdatedDateTime: row.updated === null ? null : isoTime(row.updated),
    isDeleted: row.deleted === 1,
    isProcessing: row.processing === 1,
    isGuest: row.guest === 1,
    score: row.score,
    aggregateScore: row.aggregate,
    grouping: groupingOf(row.aggregate, thresholds),
    firstSeen: isoTime(row.firstSeen),
    lastSeen: isoTime(row.lastSeen ?? row.firstSeen),
    lastChanged: isoTime(row.lastChanged),
  };
}

/** Epoch ms as ISO 8601 UTC; times beyond what a Date can hold are cut to its bounds. */
export function isoTime(epochMs: number): string {
  const bound = 8_640_000_000_000_000;
  return new Date(Math.max(-bound, Math.min(bound, epochMs))).toISOString();
}
