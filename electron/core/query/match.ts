/**
 * A filter as a question to the columns of the store: the second form of what `filter.ts` makes of it for the rows. Both
 * take the meaning of a condition from core/rules.
 */
import { fold } from '../../../shared/model/riskyUser.ts';
import { isGroup, type RuleQuery } from '../../../shared/rules/schema.ts';
import { meaningOf, type Test } from '../rules/meaning.ts';
import { conditionSql } from '../rules/sqlConditions.ts';
import type { Match, Order, Reader } from '../store/types.ts';
import { connectionId, dayMs, type Filter, type QueryContext } from './filter.ts';
import { findObject } from './search.ts';
import type { SortField, SortKey } from './sort.ts';

/** Null when everybody is asked for. @throws RiskdeskError not-found when there is no connection of that name. */
export async function compileMatch(reader: Reader, filter: Filter, context: QueryContext): Promise<Match | null> {
  const parts: Match[] = [];
  if (filter.connection !== undefined) {
    parts.push(cells('u.connection = ?', [await connectionId(reader, filter.connection)]));
  }
  if (filter.deleted === 'exclude') parts.push(cells('u.deleted = 0', []));
  if (filter.deleted === 'only') parts.push(cells('u.deleted = 1', []));
  if (typeof filter.days === 'number') {
    const ranges = [{ from: context.now - filter.days * dayMs, to: null }];
    parts.push({ kind: 'time', column: 'updated', ranges, missing: false });
  }
  if (filter.query !== undefined) parts.push(groupMatch(filter.query, context));
  for (const { query, exceptions } of filter.rules ?? []) {
    parts.push(groupMatch(query, context));
    for (const exception of exceptions) parts.push({ kind: 'not', part: groupMatch(exception, context) });
  }
  const text = fold((filter.search ?? '').trim().toWellFormed());
  if (text !== '') parts.push(await searchMatch(reader, text));
  if (parts.length === 0) return null;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'and', parts };
}

/** Whether the cube answers it: nothing but columns of few values. */
export function fitsCells(match: Match): boolean {
  switch (match.kind) {
    case 'and':
    case 'or':
      return match.parts.every(fitsCells);
    case 'not':
      return fitsCells(match.part);
    default:
      return match.kind === 'cells';
  }
}

/** How the columns walk the order of a sort. */
export function orderOf(field: SortField, key: SortKey): Order {
  if (field === 'lastSeen') return { kind: 'seen' };
  if (key.index === null) return { kind: 'cells', sql: key.sql };
  const row = key.usesText ? 't' : 'u';
  return { kind: 'index', row, index: key.index, key: key.sql, tie: key.tie, nullable: key.nullable };
}

async function searchMatch(reader: Reader, text: string): Promise<Match> {
  const named: Match = { kind: 'text', column: 'any', how: 'contains', text };
  const ids = await findObject(reader, text);
  return ids.length === 0 ? named : { kind: 'or', parts: [named, idsMatch(JSON.stringify(ids))] };
}

function idsMatch(list: string): Match {
  return { kind: 'ids', sql: 'SELECT value FROM json_each(?)', params: [list] };
}

function cells(sql: string, params: readonly (string | number)[]): Match {
  return { kind: 'cells', sql, params };
}

function groupMatch(group: RuleQuery, context: QueryContext): Match {
  const parts = group.rules.map((rule): Match => {
    if (isGroup(rule)) return groupMatch(rule, context);
    const { test, negated } = meaningOf(rule, context);
    const part = testMatch(test);
    return negated ? { kind: 'not', part } : part;
  });
  const match: Match = { kind: group.combinator, parts };
  return group.not === true ? { kind: 'not', part: match } : match;
}

/** The positive test; every negated one is its exact complement. */
function testMatch(test: Test): Match {
  switch (test.kind) {
    case 'ranges':
    case 'missing': {
      const { column } = test;
      if (column === 'upn' || column === 'name') return { kind: 'no-name', column };
      if (column === 'score' || column === 'aggregate') break;
      const missing = test.kind === 'missing';
      return { kind: 'time', column, ranges: test.kind === 'ranges' ? test.ranges : [], missing };
    }
    case 'text': {
      const { column, how, texts } = test;
      if (how !== 'equals') return { kind: 'text', column, how, text: texts[0] ?? '' };
      const folded = column === 'upn' ? 'upn_fold' : 'name_fold';
      const sql = `SELECT id FROM user_text WHERE ${folded} IN (SELECT value FROM json_each(?))`;
      return { kind: 'ids', sql, params: [JSON.stringify(texts)] };
    }
    default:
  }
  const { sql, params } = conditionSql(test, false, () => false);
  return cells(sql, params);
}
