/** Saving an export: chunks of text become a file that the browser or the window offers to keep. */
import type { ExportChunk } from '../../shared/model/exportText.ts';

/** Resolves with the number of records. `onChunk` hears how many have come so far. */
export async function saveText(
  name: string,
  type: 'text/csv' | 'application/json',
  chunks: AsyncIterable<ExportChunk>,
  onChunk: (records: number) => void = () => undefined,
): Promise<number> {
  const parts: string[] = [];
  let records = 0;
  for await (const chunk of chunks) {
    parts.push(chunk.text);
    records = chunk.records;
    onChunk(records);
  }
  const url = URL.createObjectURL(new Blob(parts, { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return records;
}
