/**
 * The log: JSON lines in one file that is rotated by size, so that a crash report or a support case has something to read.
 * Secrets are taken out here as well, although callers pass none. Written at once: what was logged before a crash is on
 * disk. Leaves out levels' filtering and shipping logs anywhere.
 */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clock, Log } from '../core/ports.ts';

export type LogFile = { readonly log: Log; readonly file: string };

const secretKey = /token$|secret|authorization|password|passphrase|assertion|private.?key|\bpem\b|^pem/i;
const bearer = /\b(Bearer\s+)[\w.~+/=-]+/gi;
const jwt = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;
const longestText = 4000;
const deepest = 5;

/**
 * @param maxBytes size at which `riskdesk.log` becomes `riskdesk.1.log`; `keep` older files are held.
 * Never throws: a line that could not be written is counted, and the count is written with the next line that can.
 */
export function createLogFile(options: {
  readonly dir: string;
  readonly clock: Clock;
  readonly maxBytes?: number;
  readonly keep?: number;
}): LogFile {
  const { dir, clock, maxBytes = 2_000_000, keep = 3 } = options;
  const file = path.join(dir, 'riskdesk.log');
  let size = -1;
  let dropped = 0;

  function append(line: string): void {
    if (size < 0) {
      makeFolder(dir);
      size = sizeOf(file);
    }
    const bytes = Buffer.byteLength(line);
    if (size > 0 && size + bytes > maxBytes) rotate();
    appendFileSync(file, line, { mode: 0o600 });
    size += bytes;
  }

  function rotate(): void {
    const older = (n: number): string => path.join(dir, `riskdesk.${n}.log`);
    rmSync(older(keep), { force: true });
    for (let n = keep - 1; n >= 1; n -= 1) if (sizeOf(older(n)) > 0) renameSync(older(n), older(n + 1));
    if (keep > 0) renameSync(file, older(1));
    else rmSync(file, { force: true });
    size = 0;
  }

  const line = (level: string, event: string, facts: unknown): string =>
    `${JSON.stringify({ at: new Date(clock.now()).toISOString(), level, event, ...(facts === undefined ? {} : { facts }) })}\n`;

  return {
    file,
    log(level, event, facts) {
      try {
        if (dropped > 0) {
          append(line('warn', 'log.dropped', { lines: dropped }));
          dropped = 0;
        }
        append(line(level, event, facts === undefined ? undefined : redact(facts, 0)));
      } catch {
        dropped += 1;
        size = -1;
      }
    },
  };
}

/** A copy that can be written: secrets replaced, depth and length bounded, errors as name, message and stack. */
export function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deeper]';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return {
      name,
      message: scrub(message),
      stack: scrub(stack ?? ''),
      ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
    };
  }
  if (Array.isArray(value)) return value.slice(0, 50).map((one) => redact(one, depth + 1));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, secretKey.test(key) ? '[redacted]' : redact(one, depth + 1)]),
  );
}

function scrub(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return cut.replace(bearer, '$1[redacted]').replace(jwt, '[redacted]');
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** One level only: the data folder is made by whoever opens the store, and Node's recursive form never ends in /proc. */
function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
