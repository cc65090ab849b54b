/** Where a page ended, as an opaque text that the next request hands back. Holds for the same sort only. */
import { badInput } from '../../../shared/model/errors.ts';
import type { KeyValue, Sort } from './sort.ts';

/** Sort key and integer key of the last row of a page. */
export type Position = { readonly value: KeyValue; readonly id: number };

export function writeCursor(sort: Sort, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([sort.field, sort.direction, value, id])).toString('base64url');
}

/** @throws RiskdeskError bad-input for a text that is no cursor, or one of another sort. */
export function readCursor(sort: Sort, cursor: string): Position {
  const parts = parse(cursor);
  const [field, direction, value, id] = parts;
  if (field !== sort.field || direction !== sort.direction || !isKeyValue(value) || !Number.isSafeInteger(id)) {
    throw badInput('after', 'The cursor does not belong to this sort.', 'Ask for the first page again.');
  }
  return { value, id: Number(id) };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function isKeyValue(value: unknown): value is KeyValue {
  return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
