/** Where a page ended, as an opaque text that the next request hands back. Holds for the same sort only. */
import { badInput } from '../../../shared/model/errors.ts';
import type { KeyValue, Sort } from './sort.ts';

/** Sort key of the last row of a page, and what decides among equals. */
export type Position = { readonly value: KeyValue; readonly tie: number };

export function writeCursor(sort: Sort, { value, tie }: Position): string {
  return Buffer.from(JSON.stringify([sort.field, sort.direction, value, tie])).toString('base64url');
}

/** @throws RiskdeskError bad-input for a text that is no cursor, or one of another sort. */
export function readCursor(sort: Sort, cursor: string): Position {
  const parts = parse(cursor);
  const [field, direction, value, tie] = parts;
  if (field !== sort.field || direction !== sort.direction || !isKeyValue(value) || !Number.isSafeInteger(tie)) {
    throw badInput('after', 'The cursor does not belong to this sort.', 'Ask for the first page again.');
  }
  return { value, tie: Number(tie) };
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
