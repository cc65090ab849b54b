/**
 * In which order users can be listed. A column with an index is walked; a column of few values is cut into segments, one
 * per value, and inside a segment users stand in the order of their integer key: so any offset is found without sorting.
 *
 * Missing values come last in both directions. Among equals the integer key decides (among equal object ids the
 * connection), in the direction of the sort, so that no page repeats or loses anybody. Names sort by folded text, by code point; level, state and detail by meaning.
 */
import type { GroupingThresholds } from '../../../shared/model/score.ts';
import type { UserSortField } from '../../../shared/model/userSort.ts';
import type { Reader, SqlValue } from '../store/types.ts';
import { andAll, fitsCube, paramsOf } from './conditions.ts';
import type { CompiledFilter } from './filter.ts';

export type SortField = UserSortField;

export type Sort = { readonly field: SortField; readonly direction: 'asc' | 'desc' };
export type KeyValue = string | number | null;

/** What a field sorts by: an SQL expression, the index that has it in order, and whether it can be missing. */
export type SortKey = {
  readonly sql: string;
  readonly usesText: boolean;
  /** Decides among equals, in the direction of the sort. */
  readonly tie: string;
  /** Null: few values, counted by the cube. */
  readonly index: string | null;
  readonly nullable: boolean;
};

/** A stretch of the order. With `value`, all of it has that key; without, the stretch is walked along the key's index. */
export type Segment =
  | { readonly kind: 'walk' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'value'; readonly value: KeyValue; readonly users: number | null };

export function sortKey(field: SortField, thresholds: GroupingThresholds): SortKey {
  switch (field) {
    case 'id':
      return { sql: 'lower(t.object_id)', usesText: true, tie: 't.connection', index: 'user_object', nullable: false };
    case 'userPrincipalName':
      return { sql: 't.upn_fold', usesText: true, tie: 't.id', index: 'user_upn', nullable: true };
    case 'displayName':
      return { sql: 't.name_fold', usesText: true, tie: 't.id', index: 'user_name', nullable: true };
    case 'riskLastUpdatedDateTime':
      return { sql: 'u.updated', usesText: false, tie: 'u.id', index: 'user_updated', nullable: true };
    case 'firstSeen':
      return { sql: 'u.first_seen', usesText: false, tie: 'u.id', index: 'user_first_seen', nullable: false };
    case 'lastChanged':
      return { sql: 'u.last_changed', usesText: false, tie: 'u.id', index: 'user_last_changed', nullable: false };
    case 'connection':
      return few('(SELECT name_fold FROM connection WHERE id = u.connection)');
    case 'riskLevel':
      return few('u.level');
    case 'riskState':
      return few('u.state');
    case 'riskDetail':
      return few('u.detail');
    case 'isDeleted':
      return few('u.deleted');
    case 'isProcessing':
      return few('u.processing');
    case 'isGuest':
      return few('u.guest');
    case 'score':
      return few('u.score');
    case 'aggregateScore':
      return few('u.aggregate');
    case 'grouping':
      return few(groupingSql(thresholds));
    case 'lastSeen':
      // Syncs are numbered as they start, so their number sorts as their time does.
      return few('u.seen_sync');
  }
}

function few(sql: string): SortKey {
  return { sql, usesText: false, tie: 'u.id', index: null, nullable: true };
}

/** 0 Critical to 3 Low, NULL without an aggregate score. The thresholds are whole numbers, checked by the settings. */
function groupingSql({ critical, high, medium }: GroupingThresholds): string {
  return `CASE WHEN u.aggregate IS NULL THEN NULL WHEN u.aggregate <= ${Number(critical)} THEN 0 WHEN u.aggregate <= ${Number(high)} THEN 1 WHEN u.aggregate <= ${Number(medium)} THEN 2 ELSE 3 END`;
}

/** The stretches of the order, first to last. */
export async function segmentsOf(
  reader: Reader,
  key: SortKey,
  direction: Sort['direction'],
  filter: CompiledFilter,
): Promise<readonly Segment[]> {
  if (key.index !== null) return key.nullable ? [{ kind: 'walk' }, { kind: 'missing' }] : [{ kind: 'walk' }];
  const counted = fitsCube(filter.indexed);
  const conditions = counted ? filter.indexed : [];
  const params: readonly SqlValue[] = paramsOf(conditions);
  const rows = await reader.all<{ value: KeyValue; users: number }>(
    `SELECT ${key.sql} AS value, sum(u.users) AS users FROM user_cube u WHERE u.users > 0${andAll(conditions)}
     GROUP BY 1 ORDER BY value IS NULL, value ${direction}`,
    params,
  );
  return rows.map(({ value, users }) => ({ kind: 'value', value, users: counted ? users : null }));
}
