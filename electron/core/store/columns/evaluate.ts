/** Who matches, as one byte a user: 1 or 0 at the place of the integer key. Decides nothing about the meaning of rules. */
import type { Database } from 'better-sqlite3';
import type { Match, NameColumn, TimeColumn } from './ask.ts';
import { type Block, blockUsers } from './block.ts';
import type { Columns } from './snapshot.ts';
import { markNameless, markNames, markUpns, type TextTest } from './text.ts';

/** Rows that the trigram index hands over before the columns are read instead. */
const fewFound = 2_000;
/** Code points that make a trigram. */
const trigram = 3;

export type Matched = { readonly bits: Uint8Array; readonly total: number };

/** The live users that match. */
export function evaluate(db: Database, columns: Columns, match: Match): Matched {
  const bits = bitsOf(db, columns, match);
  let total = 0;
  for (const [index, { cells, slots }] of columns.blocks.entries()) {
    const from = index * blockUsers;
    for (let slot = 0; slot < slots; slot += 1) {
      if (cells[slot] === 0) bits[from + slot] = 0;
      else total += bits[from + slot] ?? 0;
    }
    bits.fill(0, from + slots, from + blockUsers);
  }
  return { bits, total };
}

/** May be 1 where there is nobody live. */
function bitsOf(db: Database, columns: Columns, match: Match): Uint8Array {
  switch (match.kind) {
    case 'and':
    case 'or':
      return joined(db, columns, match.parts, match.kind);
    case 'not': {
      const bits = bitsOf(db, columns, match.part);
      const words = wordsOf(bits);
      for (let at = 0; at < words.length; at += 1) words[at] = (words[at] ?? 0) ^ 0x01010101;
      return bits;
    }
    case 'ids':
      return ofIds(columns, idsOf(db, match.sql, match.params));
    case 'cells':
      return ofCells(db, columns, match.sql, match.params);
    case 'time':
      return perBlock(columns, (block, bits, from) => markTimes(block, match, bits, from));
    case 'no-name':
      return perBlock(columns, (block, bits, from) => markNameless(block, match.column, bits, from));
    case 'text':
      return ofText(db, columns, match.column, match.how, match.text);
  }
}

function wordsOf(bits: Uint8Array): Uint32Array {
  return new Uint32Array(bits.buffer, bits.byteOffset, bits.length / 4);
}

function joined(db: Database, columns: Columns, parts: readonly Match[], kind: 'and' | 'or'): Uint8Array {
  const [first, ...rest] = parts;
  if (first === undefined) return new Uint8Array(columns.length).fill(kind === 'and' ? 1 : 0);
  const bits = bitsOf(db, columns, first);
  const words = wordsOf(bits);
  for (const part of rest) {
    const others = wordsOf(bitsOf(db, columns, part));
    if (kind === 'and') for (let at = 0; at < words.length; at += 1) words[at] = (words[at] ?? 0) & (others[at] ?? 0);
    else for (let at = 0; at < words.length; at += 1) words[at] = (words[at] ?? 0) | (others[at] ?? 0);
  }
  return bits;
}

function perBlock(columns: Columns, mark: (block: Block, bits: Uint8Array, from: number) => void): Uint8Array {
  const bits = new Uint8Array(columns.length);
  for (const [index, block] of columns.blocks.entries()) mark(block, bits, index * blockUsers);
  return bits;
}

function idsOf(db: Database, sql: string, params: readonly unknown[]): readonly number[] {
  return db
    .prepare<unknown[], number>(sql)
    .pluck()
    .all(...params);
}

function ofIds(columns: Columns, ids: readonly number[]): Uint8Array {
  const bits = new Uint8Array(columns.length);
  for (const id of ids) bits[id] = 1;
  return bits;
}

function ofCells(db: Database, columns: Columns, sql: string, params: readonly unknown[]): Uint8Array {
  const codes = idsOf(db, `SELECT u.id FROM user_cell u WHERE ${sql}`, params);
  const fits = new Uint8Array(codes.reduce((most, code) => Math.max(most, code), 0) + 1);
  for (const code of codes) fits[code] = 1;
  return perBlock(columns, ({ cells, slots }, bits, from) => {
    for (let slot = 0; slot < slots; slot += 1) bits[from + slot] = fits[cells[slot] ?? 0] ?? 0;
  });
}

type TimeMatch = Extract<Match, { kind: 'time' }>;

function markTimes(block: Block, { column, ranges, missing }: TimeMatch, bits: Uint8Array, from: number): void {
  const fits = (time: number): number => {
    for (const range of ranges) {
      if (time >= (range.from ?? Number.NEGATIVE_INFINITY) && time <= (range.to ?? Number.POSITIVE_INFINITY)) return 1;
    }
    return missing && Number.isNaN(time) ? 1 : 0;
  };
  const coded = timesOf(block, column);
  if (coded === null) {
    for (let slot = 0; slot < block.slots; slot += 1) bits[from + slot] = fits(block.updated[slot] ?? Number.NaN);
    return;
  }
  const each = coded.values.map(fits);
  for (let slot = 0; slot < block.slots; slot += 1) bits[from + slot] = each[coded.codes[slot] ?? 0] ?? 0;
}

function timesOf(block: Block, column: TimeColumn): Block['firstSeen'] | null {
  if (column === 'updated') return null;
  return column === 'firstSeen' ? block.firstSeen : block.lastChanged;
}

function ofText(db: Database, columns: Columns, column: NameColumn, how: TextTest, text: string): Uint8Array {
  const found = how === 'contains' && columns.searchable ? foundByTrigrams(db, column, text) : null;
  if (found !== null) return ofIds(columns, found);
  return perBlock(columns, (block, bits, from) => {
    if (column !== 'name') markUpns(block, how, text, bits, from);
    if (column !== 'upn') markNames(block, how, text, bits, from);
  });
}

/** The few whom the trigram index finds; null when they are many, or it cannot be asked. */
function foundByTrigrams(db: Database, column: NameColumn, text: string): readonly number[] | null {
  if ([...text].length < trigram || text.includes('\0') || text.includes('\u0001')) return null;
  const phrase = `"${text.replaceAll('"', '""')}"`;
  const asked = column === 'any' ? phrase : `${column}_fold : ${phrase}`;
  const sql = `SELECT rowid FROM user_search WHERE user_search MATCH ? LIMIT ${fewFound + 1}`;
  const ids = idsOf(db, sql, [asked]);
  return ids.length > fewFound ? null : ids;
}
