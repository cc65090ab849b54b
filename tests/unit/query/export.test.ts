/** Exports: CSV that no spreadsheet runs, JSON that parses, all users, in chunks. */
import { describe, expect, it } from 'vitest';
import { createQueries } from '../../../electron/core/query/queries.ts';
import type { Store } from '../../../electron/core/store/types.ts';
import { csvCell, type ExportChunk } from '../../../shared/model/exportText.ts';
import { userNumber } from '../../store/harness.ts';
import { context, everybody, storeWith } from './fixture.ts';

function exportOf(store: Store, format: 'csv' | 'json'): AsyncIterable<ExportChunk> {
  const { now, thresholds } = context;
  return createQueries({ reader: store.reader, now: () => now, thresholds: async () => thresholds }).export({}, format);
}

async function textOf(
  chunks: AsyncIterable<ExportChunk>,
): Promise<{ readonly text: string; readonly records: number }> {
  let text = '';
  let records = 0;
  for await (const chunk of chunks) {
    text += chunk.text;
    records = chunk.records;
  }
  return { text, records };
}

describe('CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    [null, ''],
    [-5, '-5'],
    [true, 'true'],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('has a byte order mark, a header and one line per user', async () => {
    const store = await storeWith([userNumber(1, { displayName: '=HYPERLINK("x")' }), userNumber(2), userNumber(3)]);
    const { text, records } = await textOf(exportOf(store, 'csv'));
    expect(records).toBe(3);
    expect(text.startsWith('\ufeffid,connection,userPrincipalName,displayName,riskLevel')).toBe(true);
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text).toContain('"\'=HYPERLINK(""x"")"');
  });
});

describe('JSON', () => {
  it('is one array of the users', async () => {
    const store = await storeWith([1, 2, 3].map((n) => userNumber(n)));
    const { text, records } = await textOf(exportOf(store, 'json'));
    expect(records).toBe(3);
    const parsed: readonly { id: string }[] = JSON.parse(text);
    expect(parsed.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      (await everybody(store)).toSorted((a, b) => a.id.localeCompare(b.id)),
    );
  });

  it('is an empty array for nobody', async () => {
    const store = await storeWith([]);
    const { text } = await textOf(exportOf(store, 'json'));
    expect(JSON.parse(text)).toEqual([]);
  });
});
