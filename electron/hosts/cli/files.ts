/**
 * Files and stdin that a command reads or writes. A file is written beside its name and renamed when whole, so that an
 * export that fails leaves the old file as it was.
 */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { type ErrorCode, RiskdeskError } from '../../../shared/model/errors.ts';
import { fromHere } from '../../adapters/dataDir.ts';
import { wrongUsage } from './failure.ts';

/** `.csv` or `.json`, whatever the case; anything else is wrong usage of `option`. */
export function formatOf(file: string, option: string): 'csv' | 'json' {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return 'csv';
    case '.json':
      return 'json';
    default:
      throw wrongUsage(option, `"${file}" is neither .csv nor .json`, 'End the name of the file with .csv or .json.');
  }
}

/** The JSON that `text` holds; `text` may be `@FILE`, or `@-` for stdin. Wrong usage of `option` when it is not JSON. */
export async function readJson(text: string, option: string): Promise<unknown> {
  const source = text.startsWith('@') ? await readText(text.slice(1), option) : text;
  try {
    return JSON.parse(source);
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it cannot be parsed';
    const cure = `Give JSON such as ${example}, in single quotes in a shell, or @FILE to read it from a file.`;
    throw wrongUsage(option, `is not JSON: ${why}`, cure);
  }
}

const example = `{"combinator":"and","rules":[{"field":"riskLevel","operator":"=","value":"high"}]}`;

/** A text file by path, `-` for stdin; a byte order mark at its start is dropped. */
export async function readText(file: string, option: string): Promise<string> {
  if (file === '-') return readStdin();
  try {
    return (await readFile(fromHere(file), 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    throw wrongUsage(
      option,
      `the file "${file}" cannot be read (${codeOf(error)})`,
      'Give the path of a readable file.',
    );
  }
}

export async function readStdin(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}

/** Writes all pieces to `file`; the file is there in full or not at all. Resolves with its absolute path. */
export async function writeWhole(file: string, pieces: AsyncIterable<string>, option: string): Promise<string> {
  const target = fromHere(file);
  const draft = `${target}.tmp`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      for await (const piece of pieces) await handle.write(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
    return target;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw isSystemError(error) ? cannotWrite(file, option, codeOf(error)) : error;
  }
}

function cannotWrite(file: string, option: string, code: string): RiskdeskError {
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const cure = 'Free some space or choose another disk.';
    return new RiskdeskError('disk-full', `${option}: no space is left for "${file}"`, { field: option, cure });
  }
  const refused: ErrorCode = 'bad-input';
  const cure = 'Choose a file in a folder that exists and that you may write to.';
  return new RiskdeskError(refused, `${option}: "${file}" cannot be written (${code})`, { field: option, cure });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
