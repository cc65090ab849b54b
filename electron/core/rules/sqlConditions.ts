/**
 * One condition as SQL. Each form is 0 or 1 and never NULL, in both its positive and its negated shape. Known levels,
 * states and details are compared by their fixed codes; only members newer than this version are looked up.
 */
import { knownTerms, type TermKind } from '../../../shared/model/riskyUser.ts';
import type { NumberColumn, Range, Test, TextColumn, TextTest } from './meaning.ts';

export type SqlPart = {
  readonly sql: string;
  readonly params: readonly (string | number)[];
  readonly usesText: boolean;
  /** Columns of risky_user that occur. */
  readonly columns: readonly string[];
  /** 0: integers of the row. 1: a set built once. 2: text of every row. */
  readonly cost: number;
};

/** Gets the MATCH expression that would be used: `upn_fold : "smith"`. */
export type SearchChoice = (phrase: string) => boolean;

const numberColumns: Readonly<Record<NumberColumn, { readonly name: string; readonly nullable: boolean }>> = {
  score: { name: 'score', nullable: true },
  aggregate: { name: 'aggregate', nullable: true },
  updated: { name: 'updated', nullable: true },
  lastChanged: { name: 'last_changed', nullable: false },
  firstSeen: { name: 'first_seen', nullable: false },
};

const textColumns: Readonly<Record<TextColumn, string>> = { upn: 'upn_fold', name: 'name_fold' };

/** A chain of this many comparisons is quicker than a set; beyond it a set is (measured at a million rows). */
const chain = 2;

/** The trigram index holds each name with this behind it (core/store), so a text with it is looked for in the names. */
const padding = '\u0001';

/**
 * True and false for any row, for ids are positive. Not 1 and 0: SQLite drops what stands beside a constant, and then
 * cannot follow an INDEXED BY that hangs on it ("no query solution").
 */
const everybody = 'u.connection >= 0';
const nobody = 'u.connection < 0';

/** `search` says for each phrase whether the trigram index is to be asked. */
export function conditionSql(test: Test, negated: boolean, search: SearchChoice): SqlPart {
  switch (test.kind) {
    case 'ranges':
      return rangesSql(test.column, test.ranges, negated);
    case 'missing':
      return missingSql(test.column, negated);
    case 'term':
      return termSql(test.term, test.values, negated);
    case 'text':
      return textSql(test.column, test.how, test.texts, negated, search);
    case 'flag':
      return integers(test.column, `u.${test.column} = ?`, [Number(test.value !== negated)]);
    case 'connection':
      return connectionSql(test.names, negated);
  }
}

function integers(column: string, sql: string, params: readonly number[]): SqlPart {
  return { sql, params, usesText: false, columns: [column], cost: 0 };
}

/** Comparisons of one column of risky_user with ranges, joined by OR, or their complement, joined by AND. */
function comparisons(column: string, ranges: readonly Range[], negated: boolean): SqlPart {
  const params: number[] = [];
  const texts = ranges.map(({ from, to }) => {
    if (from !== null) params.push(from);
    if (to !== null && to !== from) params.push(to);
    // Both ends open: every grouping at once. Any value does.
    if (from === null && to === null) return negated ? nobody : everybody;
    if (from === null) return `u.${column} ${negated ? '>' : '<='} ?`;
    if (to === null) return `u.${column} ${negated ? '<' : '>='} ?`;
    return from === to
      ? `u.${column} ${negated ? '<>' : '='} ?`
      : `u.${column} ${negated ? 'NOT ' : ''}BETWEEN ? AND ?`;
  });
  if (texts.length === 0) return integers('connection', negated ? everybody : nobody, []);
  const sql = texts.join(negated ? ' AND ' : ' OR ');
  return integers(column, texts.length === 1 ? sql : `(${sql})`, params);
}

function rangesSql(column: NumberColumn, ranges: readonly Range[], negated: boolean): SqlPart {
  const { name, nullable } = numberColumns[column];
  const many = ranges.length > chain && ranges.every(({ from, to }) => from !== null && from === to);
  const list = JSON.stringify(ranges.map(({ from }) => from));
  const compared = many
    ? { sql: inSet(`u.${name}`, negated), params: [list], usesText: false, columns: [name], cost: 1 }
    : comparisons(name, ranges, negated);
  if (!nullable || ranges.length === 0) return compared;
  const sql = negated ? `(u.${name} IS NULL OR ${compared.sql})` : `(u.${name} IS NOT NULL AND ${compared.sql})`;
  return { ...compared, sql };
}

/** One parameter however long the list: SQLite takes 32,766 at most. */
function inSet(expression: string, negated: boolean): string {
  return `${expression} ${negated ? 'NOT IN' : 'IN'} (SELECT value FROM json_each(?))`;
}

function missingSql(column: NumberColumn | TextColumn, negated: boolean): SqlPart {
  if (column === 'upn' || column === 'name') {
    const name = `t.${textColumns[column]}`;
    const sql = `ifnull(${name}, '') ${negated ? '<>' : '='} ''`;
    return { sql, params: [], usesText: true, columns: [], cost: 2 };
  }
  const own = numberColumns[column].name;
  return integers(own, `u.${own} IS ${negated ? 'NOT ' : ''}NULL`, []);
}

function termSql(term: TermKind, values: readonly string[], negated: boolean): SqlPart {
  const codes = values.map((value) => knownTerms[term].indexOf(value)).filter((code) => code >= 0);
  const strangers = values.filter((value) => !knownTerms[term].includes(value));
  const ranges = runs(codes);
  const known = ranges.length > chain ? codeSet(term, codes, negated) : comparisons(term, ranges, negated);
  if (strangers.length === 0) return known;
  const found = '(SELECT code FROM term WHERE kind = ? AND text IN (SELECT value FROM json_each(?)))';
  const others = `u.${term} ${negated ? 'NOT IN' : 'IN'} ${found}`;
  return {
    sql: codes.length === 0 ? others : `(${known.sql} ${negated ? 'AND' : 'OR'} ${others})`,
    params: [...(codes.length === 0 ? [] : known.params), term, JSON.stringify(strangers)],
    usesText: false,
    columns: [term],
    cost: 1,
  };
}

function codeSet(term: TermKind, codes: readonly number[], negated: boolean): SqlPart {
  const places = codes.map(() => '?').join(', ');
  return integers(term, `u.${term} ${negated ? 'NOT IN' : 'IN'} (${places})`, codes);
}

/** Neighbouring codes as one range: low, medium, high are 2 to 4. */
function runs(codes: readonly number[]): readonly Range[] {
  const result: { from: number; to: number }[] = [];
  for (const code of [...new Set(codes)].sort((a, b) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && last.to + 1 === code) last.to = code;
    else result.push({ from: code, to: code });
  }
  return result;
}

function connectionSql(names: readonly string[], negated: boolean): SqlPart {
  const found = 'SELECT id FROM connection WHERE removed IS NULL AND name_fold';
  const [only] = names;
  // Ids are positive, so -1 stands for a name that no connection has.
  const sql =
    names.length === 1
      ? `u.connection ${negated ? '<>' : '='} IFNULL((${found} = ?), -1)`
      : `u.connection ${negated ? 'NOT IN' : 'IN'} (${inSet(found, false)})`;
  const params = [names.length === 1 && only !== undefined ? only : JSON.stringify(names)];
  return { sql, params, usesText: false, columns: ['connection'], cost: 1 };
}

function textSql(
  column: TextColumn,
  how: TextTest,
  texts: readonly string[],
  negated: boolean,
  search: SearchChoice,
): SqlPart {
  const name = `t.${textColumns[column]}`;
  const [text = ''] = texts;
  const phrase = `${textColumns[column]} : "${text.replaceAll('"', '""')}"`;
  // The trigram index finds every substring of three characters or more, and nothing else. It is not asked for
  // beginnings, which the ordinary index answers, nor for endings, which are mostly a domain that everyone shares.
  if (how === 'contains' && [...text].length >= 3 && !text.includes(padding) && search(phrase)) {
    const sql = `u.id ${negated ? 'NOT IN' : 'IN'} (SELECT rowid FROM user_search WHERE user_search MATCH ?)`;
    return { sql, params: [phrase], usesText: false, columns: ['id'], cost: 1 };
  }
  const { sql, params } = exactSql(name, how, texts, negated);
  return { sql, params, usesText: true, columns: [], cost: 2 };
}

/**
 * `%` and `_` are letters here, hence no LIKE. Compares code points, as the folded texts are stored. Only tests that an
 * index on the name can answer say IS NOT NULL: SQLite takes it as a reason to walk that index, row by scattered row.
 */
function exactSql(
  name: string,
  how: TextTest,
  texts: readonly string[],
  negated: boolean,
): Pick<SqlPart, 'sql' | 'params'> {
  const [text = ''] = texts;
  const guarded = ({ sql, params }: Pick<SqlPart, 'sql' | 'params'>) => ({
    sql: negated ? `(${name} IS NULL OR NOT (${sql}))` : `(${name} IS NOT NULL AND ${sql})`,
    params,
  });
  switch (how) {
    case 'equals':
      if (texts.length === 1) return guarded({ sql: `${name} = ?`, params: [text] });
      return guarded({ sql: inSet(name, false), params: [JSON.stringify(texts)] });
    case 'contains':
      return { sql: `ifnull(instr(${name}, ?), 0) ${negated ? '=' : '>'} 0`, params: [text] };
    case 'begins':
      return guarded(prefixSql(name, text));
    case 'ends': {
      const params = [-[...text].length, text];
      return { sql: negated ? `ifnull(substr(${name}, ?) <> ?, 1)` : `ifnull(substr(${name}, ?) = ?, 0)`, params };
    }
  }
}

/** Text order is that of UTF-8 bytes, so a prefix is a range, which an index on the column can answer. */
function prefixSql(name: string, prefix: string): Pick<SqlPart, 'sql' | 'params'> {
  const points = [...prefix].map((letter) => letter.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return { sql: `${name} >= ?`, params: [prefix] };
  // U+D800 to U+DFFF are no characters: what follows U+D7FF is U+E000.
  const end = String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  return { sql: `${name} >= ? AND ${name} < ?`, params: [prefix, end] };
}
