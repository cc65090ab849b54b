/**
 * Reads one raw row of `riskyUsers` at the boundary. A row is kept wherever it can be: a field of a wrong type is emptied
 * and named, an unknown enum member survives as it came; only a row without a usable id is refused. Leaves out scores and
 * every comparison with what is stored.
 */
import { z } from 'zod';
import { safeId } from './calls/call.ts';

export type RiskyUserIn = {
  readonly objectId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  /** Graph's raw enum members; `none` where Graph sent nothing. */
  readonly riskLevel: string;
  readonly riskState: string;
  readonly riskDetail: string;
  /** Epoch ms by Entra's clock, fractions cut off. */
  readonly updatedAt: number | null;
  readonly isDeleted: boolean;
  readonly isProcessing: boolean;
};

export type RowReading =
  | { readonly ok: true; readonly user: RiskyUserIn; readonly problems: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const clean = z.object({
  id: z.string().regex(safeId),
  userPrincipalName: z.string().nullish(),
  userDisplayName: z.string().nullish(),
  riskLevel: z.string().nullish(),
  riskState: z.string().nullish(),
  riskDetail: z.string().nullish(),
  riskLastUpdatedDateTime: z.string().nullish(),
  isDeleted: z.boolean().nullish(),
  isProcessing: z.boolean().nullish(),
});

type Row = Readonly<Record<string, unknown>>;
const none: readonly string[] = [];

/** Never throws. `problems` name the fields that were emptied or shortened, in English, without their values. */
export function readRiskyUser(raw: unknown): RowReading {
  const parsed = clean.safeParse(raw);
  return parsed.success ? fromClean(parsed.data) : repair(raw);
}

function fromClean(row: z.infer<typeof clean>): RowReading {
  const updatedAt = readInstant(row.riskLastUpdatedDateTime ?? null);
  return {
    ok: true,
    user: {
      objectId: row.id,
      userPrincipalName: wellFormed(row.userPrincipalName ?? null),
      displayName: wellFormed(row.userDisplayName ?? null),
      riskLevel: wellFormed(row.riskLevel || 'none'),
      riskState: wellFormed(row.riskState || 'none'),
      riskDetail: wellFormed(row.riskDetail || 'none'),
      updatedAt,
      isDeleted: row.isDeleted ?? false,
      isProcessing: row.isProcessing ?? false,
    },
    problems: updatedAt === null && row.riskLastUpdatedDateTime ? ['riskLastUpdatedDateTime is not a time'] : none,
  };
}

function repair(raw: unknown): RowReading {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { ok: false, problem: 'the row is not an object' };
  const row: Row = Object.fromEntries(Object.entries(raw));
  const { id } = row;
  if (id === undefined || id === null || id === '') return { ok: false, problem: 'id is missing' };
  if (typeof id !== 'string') return { ok: false, problem: 'id is not text' };
  if (!safeId.test(id)) return { ok: false, problem: 'id is not an object id' };
  const problems: string[] = [];
  const text = (name: string): string | null => {
    const value = row[name];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    problems.push(`${name} is not text`);
    return null;
  };
  const flag = (name: string): boolean => {
    const value = row[name];
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    problems.push(`${name} is neither true nor false`);
    return false;
  };
  const read = fromClean({
    id,
    userPrincipalName: text('userPrincipalName'),
    userDisplayName: text('userDisplayName'),
    riskLevel: text('riskLevel'),
    riskState: text('riskState'),
    riskDetail: text('riskDetail'),
    riskLastUpdatedDateTime: text('riskLastUpdatedDateTime'),
    isDeleted: flag('isDeleted'),
    isProcessing: flag('isProcessing'),
  });
  return read.ok ? { ...read, problems: [...problems, ...read.problems] } : read;
}

/**
 * Epoch ms of an Edm.DateTimeOffset (`2026-11-23T16:18:00.1234567Z`): fractions finer than a millisecond are cut off, a
 * missing zone is UTC. Null for anything else, and for years before 1000: .NET writes "never" as year 1.
 */
export function readInstant(text: string | null): number | null {
  if (text === null || !shape.test(text)) return null;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)];
  if (year < 1000 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds(text));
  return text.endsWith('Z') ? at : at - offset(text);
}

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** Cheaper than capturing groups, on a path that runs a million times in a first sync. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function milliseconds(text: string): number {
  if (text.charCodeAt(19) !== 46) return 0;
  let value = 0;
  let scale = 100;
  for (let at = 20; scale >= 1 && at < text.length; at += 1, scale = Math.floor(scale / 10)) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    value += digit * scale;
  }
  return value;
}

function offset(text: string): number {
  const sign = text.charAt(text.length - 6);
  if (sign !== '+' && sign !== '-') return 0;
  const minutes = digits(text, text.length - 5, 2) * 60 + digits(text, text.length - 2, 2);
  return (sign === '-' ? -1 : 1) * minutes * 60_000;
}

/** SQLite and JSON want whole Unicode: a lone surrogate becomes U+FFFD. NUL is kept. */
function wellFormed<T extends string | null>(text: T): T | string {
  return text === null || text.isWellFormed() ? text : text.toWellFormed();
}
