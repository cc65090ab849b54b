/**
 * The integer keys of one page, in order. Few matches are gathered and sorted; many are walked along an index or through
 * the segments of the sort, from whichever end is nearer, so that no page costs more than half a walk.
 */
import type { Reader, SqlValue } from '../store/types.ts';
import { andAll, type Condition, noneGone, overTextAlone, paramsOf, usersTable, usesText } from './conditions.ts';
import { countMatching } from './count.ts';
import type { Position } from './cursor.ts';
import type { CompiledFilter } from './filter.ts';
import { type KeyValue, type Segment, type Sort, type SortKey, segmentsOf } from './sort.ts';

export type PageStart =
  | { readonly kind: 'offset'; readonly offset: number; readonly total: number }
  | { readonly kind: 'after'; readonly position: Position };

export type PageRequest = {
  readonly filter: CompiledFilter;
  readonly key: SortKey;
  readonly direction: Sort['direction'];
  readonly limit: number;
  readonly start: PageStart;
};

/** Sort key, tie-breaker and integer key of one row. */
type Found = { readonly value: KeyValue; readonly tie: number; readonly id: number };

/** Sorts all that match, in SQLite: for few matches, and while the indexes are missing. */
export async function gatherPage(
  reader: Reader,
  { filter, key, direction, limit, start }: PageRequest,
): Promise<readonly Found[]> {
  const conditions = [...filter.indexed];
  if (start.kind === 'after') conditions.push(afterCondition(key, direction, start.position));
  const text = key.usesText || usesText(conditions) ? ' CROSS JOIN user_text t ON t.id = u.id' : '';
  const table = filter.hasIndexes ? usersTable(conditions) : 'risky_user u';
  const sql = `SELECT ${key.sql} AS value, ${key.tie} AS tie, u.id AS id FROM ${table}${text}
    WHERE u.gone IS NULL${andAll(conditions)}
    ORDER BY ${key.sql} IS NULL, +${key.sql} ${direction}, +${key.tie} ${direction} LIMIT ? OFFSET ?`;
  return reader.all<Found>(sql, [...paramsOf(conditions), limit, start.kind === 'offset' ? start.offset : 0]);
}

function afterCondition(key: SortKey, direction: Sort['direction'], { value, tie }: Position): Condition {
  const beyond = direction === 'asc' ? '>' : '<';
  if (value === null) {
    return { sql: `(${key.sql} IS NULL AND ${key.tie} ${beyond} ?)`, params: [tie], usesText: key.usesText };
  }
  const { sql } = key;
  return {
    sql: `(${sql} IS NULL OR ${sql} ${beyond} ? OR (${sql} = ? AND ${key.tie} ${beyond} ?))`,
    params: [value, value, tie],
    usesText: key.usesText,
  };
}

/** Goes along the order until the page is full: for many matches. */
export async function walkPage(reader: Reader, request: PageRequest): Promise<readonly Found[]> {
  const { filter, key, direction, limit, start } = request;
  const segments = await segmentsOf(reader, key, direction, filter);
  if (start.kind === 'after') return walk(reader, request, segments, direction, limit, 0, start.position);
  const { offset, total } = start;
  const wanted = Math.max(0, Math.min(limit, total - offset));
  if (offset <= total / 2) return walk(reader, request, segments, direction, wanted, offset, null);
  const reversed = direction === 'asc' ? 'desc' : 'asc';
  const found = await walk(reader, request, segments.toReversed(), reversed, wanted, total - offset - wanted, null);
  return found.toReversed();
}

async function walk(
  reader: Reader,
  request: PageRequest,
  segments: readonly Segment[],
  direction: Sort['direction'],
  limit: number,
  offset: number,
  after: Position | null,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  let skip = offset;
  let behind = after;
  for (const segment of segments) {
    if (found.length >= limit) break;
    if (behind !== null && !reaches(segment, behind, direction)) continue;
    if (segment.kind === 'value' && segment.users !== null && skip >= segment.users) {
      skip -= segment.users;
      continue;
    }
    const here = behind !== null && holds(segment, behind) ? behind : null;
    const query = segmentSql(request, segment, direction, here, skip);
    const rows = await reader.all<Found>(query.sql, [...query.params, limit - found.length, skip]);
    if (rows.length === 0 && skip > 0)
      skip -= await countMatching(reader, segmentConditions(request, segment), request.filter);
    else skip = 0;
    found.push(...rows);
    behind = null;
  }
  return found;
}

/** Whether anything after the position can stand in the segment. */
function reaches(segment: Segment, position: Position, direction: Sort['direction']): boolean {
  if (segment.kind === 'missing') return true;
  if (segment.kind === 'walk') return position.value !== null;
  if (segment.value === null || position.value === null) return segment.value === null;
  return direction === 'asc' ? segment.value >= position.value : segment.value <= position.value;
}

/** Whether the position itself stands in the segment. */
function holds(segment: Segment, position: Position): boolean {
  if (segment.kind === 'walk') return position.value !== null;
  if (segment.kind === 'missing') return position.value === null;
  return segment.value === position.value;
}

function segmentConditions({ filter, key }: PageRequest, segment: Segment): readonly Condition[] {
  const { sql, usesText: text } = key;
  if (segment.kind === 'walk') return [...filter.indexed, { sql: `${sql} IS NOT NULL`, params: [], usesText: text }];
  if (segment.kind === 'missing' || segment.value === null) {
    return [...filter.indexed, { sql: `${sql} IS NULL`, params: [], usesText: text }];
  }
  return [...filter.indexed, { sql: `${sql} = ?`, params: [segment.value], usesText: text }];
}

type Query = { readonly sql: string; readonly params: readonly SqlValue[] };

/** One SELECT of sort key and integer key with LIMIT ? OFFSET ?. */
function segmentSql(
  request: PageRequest,
  segment: Segment,
  direction: Sort['direction'],
  after: Position | null,
  skip: number,
): Query {
  const { key } = request;
  const beyond = direction === 'asc' ? '>' : '<';
  const row = key.usesText ? 't' : 'u';
  const own: Condition[] = [];
  const add = (sql: string, ...params: readonly SqlValue[]) => own.push({ sql, params, usesText: false });
  if (segment.kind === 'walk') {
    if (key.nullable) add(`${key.sql} IS NOT NULL`);
    if (after !== null) add(`(${key.sql}, ${key.tie}) ${beyond} (?, ?)`, after.value, after.tie);
  } else {
    if (segment.kind === 'missing' || segment.value === null) add(`${key.sql} IS NULL`);
    else add(`${key.sql} = ?`, segment.value);
    if (after !== null) add(`${key.tie} ${beyond} ?`, after.tie);
  }
  const order =
    segment.kind === 'walk' ? `${key.sql} ${direction}, ${key.tie} ${direction}` : `${key.tie} ${direction}`;
  const { from, live, rest } = key.usesText ? textSource(request, segment, skip) : userSource(request);
  const conditions = [...own, ...live, ...rest];
  return {
    sql: `SELECT ${key.sql} AS value, ${key.tie} AS tie, ${row}.id AS id FROM ${from} WHERE 1${andAll(conditions)} ORDER BY ${order} LIMIT ? OFFSET ?`,
    params: paramsOf(conditions),
  };
}

/** The tables in the order in which they are to be read, and the conditions over them. */
type Source = { readonly from: string; readonly live: readonly Condition[]; readonly rest: readonly Condition[] };

const isLive: Condition = { sql: 'u.gone IS NULL', params: [], usesText: false };

function userSource({ key, filter }: PageRequest): Source {
  const text = usesText(filter.scanned) ? ' CROSS JOIN user_text t ON t.id = u.id' : '';
  const how = key.index === null ? 'NOT INDEXED' : `INDEXED BY ${key.index}`;
  return { from: `risky_user u ${how}${text}`, live: [isLive], rest: filter.scanned };
}

/** Rows passed over before it pays to collect the keys of all that match first, instead of looking each row up. */
const farAway = 2_000;

/** A walk along names. The gone have no folded names, so such a walk passes them by; a walk along ids meets them. */
function textSource({ key, filter }: PageRequest, segment: Segment, skip: number): Source {
  const from = `user_text t INDEXED BY ${key.index}`;
  const alone = overTextAlone(filter.scanned);
  if (alone !== null) {
    const named = key.nullable && segment.kind === 'walk';
    return { from, live: named || !filter.anyGone ? [] : [noneGone], rest: alone };
  }
  if (skip > farAway && !usesText(filter.scanned)) {
    const sql = `t.id IN (SELECT u.id FROM risky_user u NOT INDEXED WHERE u.gone IS NULL${andAll(filter.scanned)})`;
    return { from, live: [], rest: [{ sql, params: paramsOf(filter.scanned), usesText: true }] };
  }
  return { from: `${from} CROSS JOIN risky_user u ON u.id = t.id`, live: [isLive], rest: filter.scanned };
}
