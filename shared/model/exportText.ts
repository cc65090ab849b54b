/** Records as the text of a file, chunk by chunk: CSV for spreadsheets, JSON for programs. The caller writes the file. */

/** Text to be appended to the file, and how many records have gone out so far. */
export type ExportChunk = { readonly text: string; readonly records: number };

type Cell = string | number | boolean | null;

/**
 * One CSV cell by RFC 4180. A cell that a spreadsheet would run as a formula is prefixed by an apostrophe: `=1+1` becomes
 * `'=1+1` (OWASP: CSV injection).
 */
export function csvCell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a byte order mark and CRLF, which is what Excel reads without asking. */
export async function* asCsv<Column extends string>(
  columns: readonly Column[],
  chunks: AsyncIterable<readonly Readonly<Record<Column, Cell>>[]>,
): AsyncGenerator<ExportChunk, void, undefined> {
  let records = 0;
  yield { text: `\uFEFF${columns.join(',')}\r\n`, records };
  for await (const rows of chunks) {
    records += rows.length;
    const text = rows.map((row) => `${columns.map((column) => csvCell(row[column])).join(',')}\r\n`).join('');
    yield { text, records };
  }
}

/** One JSON array, a record a line. */
export async function* asJson(chunks: AsyncIterable<readonly unknown[]>): AsyncGenerator<ExportChunk, void, undefined> {
  let records = 0;
  yield { text: '[', records };
  for await (const rows of chunks) {
    const lines = rows.map((row, index) => `${records + index === 0 ? '\n' : ',\n'}${JSON.stringify(row)}`);
    records += rows.length;
    yield { text: lines.join(''), records };
  }
  yield { text: '\n]\n', records };
}
