/** Turns what an entry holds as text into what a person reads: parsed details, a line for the table, a field-by-field diff. */
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The object in a text; null where the text is none or something else. */
export function fieldsOf(text: string | null): Fields | null {
  if (text === null || !text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

const textIn = (fields: Fields | null, key: string): string | null => {
  const value = fields?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What the table shows beside the event: the reason, or the name of what was changed. Raw words, never translated. */
export function gistOf(entry: JournalEntry): string | null {
  const detail = fieldsOf(entry.detail);
  return (
    textIn(detail, 'reason') ??
    textIn(detail, 'message') ??
    textIn(detail, 'key') ??
    textIn(detail, 'action') ??
    textIn(detail, 'name') ??
    textIn(detail, 'imported') ??
    textIn(fieldsOf(entry.after), 'name') ??
    textIn(fieldsOf(entry.before), 'name')
  );
}

const counted = ['failed', 'unknown', 'notApplied', 'succeeded', 'already', 'skipped', 'verified', 'pending'] as const;
export type Counted = (typeof counted)[number];

/** How a run stood when it ended or was read back, without the zeros; empty for every other event. */
export function countsOf(entry: JournalEntry): readonly { readonly what: Counted; readonly users: number }[] {
  const detail = fieldsOf(entry.detail);
  if (detail === null || !entry.event.startsWith('run.') || detail.total !== undefined) return [];
  const nested = detail.counts;
  const from = typeof nested === 'object' && nested !== null ? (nested as Fields) : detail;
  return counted.flatMap((what) => {
    const users = from[what];
    return typeof users === 'number' && users > 0 ? [{ what, users }] : [];
  });
}

/** The plan that the details name, to be opened. */
export const planOf = (entry: JournalEntry): string | null => textIn(fieldsOf(entry.detail), 'planId');

/** Kind of action and number of users that the details name, for entries about many users at once. */
export function scopeOf(entry: JournalEntry): { readonly kind: string | null; readonly users: number | null } {
  const detail = fieldsOf(entry.detail);
  const users = detail?.users ?? detail?.total;
  return { kind: textIn(detail, 'kind'), users: typeof users === 'number' ? users : null };
}

export type FieldChange = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** Leaves of both sides by path, changed ones first named; a side that is no object is one leaf without a path. */
export function changesOf(entry: Pick<JournalEntry, 'before' | 'after'>): {
  readonly changed: readonly FieldChange[];
  readonly same: readonly FieldChange[];
} {
  const before = leavesOf(entry.before);
  const after = leavesOf(entry.after);
  const all = [...new Set([...before.keys(), ...after.keys()])].map((path) => ({
    path,
    before: before.get(path) ?? null,
    after: after.get(path) ?? null,
  }));
  return {
    changed: all.filter((one) => one.before !== one.after),
    same: all.filter((one) => one.before === one.after),
  };
}

function leavesOf(text: string | null): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  if (text === null) return leaves;
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
      return;
    }
    leaves.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  };
  walk(fieldsOf(text) ?? text, '');
  return leaves;
}

/** Indented where it is JSON, as it is otherwise. */
export function pretty(text: string): string {
  const fields = fieldsOf(text);
  return fields === null ? text : JSON.stringify(fields, null, 2);
}
