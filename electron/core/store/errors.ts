/**
 * Turns what SQLite and the file system throw into the closed list. Only failures of the file itself are translated;
 * a constraint that an operation ran into is that operation's to explain.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { RiskdeskError } from '../../../shared/model/errors.ts';

/** Below this many free bytes an I/O error is blamed on the full disk: SQLite itself cannot tell for its -shm file. */
const nearlyFull = 256 * 1024;

/** The `code` of a Node or better-sqlite3 error (`ENOSPC`, `SQLITE_FULL`), or ''. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/**
 * The RiskdeskError that says what is wrong with the database `file`, or the error as it came when the file is not
 * the reason.
 */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof RiskdeskError) return error;
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return diskFull(file, error);
  if (code.startsWith('SQLITE_IOERR') && freeBytes(file) < nearlyFull) return diskFull(file, error);
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return readOnly(file, error);
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR')) {
    return corrupt(file, 'it cannot be read as a database', error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new RiskdeskError(
      'store-busy',
      `Another program holds the database ${file}.`,
      { cure: 'Close the other Riskdesk window, command or database tool, then try again.', facts: { code } },
      { cause: error },
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) return readOnly(file, error);
  return error;
}

/** The disk under `file` has no room left. */
function diskFull(file: string, cause?: unknown): RiskdeskError {
  return new RiskdeskError(
    'disk-full',
    `No space is left on the disk that holds ${dirname(file)}. Nothing of the last change was stored.`,
    { cure: 'Free some space there, then try again.', facts: { code: codeOf(cause) } },
    { cause },
  );
}

/** The folder or the file refuses to be written. */
export function readOnly(file: string, cause?: unknown): RiskdeskError {
  return new RiskdeskError(
    'store-read-only',
    `The database ${file} cannot be written.`,
    {
      field: 'dataDir',
      cure: 'Give this account write access to the folder and to riskdesk.db, or choose another data folder.',
      facts: { code: codeOf(cause) },
    },
    { cause },
  );
}

/** The file is damaged, or is no database of Riskdesk's. `how` continues "… is damaged: ". */
export function corrupt(file: string, how: string, cause?: unknown): RiskdeskError {
  return new RiskdeskError(
    'store-corrupt',
    `The database ${file} is damaged: ${how}. It was left as it is.`,
    {
      field: 'dataDir',
      cure: 'Move the file away (a .bak file beside it may be older and whole) and sync again; rules and the journal are in the file.',
      facts: { code: codeOf(cause) },
    },
    { cause },
  );
}

/** Free bytes for this account on the disk of `file`; infinite when that cannot be asked. */
function freeBytes(file: string): number {
  try {
    const disk = statfsSync(dirname(file));
    return disk.bavail * disk.bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
